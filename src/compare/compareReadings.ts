import type { Reading } from "../recording/readSnapshot.js";
import type { Snapshot } from "../recording/snapshot.js";
import type { Area, Difference } from "./difference.js";
import { weigh } from "./weigh.js";

/**
 * Where two values of calls differ, member by member, with their types told apart: a string where bytes
 * were, null where nothing was. Lists are compared as people mean them: credential parameters by algorithm,
 * descriptors by ID where they share one, words as a set.
 */
export function compareReadings(a: Reading, b: Reading, area: Area): Difference[] {
  const differences: Difference[] = [];
  const open: [a: Reading, b: Reading, at: string][] = [[a, b, a.at]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [left, right, at] = next;
    const found = compareAt(left, right, at, area);
    if (found === "inside") open.push(...insideOf(left, right, at).reverse());
    else if (found) differences.push(found);
  }
  return differences;
}

/** "inside" where both are of the same kind and have members. */
function compareAt(a: Reading, b: Reading, at: string, area: Area): Difference | "inside" | undefined {
  const values = {
    ...(a.snapshot !== undefined && { a: a.snapshot }),
    ...(b.snapshot !== undefined && { b: b.snapshot }),
  };
  const said = (kind: Difference["kind"], weight: Difference["weight"]) => ({
    at,
    area,
    kind,
    ...values,
    weight,
  });
  if (a.snapshot === undefined && b.snapshot === undefined) return undefined;
  // A dictionary does not tell a member that is undefined from one that is not there.
  if (a.isAbsent && b.isAbsent) {
    const isSame = (a.snapshot === undefined) === (b.snapshot === undefined);
    return isSame ? undefined : said(a.snapshot === undefined ? "added" : "removed", "expected");
  }
  if (a.isUnknown || b.isUnknown) return a.isUnknown && b.isUnknown ? undefined : said("retyped", "expected");
  if (a.isAbsent || b.isAbsent)
    return said(a.isAbsent ? "added" : "removed", weighPresence(a.isAbsent ? b : a, at));
  // A masked secret is compared with another; with a clear one it can't be.
  if (a.kind !== b.kind)
    return said("retyped", a.kind === "masked" || b.kind === "masked" ? "expected" : "decisive");
  switch (a.kind) {
    case "list":
      return (a.items().length === 0) === (b.items().length === 0) ? "inside" : said("changed", weigh(at));
    case "object":
      return tagOf(a) === tagOf(b) ? "inside" : said("retyped", "decisive");
    case "bytes":
      return compareBytes(a, b, at, said);
    case "masked":
      return a.fingerprint() === b.fingerprint() && a.byteLength() === b.byteLength()
        ? undefined
        : said("changed", weigh(at));
    default:
      return JSON.stringify(a.snapshot) === JSON.stringify(b.snapshot)
        ? undefined
        : said("changed", weigh(at));
  }
}

type Say = (kind: Difference["kind"], weight: Difference["weight"]) => Difference;

function compareBytes(a: Reading, b: Reading, at: string, said: Say): Difference | undefined {
  const isSame = a.base64url() === b.base64url();
  // An ArrayBuffer and a view of one are the same to WebAuthn.
  if (isSame) return tagOf(a) === tagOf(b) ? undefined : said("retyped", "expected");
  const weight = weigh(at);
  const lengths = [a.byteLength(), b.byteLength()];
  if (weight !== "expected" || lengths[0] === lengths[1]) return said("changed", weight);
  if (lengths.includes(0)) return said("changed", "decisive");
  // IDs, keys and signatures are of the length that their maker likes.
  return said(
    "changed",
    /^\/arguments\/0\/publicKey\/(?:challenge|user\/id)$/.test(at) ? "notable" : "expected",
  );
}

