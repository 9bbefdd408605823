import { encodeBase64url, type Problem } from "../../../src/index.js";
import { say } from "../../words/say.js";
import type { TreeNode } from "./treeNode.js";

/**
 * A decoded value (plain values, bytes, maps, lists, objects) as a line of a tree. `notes` says
 * more about a place, by its dotted path from the outermost decoded value.
 */
export function decodedNode(
  name: string,
  value: unknown,
  pointer: string,
  notes: (
    path: string,
    value: unknown,
  ) => Pick<TreeNode, "note" | "alarm" | "shown"> | Partial<TreeNode> = () => ({}),
): TreeNode {
  const entries = entriesOf(value);
  const path = pointer.slice(pointer.indexOf("#") + 1);
  return {
    pointer,
    name,
    shown: shownOf(value, entries?.length),
    ...(entries &&
      entries.length > 0 && {
        children: () => entries.map(([key, member]) => decodedNode(key, member, `${pointer}.${key}`, notes)),
      }),
    json: () => plainOf(value),
    ...notes(path, value),
  };
}

/** What a decoder found wrong, as lines of a tree. */
export function problemNodes(problems: readonly Problem[], pointer: string): TreeNode[] {
  return problems.map((problem, index) => ({
    pointer: `${pointer}#problem${index}`,
    name: say("tree_problem"),
    shown: { as: "gap", text: problem.message },
    alarm: say("give_byte", { offset: problem.offset }),
    json: () => problem,
  }));
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (value instanceof Uint8Array) return undefined;
  if (value instanceof Map) return [...value].map(([key, member]) => [String(key), member]);
  if (Array.isArray(value)) return value.map((member, index) => [String(index), member]);
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

function shownOf(value: unknown, size: number | undefined): TreeNode["shown"] {
  if (value instanceof Uint8Array) return { as: "bytes", bytes: value, type: "" };
  if (size !== undefined) {
    return { as: "holder", text: Array.isArray(value) ? `[${size}]` : size === 0 ? "{}" : `{${size}}` };
  }
  if (typeof value === "string") return { as: "text", text: value, of: "string" };
  if (typeof value === "number" || typeof value === "bigint")
    return { as: "text", text: String(value), of: "number" };
  return { as: "text", text: String(value), of: "keyword" };
}

function plainOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return encodeBase64url(value);
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plainOf);
  const entries = entriesOf(value);
  return entries ? Object.fromEntries(entries.map(([key, member]) => [key, plainOf(member)])) : value;
}
