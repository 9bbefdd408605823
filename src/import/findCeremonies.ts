import { jsonLayout } from "../bytes/jsonLayout.js";
import { isObject, type Json, member, textOf } from "./json.js";
import { pointer } from "./places.js";
import { looksLikeBytes } from "./readJsonBytes.js";

export type CeremonyPart =
  | "creation-options"
  | "request-options"
  | "registration"
  | "authentication"
  | "client-data";

/** A part of a ceremony that stands somewhere in JSON. */
export interface Found {
  part: CeremonyPart;
  value: Json;
  /** the object around the options that has `mediation` beside `publicKey`, if there is one */
  wrapper?: Json;
  /** JSON pointer, from the start that `findCeremonies` was given */
  at: string;
}

/**
 * The ceremony parts in a JSON value, however deep, also in strings that are JSON themselves. What was
 * recognized is not searched further. Linear in the size of the value.
 */
export function findCeremonies(root: unknown, at = ""): Found[] {
  const found: Found[] = [];
  const open: { value: unknown; at: string; strings: number }[] = [{ value: root, at, strings: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, at, strings } = next;
    if (typeof value === "string") {
      const inside = strings < MAX_STRINGS ? jsonInside(value) : undefined;
      if (inside !== undefined) open.push({ value: inside, at, strings: strings + 1 });
      continue;
    }
    if (typeof value !== "object" || value === null) continue;
    const recognized = isObject(value) ? recognize(value, at) : undefined;
    if (recognized) {
      found.push(recognized);
      continue;
    }
    // The stack gives back what was put on it last: so the first member comes first.
    for (const [name, each] of membersThatMayHold(value).reverse())
      open.push({ value: each, at: pointer(at, name), strings });
  }
  return found;
}

/** JSON in a string in JSON in a string: more is nobody's habit. */
const MAX_STRINGS = 3;
const MAX_DEPTH = 64;

/** Millions of others may stand beside them. */
function membersThatMayHold(value: object): [name: string | number, member: unknown][] {
  const found: [string | number, unknown][] = [];
  if (Array.isArray(value))
    value.forEach((each, index) => {
      if (mayHold(each)) found.push([index, each]);
    });
  else
    for (const name of Object.keys(value))
      if (mayHold((value as Json)[name])) found.push([name, (value as Json)[name]]);
  return found;
}

function mayHold(value: unknown): boolean {
  return typeof value === "string" ? HINTS.test(value) : typeof value === "object" && value !== null;
}

const HINTS = /challenge|clientDataJSON/;

function jsonInside(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || jsonLayout(text, MAX_DEPTH).error) return undefined;
  return JSON.parse(text);
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-dictionary-makecredentialoptions and what follows it */
function recognize(value: Json, at: string): Found | undefined {
  const { publicKey } = value;
  if (isObject(publicKey)) {
    const part = partOfOptions(publicKey);
    if (part) return { part, value: publicKey, wrapper: value, at: pointer(at, "publicKey") };
  }
  const options = partOfOptions(value);
  // Members beside the options that belong around them: WebAuthn DevTools and some servers write them so.
  if (options) return { part: options, value, at };
  const response = isObject(value.response) ? value.response : value;
  if (looksLikeBytes(response.attestationObject)) return { part: "registration", value, at };
  if (looksLikeBytes(response.clientDataJSON) && looksLikeBytes(response.authenticatorData))
    return { part: "authentication", value, at };
  const type = textOf(value, "type");
  if (
    type?.startsWith("webauthn.") &&
    textOf(value, "challenge") !== undefined &&
    Object.hasOwn(value, "origin")
  )
    return { part: "client-data", value, at };
  return undefined;
}

function partOfOptions(value: Json): "creation-options" | "request-options" | undefined {
  const signs = [isObject(value.rp), isObject(value.user), Array.isArray(value.pubKeyCredParams)];
  if (signs.filter(Boolean).length >= 2) return "creation-options";
  if (Array.isArray(value.allowCredentials) && typeof value.rpId === "string") return "request-options";
  if (!looksLikeBytes(member(value, "challenge"))) return undefined;
  const isOwn = REQUEST_SIGNS.some((name) => Object.hasOwn(value, name));
  const isAll =
    Object.hasOwn(value, "timeout") && Object.keys(value).every((name) => REQUEST_MEMBERS.has(name));
  return isOwn || isAll ? "request-options" : undefined;
}

const REQUEST_SIGNS = ["rpId", "allowCredentials", "userVerification"];
const REQUEST_MEMBERS = new Set([
  ...REQUEST_SIGNS,
  "challenge",
  "timeout",
  "hints",
  "extensions",
  "mediation",
]);
