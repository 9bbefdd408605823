/** A format that is not in the registry: its statement as it stands. */
export interface UnknownStatement {
  format: "unknown";
  /** as `fmt` names it */
  identifier: string;
  members: Map<unknown, unknown>;
}
