import { decodeBase64url } from "../bytes/base64url.js";
import { type JsonMember, jsonLayout } from "../bytes/jsonLayout.js";
import type { Field } from "../bytes/problem.js";
import { shorten } from "../bytes/shorten.js";
import { decodeUtf8, utf8Length } from "../bytes/utf8.js";
import type { ClientData, Decoded } from "./decoded.js";
import { Decoding } from "./decoding.js";

/**
 * Client data: UTF-8 JSON whose `challenge` is given as bytes. Members that the specification
 * does not know are kept. Bad input: what could be read, and problems.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dictionary-client-data
 */
export function decodeClientData(bytes: Uint8Array): Decoded<ClientData> {
  const decoding = new Decoding();
  const { text, firstBad } = decodeUtf8(bytes);
  if (firstBad !== undefined)
    decoding.problem("client-data-not-utf8", `The byte at offset ${firstBad} is not UTF-8.`, firstBad, 1);
  const marked = text.startsWith(BYTE_ORDER_MARK);
  if (marked)
    decoding.problem("client-data-byte-order-mark", "The JSON begins with a byte order mark.", 0, 3);
  const json = marked ? text.slice(1) : text;
  const offsetOf = byteOffsets(json, bytes.length, marked ? 3 : 0, firstBad !== undefined);

  const layout = jsonLayout(json, MAX_DEPTH);
  if (layout.error) {
    const offset = offsetOf(layout.error.offset);
    const message = `${layout.error.message} (byte ${offset})`;
    decoding.problem("client-data-not-json", message, offset, Math.min(1, bytes.length - offset));
    return decoding.result({}, offset);
  }
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    decoding.problem("client-data-not-an-object", "The client data is not a JSON object.", 0, bytes.length);
    return decoding.result({}, bytes.length);
  }
  notePlaces(layout.members, offsetOf, decoding);
  checkMembers(parsed as Record<string, unknown>, decoding);
  return decoding.result(parsed as Partial<ClientData>, bytes.length);
}

/** Client data is flat but for `tokenBinding`; unknown members may nest some more. */
const MAX_DEPTH = 64;
const BYTE_ORDER_MARK = "\uFEFF";

interface Member {
  type: "string" | "boolean" | "object";
  required?: true;
}

const MEMBERS: ReadonlyMap<string, Member> = new Map<string, Member>([
  ["type", { type: "string", required: true }],
  ["challenge", { type: "string", required: true }],
  ["origin", { type: "string", required: true }],
  ["crossOrigin", { type: "boolean" }],
  ["topOrigin", { type: "string" }],
  ["tokenBinding", { type: "object" }],
]);

function notePlaces(
  members: readonly JsonMember[],
  offsetOf: (at: number) => number,
  decoding: Decoding,
): void {
  const seen = new Set<string>();
  for (const { name, start, end } of members) {
    const offset = offsetOf(start);
    const length = offsetOf(end) - offset;
    if (seen.has(name)) {
      const message = `The member ${JSON.stringify(shorten(name, 60))} comes twice; the later one counts.`;
      decoding.problem("client-data-duplicate-member", message, offset, length, name);
    }
    seen.add(name);
    decoding.field(name, offset, length);
  }
}

/** Turns the challenge into bytes and takes members of a wrong type away. */
function checkMembers(members: Record<string, unknown>, decoding: Decoding): void {
  for (const [name, { type, required }] of MEMBERS) {
    const found = Object.hasOwn(members, name) ? members[name] : undefined;
    if (found === undefined) {
      if (required)
        decoding.problem("client-data-member-missing", `The client data has no ${name}.`, 0, 0, name);
    } else if (typeof found !== type || found === null) {
      const message = `${name} is ${JSON.stringify(found).slice(0, 40)}, not of type ${type}.`;
      const { offset, length } = placeOf(name, decoding);
      decoding.problem("client-data-member-type", message, offset, length, name);
      delete members[name];
    }
  }
  if (typeof members.challenge !== "string") return;
  const { bytes, problems } = decodeBase64url(members.challenge);
  if (bytes) members.challenge = bytes;
  else delete members.challenge;
  for (const { code, message } of problems) {
    const { offset, length } = placeOf("challenge", decoding);
    decoding.problem(code, message, offset, length, "challenge");
  }
}

function placeOf(name: string, { fields }: Decoding): Field {
  return fields.filter(({ path }) => path === name).at(-1)!;
}

/**
 * From a position in the text to one in the bytes: the same unless there is something beyond ASCII.
 * Positions have to be asked for in ascending order, so that the text is walked through once.
 */
function byteOffsets(text: string, size: number, start: number, damaged: boolean): (at: number) => number {
  if (damaged) return (at) => Math.min(size, start + at);
  if (start + text.length === size) return (at) => start + at;
  let walked = 0;
  let offset = start;
  return (at) => {
    offset += utf8Length(text, walked, at);
    walked = at;
    return offset;
  };
}
