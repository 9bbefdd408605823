import { type Decoded, encodeHex, type Field, type Problem } from "../../src/index.js";
import { say } from "../words/say.js";
import { shorten, showControls } from "../words/shorten.js";
import type { CertificateNotes } from "./readCertificates.js";

/** A field or a problem of a buffer, as a line beside its bytes. */
export interface ByteNode {
  /** dotted path from the buffer; "" is the buffer itself */
  path: string;
  /** the path without its parent's */
  name: string;
  offset: number;
  length: number;
  /** 1 for the buffer itself */
  level: number;
  /** index of the node above; -1 for the buffer itself */
  parent: number;
  position: number;
  siblings: number;
  /** decoded; undefined where the decoder names the place only */
  value: unknown;
  /** what it says, where neither value nor bytes tell it */
  words?: string;
  /** the same bytes as PEM, where they are something that has such a form */
  pem?: string;
  problem?: Problem;
}

export interface ByteMap {
  /** parents before their members, in the order of the bytes; problems come after what they are about */
  nodes: ByteNode[];
  /** for each byte the index of the innermost field that it belongs to */
  owners: Int32Array;
  /** for each byte 1 if a problem stands there */
  wrong: Uint8Array;
}

/** Every field of a buffer with its place, and for every byte the field that it belongs to; linear in both. */
export function mapBytes(
  bytes: Uint8Array,
  { value, fields, problems }: Decoded<object>,
  name: string,
  { words, pems }: Partial<CertificateNotes> = {},
): ByteMap {
  const noted = (path: string) => ({
    ...(words?.has(path) && { words: words.get(path)! }),
    ...(pems?.has(path) && { pem: pems.get(path)! }),
  });
  const root: ByteNode = {
    path: "",
    name,
    offset: 0,
    length: bytes.length,
    level: 1,
    parent: -1,
    position: 1,
    siblings: 1,
    value,
    ...noted(""),
  };
  const owners = new Int32Array(bytes.length);
  const nodes = [root];
  const way = [0];
  for (const field of [...fields].sort((a, b) => a.offset - b.offset || b.length - a.length)) {
    while (way.length > 1 && !holds(nodes[way.at(-1)!]!, field)) way.pop();
    const parent = way.at(-1)!;
    const above = nodes[parent]!;
    const own = field.path.slice(above.path.length).replace(/^\./, "");
    way.push(nodes.length);
    owners.fill(nodes.length, field.offset, field.offset + field.length);
    nodes.push({
      ...field,
      name: own,
      level: above.level + 1,
      parent,
      position: 0,
      siblings: 0,
      value: memberOf(above.value, own),
      ...noted(field.path),
    });
  }
  return { ...withProblems(nodes, owners, problems), wrong: wrongBytes(bytes.length, problems) };
}

function holds(outer: Field, inner: Field): boolean {
  const isBelow = inner.path.startsWith(`${outer.path}.`) || inner.path.startsWith(`${outer.path}[`);
  return isBelow && inner.offset + inner.length <= outer.offset + outer.length;
}

/** Puts each problem below the innermost field that has its first byte, and counts siblings. */
function withProblems(
  fields: readonly ByteNode[],
  fieldOwners: Int32Array,
  problems: readonly Problem[],
): Pick<ByteMap, "nodes" | "owners"> {
  const about = new Map<number, ByteNode[]>();
  for (const problem of problems) {
    const named = problem.path ? fields.findIndex(({ path }) => path === problem.path) : -1;
    const parent = named >= 0 ? named : (fieldOwners[problem.offset] ?? 0);
    const { level } = fields[parent]!;
    const { offset, length } = problem;
    const node = {
      path: problem.path ?? "",
      name: say("tree_problem"),
      offset,
      length,
      level: level + 1,
      parent,
    };
    about.set(parent, [
      ...(about.get(parent) ?? []),
      { ...node, position: 0, siblings: 0, value: undefined, problem },
    ]);
  }
  const nodes: ByteNode[] = [];
  const moved = new Int32Array(fields.length);
  fields.forEach((field, index) => {
    moved[index] = nodes.length;
    const parent = field.parent < 0 ? -1 : moved[field.parent]!;
    nodes.push({ ...field, parent });
    for (const problem of about.get(index) ?? []) nodes.push({ ...problem, parent: moved[index]! });
  });
  const members = new Map<number, number>();
  for (const node of nodes) {
    node.position = (members.get(node.parent) ?? 0) + 1;
    members.set(node.parent, node.position);
  }
  for (const node of nodes) node.siblings = members.get(node.parent)!;
  return { nodes, owners: fieldOwners.map((owner) => moved[owner]!) };
}

/** A problem between two bytes, or behind the last, is marked at the byte next to it. */
function wrongBytes(size: number, problems: readonly Problem[]): Uint8Array {
  const wrong = new Uint8Array(size);
  for (const { offset, length } of problems) {
    const start = Math.min(offset, size - 1);
    if (start >= 0) wrong.fill(1, start, Math.max(start + 1, offset + length));
  }
  return wrong;
}

/** What a field holds, looked up in what its parent holds; own members only, as names come from the bytes. */
function memberOf(holder: unknown, name: string): unknown {
  if (typeof holder !== "object" || holder === null) return undefined;
  if (holder instanceof Map) return holder.get(name);
  if (name === "attestationStatement" && Object.hasOwn(holder, "statement"))
    return (holder as { statement: unknown }).statement;
  const key = /^\[\d+\]$/.test(name) ? name.slice(1, -1) : name;
  if (Object.hasOwn(holder, key)) return (holder as Record<string, unknown>)[key];
  const dot = key.indexOf(".");
  return dot > 0 ? memberOf(memberOf(holder, key.slice(0, dot)), key.slice(dot + 1)) : undefined;
}

/** The value of a field in a few words; its bytes, cut, where the decoder names the place only. */
export function describeByteNode(
  { value, words, offset, length, problem }: ByteNode,
  bytes: Uint8Array,
): string {
  if (problem) return problem.message;
  if (words !== undefined) return showControls(shorten(words, 400));
  if (typeof value === "string") return `"${showControls(shorten(value, 200))}"`;
  if (["number", "bigint", "boolean"].includes(typeof value)) return String(value);
  if (Array.isArray(value)) return value.every((item) => typeof item === "string") ? value.join(", ") : "";
  if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) return "";
  const own = value ?? bytes.subarray(offset, offset + length);
  if (value === undefined && length > 0 && length <= 4) return `0x${hexOf(own as Uint8Array)}`;
  return own instanceof Uint8Array ? hexOf(own) : String(own);
}

const hexOf = (bytes: Uint8Array) =>
  encodeHex(bytes.subarray(0, SHOWN_BYTES)) + (bytes.length > SHOWN_BYTES ? "…" : "");
const SHOWN_BYTES = 48;
