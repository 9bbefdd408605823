/** A message of an inspector's protocol, as far as Keyhole reads it. */
export interface Message {
  /** of the command that this answers */
  id?: number;
  method?: string;
  params: Members;
  result: Members;
  /** what went wrong, where this answers a command that failed */
  error?: string;
  /** Chromium: the attached target that it comes from */
  sessionId?: string;
}

export type Members = Readonly<Record<string, unknown>>;

/** Undefined where it is no message: the other side may be anyone. */
export function parseMessage(text: string): Message | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isMembers(value)) return undefined;
  const { id, method, sessionId, error } = value;
  return {
    ...(typeof id === "number" && { id }),
    ...(typeof method === "string" && { method }),
    ...(typeof sessionId === "string" && { sessionId }),
    ...(error !== undefined && { error: textOf(membersOf(error).message) || "refused" }),
    params: membersOf(value.params),
    result: membersOf(value.result),
  };
}

/** A member that should be an object: an empty one where it is none. */
export const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});

/** A member that should be a text: empty where it is none. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
