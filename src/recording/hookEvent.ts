import type { Call, Realm } from "./recording.js";

/** What the page hook says, in this order: one `installed`, then calls and what becomes of them. */
export type HookEvent =
  | { kind: "installed"; hook: Omit<Realm["hook"], "via"> }
  /** a new call; its outcome is pending, or already known where the API is synchronous */
  | { kind: "call"; call: Omit<Call, "id" | "realmId"> }
  | { kind: "aborted"; seq: number; aborted: NonNullable<Call["aborted"]> }
  | { kind: "settled"; seq: number; duration: number; outcome: Call["outcome"] }
  /** a bounded buffer had to drop this many events */
  | { kind: "lost"; count: number };
