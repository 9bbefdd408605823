import { type Reading, readSnapshot, type Snapshot } from "../../../src/index.js";
import { say, sayCount } from "../../words/say.js";
import { shorten, showControls } from "../../words/shorten.js";
import type { Shown, TreeNode } from "./treeNode.js";

/** What more there is to say about a place of a snapshot. */
export type Annotate = (
  reading: Reading,
) => Pick<TreeNode, "note" | "alarm" | "children" | "pemLabel" | "isClosedAtFirst">;

/** A snapshot as a line of a tree, types kept: bytes, a string and a gap each look like what they are. */
export function snapshotNode(name: string, reading: Reading, annotate: Annotate = () => ({})): TreeNode {
  const below = childrenOf(reading, annotate);
  return {
    pointer: reading.at,
    name,
    shown: shownOf(reading),
    ...(below && { children: below }),
    ...(isClosedAtFirst(reading) && { isClosedAtFirst: true }),
    json: () => jsonOf(reading.snapshot),
    ...annotate(reading),
  };
}

/** A snapshot as JSON: bytes as base64url, as in the JSON forms of the specification; what JSON lacks, as a text. */
export function jsonOf(snapshot: Snapshot | undefined, depth = 0): unknown {
  if (snapshot === undefined) return undefined;
  if (depth > MAX_DEPTH) return "(nested too deep)";
  const reading = readSnapshot(snapshot);
  if (reading.kind === "absent") return undefined;
  if (reading.kind === "bytes") return reading.base64url();
  if (reading.kind === "list") return reading.items().map((item) => jsonOf(item.snapshot, depth + 1) ?? null);
  if (reading.kind === "object") {
    const members = reading
      .members()
      .map(([name, member]) => [name, jsonOf(member.snapshot, depth + 1)] as const);
    return Object.fromEntries(members.filter(([, value]) => value !== undefined));
  }
  if (typeof snapshot === "object" && snapshot !== null) return `(${reading.describe()})`;
  return snapshot;
}

const MAX_DEPTH = 100;
/** A list longer than this is shown in part; the rest is one line further. */
const PAGE = 100;

function shownOf(reading: Reading): Shown {
  const { snapshot } = reading;
  switch (reading.kind) {
    case "absent":
      return { as: "text", text: "undefined", of: "keyword" };
    case "null":
    case "boolean":
      return { as: "text", text: String(snapshot), of: "keyword" };
    case "number":
      return { as: "text", text: String(reading.number()), of: "number" };
    case "string":
      return { as: "text", text: reading.text() ?? "", of: "string" };
    case "bytes": {
      const bytes = reading.bytes();
      const type = (snapshot as { type?: unknown }).type;
      return bytes
        ? { as: "bytes", bytes, type: typeof type === "string" ? type : "bytes" }
        : { as: "gap", text: say("tree_notBase64url") };
    }
    case "masked": {
      const { fingerprint } = snapshot as { fingerprint?: unknown };
      return {
        as: "gap",
        text: say("tree_fingerprint", { what: reading.describe(), fingerprint: String(fingerprint) }),
      };
    }
    case "list":
      return { as: "holder", text: `[${reading.items().length}]`, preview: previewOf(reading) };
    case "object": {
      const members = reading.members();
      const className = classOf(snapshot);
      const size = members.length === 0 ? "{}" : `{${members.length}}`;
      const withClass = (text: string) => (className ? `${className} ${text}` : text);
      return { as: "holder", text: withClass(size), preview: withClass(previewOf(reading)) };
    }
    case "signal":
    case "bigint":
    case "symbol":
    case "function":
      return { as: "text", text: reading.describe(), of: "name" };
    default:
      return { as: "gap", text: reading.describe() };
  }
}

/** What a closed line shows of its members: as much as a glance takes in. */
function previewOf(reading: Reading): string {
  const isList = reading.kind === "list";
  const entries = isList
    ? reading.items().map((item) => ["", item] as const)
    : reading.members().map(([name, member]) => [`${shorten(name, 30)}: `, member] as const);
  const parts = entries.slice(0, PREVIEWED).map(([name, member]) => name + glance(member));
  if (entries.length > PREVIEWED) parts.push("…");
  const text = showControls(parts.join(", "));
  if (text === "") return isList ? "[]" : "{}";
  return isList ? `[${text}]` : `{ ${text} }`;
}

const PREVIEWED = 5;

function glance(reading: Reading): string {
  if (reading.kind === "string") return `"${shorten(reading.text() ?? "", 30)}"`;
  if (reading.kind === "list") return `[${reading.items().length}]`;
  if (reading.kind === "object") return "{…}";
  const shown = shownOf(reading);
  return shown.as === "text" ? shown.text : reading.describe();
}

/** Long lists, and entries of lists that say everything in one line. */
function isClosedAtFirst(reading: Reading): boolean {
  if (reading.kind === "list") return reading.items().length > OPEN_ITEMS;
  if (reading.kind !== "object" || !/\/\d+$/.test(reading.at)) return false;
  const members = reading.members();
  const isFlat = members.every(([, member]) => FLAT.has(member.kind) && (member.text()?.length ?? 0) <= 30);
  return isFlat && members.length <= 3 && !/^\/(arguments\/\d+|outcome\/value)$/.test(reading.at);
}

const OPEN_ITEMS = 20;
const FLAT = new Set<Reading["kind"]>(["string", "number", "boolean", "null", "absent"]);

/** "PublicKeyCredential", "Proxy" …; empty for a plain object. */
function classOf(snapshot: Snapshot | undefined): string {
  const special = snapshot as { $?: unknown; class?: unknown; type?: unknown } | undefined;
  if (special?.$ === "PublicKeyCredential") return "PublicKeyCredential";
  if (special?.$ === "Credential") return say("tree_credential", { type: String(special.type) });
  if (special?.$ === "object" && special.class !== "Object") return String(special.class);
  return "";
}

function childrenOf(reading: Reading, annotate: Annotate): (() => TreeNode[]) | undefined {
  if (reading.at.split("/").length > MAX_DEPTH) return undefined;
  if (reading.kind === "list") {
    const items = reading.items();
    if (items.length === 0) return undefined;
    return () =>
      pageOf(
        items.map((item, index) => [String(index), item] as const),
        0,
        reading,
        annotate,
      );
  }
  if (reading.kind !== "object") return undefined;
  const members = reading.members();
  if (members.length === 0) return undefined;
  return () => pageOf(members, 0, reading, annotate);
}

function pageOf(
  entries: readonly (readonly [string, Reading])[],
  start: number,
  holder: Reading,
  annotate: Annotate,
): TreeNode[] {
  const nodes = entries
    .slice(start, start + PAGE)
    .map(([name, reading]) => snapshotNode(name, reading, annotate));
  const next = start + PAGE;
  if (next < entries.length) {
    nodes.push({
      pointer: `${holder.at}#${next}`,
      name: sayCount("tree_more", entries.length - next),
      shown: { as: "holder", text: "" },
      children: () => pageOf(entries, next, holder, annotate),
      isClosedAtFirst: true,
      json: () => jsonOf(holder.snapshot),
    });
  }
  return nodes;
}
