import { printable } from "../terminal/printable.js";

/** A decoded value for people: a line for each member, those of members indented below. */
export function describeTree(value: unknown, indent: string, depth = 0): string[] {
  const members = membersOf(value);
  if (!members) return [`${indent}${describeLeaf(value)}`];
  if (depth > MAX_DEPTH) return [`${indent}…`];
  const width = Math.min(MAX_WIDTH, Math.max(0, ...members.map(([name]) => name.length)));
  return members.flatMap(([name, member]) => {
    const label = `${indent}${printable(name)}`;
    if (!membersOf(member)?.length)
      return [`${label.padEnd(indent.length + width)}  ${describeLeaf(member)}`];
    return [label, ...describeTree(member, `${indent}  `, depth + 1)];
  });
}

const MAX_DEPTH = 30;
const MAX_WIDTH = 32;
/** bytes, or characters */
const SHOWN_LENGTH = 256;

function membersOf(value: unknown): (readonly [string, unknown])[] | undefined {
  if (value instanceof Map) return [...value].map(([name, member]) => [String(name), member]);
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Uint8Array || value instanceof Date) return undefined;
  return Object.entries(value);
}

function describeLeaf(value: unknown): string {
  if (value instanceof Uint8Array) {
    const hex = Buffer.from(value.subarray(0, SHOWN_LENGTH)).toString("hex");
    return `${hex}${value.length > SHOWN_LENGTH ? "…" : ""} (${value.length} bytes)`;
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "no date" : value.toISOString();
  if (Array.isArray(value)) return "[]";
  if (typeof value === "object" && value !== null) return "{}";
  const text = typeof value === "string" ? value : String(value);
  return printable(text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text);
}