/** What one side has and the other has not. */
function weighPresence(present: Reading, at: string): Difference["weight"] {
  if (present.kind === "list" && present.items().length === 0) return "expected";
  if (DEFAULTS.some(([pattern, value]) => pattern.test(at) && present.snapshot === value)) return "expected";
  if (/\/response\/userHandle$/.test(at)) return "decisive";
  const weight = weigh(at);
  // A challenge differs in every call, but that one has none decides.
  return weight === "expected" && at.startsWith("/arguments/") ? "decisive" : weight;
}

/**
 * What a member that is not there stands for, where nothing else has a say.
 * @see https://www.w3.org/TR/webauthn-3/#idl-index
 */
const DEFAULTS: readonly [RegExp, Snapshot][] = [
  [/^\/arguments\/0\/mediation$/, "optional"],
  [/^\/arguments\/0\/publicKey\/attestation$/, "none"],
  [/^\/arguments\/0\/publicKey\/(?:authenticatorSelection\/)?userVerification$/, "preferred"],
  [/^\/arguments\/0\/publicKey\/authenticatorSelection\/requireResidentKey$/, false],
];

/** The JavaScript type by its name: "Uint8Array", a class, a kind of credential. */
function tagOf({ snapshot }: Reading): string {
  if (typeof snapshot !== "object" || snapshot === null || Array.isArray(snapshot)) return "";
  const { $, type, class: className } = snapshot as { $?: unknown; type?: unknown; class?: unknown };
  return $ === undefined ? "" : [$, $ === "bytes" ? type : className].join(" ");
}

function insideOf(a: Reading, b: Reading, at: string): [Reading, Reading, string][] {
  if (a.kind === "list") return itemsOf(a, b, at);
  const names = new Map<string, [Reading | undefined, Reading | undefined]>();
  for (const [name, member] of a.members()) names.set(name, [member, undefined]);
  for (const [name, member] of b.members()) names.set(name, [names.get(name)?.[0], member]);
  const within = tagOf(a) === "" ? at : `${at}/value`;
  return [...names].map(([name, [left, right]]) => [
    left ?? a.member(name),
    right ?? b.member(name),
    `${within}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  ]);
}

function itemsOf(a: Reading, b: Reading, at: string): [Reading, Reading, string][] {
  const left = a.items();
  const right = b.items();
  const keys = [...left, ...right].map(keyOf);
  const isKeyed = keys.every((key) => key !== undefined) && sharesOne(left, right);
  if (!isKeyed) {
    const length = Math.max(left.length, right.length);
    return Array.from({ length }, (_, index) => [
      left[index] ?? a.member(NOT_THERE),
      right[index] ?? b.member(NOT_THERE),
      `${at}/${index}`,
    ]);
  }
  const places = new Map<string, [Reading | undefined, Reading | undefined, number]>();
  left.forEach((item, index) => void places.set(keyOf(item)!, [item, undefined, index]));
  right.forEach((item, index) => {
    const [known, , place = index] = places.get(keyOf(item)!) ?? [];
    places.set(keyOf(item)!, [known, item, place]);
  });
  return [...places.values()].map(([one, other, index]) => [
    one ?? a.member(NOT_THERE),
    other ?? b.member(NOT_THERE),
    `${at}/${index}`,
  ]);
}

/** No list has a member of this name. */
const NOT_THERE = "not there";

/** By what an item is known in its list: a word, an algorithm, the ID of a credential. */
function keyOf(item: Reading): string | undefined {
  const word = item.text() ?? item.number();
  if (word !== undefined) return JSON.stringify(word);
  const mark = item.member("alg").number() ?? item.member("id").base64url();
  return mark === undefined ? undefined : String(mark);
}

function sharesOne(a: readonly Reading[], b: readonly Reading[]): boolean {
  const isOfWords = [...a, ...b].every((item) => item.kind !== "object" || item.member("id").isAbsent);
  const known = new Set(a.map(keyOf));
  return isOfWords || b.some((item) => known.has(keyOf(item)));
}
