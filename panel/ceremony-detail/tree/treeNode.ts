import type { AuthenticatorData } from "../../../src/index.js";

/** One line of a tree: a member, what it holds, and what stands below it. */
export interface TreeNode {
  /** JSON pointer of the member in its call; for what was decoded out of bytes, the bytes' pointer with a "#" and a path behind */
  pointer: string;
  name: string;
  shown: Shown;
  /** a few quiet words that explain the value */
  note?: string;
  /** what is wrong with the value in itself, in a few words */
  alarm?: string;
  /** made when the line is opened: a page may pass megabytes */
  children?: () => TreeNode[];
  /** what the bytes are in PEM, where they have such a form: "CERTIFICATE" */
  pemLabel?: string;
  /** closed until someone opens it */
  isClosedAtFirst?: boolean;
  /** the value as JSON, bytes as base64url */
  json: () => unknown;
}

export type Shown =
  | { as: "bytes"; bytes: Uint8Array; type: string }
  /** a value in the notation of JavaScript: a string stands in quotes */
  | { as: "text"; text: string; of: "string" | "number" | "keyword" | "name" }
  /** something that is not there as such: masked, too large, unreadable */
  | { as: "gap"; text: string }
  /** an object or a list, by its size; `preview` stands for its members while it is closed */
  | { as: "holder"; text: string; preview?: string }
  | { as: "flags"; flags: AuthenticatorData["flags"] };
