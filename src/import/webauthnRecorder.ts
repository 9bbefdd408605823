import { encodeBase64url } from "../bytes/base64url.js";
import type { Outcome } from "../recording/recording.js";
import type { Snapshot } from "../recording/snapshot.js";
import { readCredential } from "./ceremonyCalls.js";
import { type ImportedCall, importedRecording } from "./importedRecording.js";
import type { ImportFormat } from "./importFormat.js";
import { isDOMException } from "./isDOMException.js";
import { isObject, type Json, member, textOf } from "./json.js";
import type { Notes } from "./notes.js";
import { pointer } from "./places.js";
import { type Members, snapshotOfJson } from "./snapshotOfJson.js";

/**
 * What the extension WebAuthnRecorder saves: `webauthn-logs-….json`, an array of calls with `options`,
 * `success`, `result` and `error`. Buffers are written with their type and their bytes as numbers; a buffer
 * that the page used twice, objects deeper than ten levels and functions are sentences in brackets.
 * Transports and extension results are never in it.
 *
 * @see https://github.com/inabajunmr/WebAuthnRecorder `inject.js`, `popup.js` (read in 2026-11)
 */
export const webauthnRecorder: ImportFormat = {
  id: "webauthn-recorder",
  title: "exports of WebAuthnRecorder",
  async read({ json, at: now }, notes) {
    const list = json?.length === 1 ? json[0]!.value : undefined;
    if (!Array.isArray(list) || list.length === 0 || !list.some(isEntry)) return undefined;
    const calls: ImportedCall[] = [];
    for (const [index, entry] of list.entries()) {
      const at = pointer("", index);
      if (isEntry(entry)) calls.push(await readEntry(entry, at, notes));
      else notes.note("unknown-call", "This is no call as WebAuthnRecorder writes them.", at);
    }
    return { takenFor: TAKEN_FOR, recording: importedRecording(calls, now) };
  },
};

const TAKEN_FOR = "export of WebAuthnRecorder";

function isEntry(entry: unknown): entry is Json {
  const type = textOf(entry, "type");
  const isCall = type === "create" || type === "get";
  return isCall && isObject(entry) && Object.hasOwn(entry, "options") && Object.hasOwn(entry, "success");
}

async function readEntry(entry: Json, at: string, notes: Notes): Promise<ImportedCall> {
  const startedAt = Date.parse(textOf(entry, "timestamp") ?? "");
  const url = textOf(entry, "url");
  const options = isObject(entry.options)
    ? [await snapshotOfJson(entry.options, `${at}/options`, notes, OPTIONS, sentence)]
    : entry.options === null
      ? [null]
      : [];
  return {
    api: entry.type === "create" ? "credentials.create" : "credentials.get",
    imported: { as: TAKEN_FOR, at },
    ...(Number.isFinite(startedAt) && { startedAt }),
    ...(url !== undefined && { page: { url } }),
    arguments: options,
    outcome: await readOutcome(entry, at, notes),
  };
}

/** Buffers tell that they are; where there should be one and is none, the page had something else. */
const OPTIONS: Members = { bytes: /(?!)/, secrets: /^\/publicKey\/extensions\/largeBlob\/write$/ };

function sentence(value: unknown, path: string): Snapshot | undefined {
  if (isObject(value) && Array.isArray(value.data)) {
    const type = textOf(value, "_type");
    if (type === undefined) return undefined;
    const bytes = readBytes(value.data, type);
    if (bytes) return bytes;
  }
  // Nothing of an AbortSignal can be listed.
  if (path === "/signal") return { $: "unreadable", error: "WebAuthnRecorder does not keep an AbortSignal." };
  if (typeof value !== "string") return undefined;
  if (value === "[Circular Reference]") return { $: "cycle" };
  if (value === "[Function]") return { $: "function", name: "" };
  if (value === "[Max Depth Reached]") return { $: "truncated", of: "object" };
  return value.startsWith("[Error stringifying: ") ? { $: "unreadable", error: value } : undefined;
}

function readBytes(data: unknown[], type: string): Snapshot | undefined {
  const isBytes = data.every(
    (byte) => typeof byte === "number" && Number.isInteger(byte) && byte >= 0 && byte <= 255,
  );
  return isBytes
    ? { $: "bytes", type, base64url: encodeBase64url(Uint8Array.from(data as number[])) }
    : undefined;
}

async function readOutcome(entry: Json, at: string, notes: Notes): Promise<Outcome> {
  const { success, result } = entry;
  if (success === true) {
    if (member(result, "_type") !== "PublicKeyCredential")
      return {
        status: "fulfilled",
        value: await snapshotOfJson(result ?? null, `${at}/result`, notes, undefined, sentence),
      };
    const { _type, ...credential } = result as Json;
    const response = isObject(credential.response) ? credential.response : {};
    const part = Object.hasOwn(response, "attestationObject") ? "registration" : "authentication";
    // A buffer that the page had used before was not written again.
    const kept = Object.fromEntries(
      Object.entries(response).filter(([, each]) => each !== "[Circular Reference]"),
    );
    const value = await readCredential({ ...credential, response: kept }, part, `${at}/result`, notes);
    return { status: "fulfilled", value };
  }
  if (success !== false) return { status: "pending" };
  const said = textOf(entry, "error") ?? "";
  const [, name = "", message = said] = /^(\w*(?:Error|Exception))(?:: ([\s\S]*))?$/.exec(said) ?? [];
  return {
    status: "rejected",
    error: {
      name,
      message: name && message === said ? "" : message,
      isDOMException: name !== "" && isDOMException(name),
    },
  };
}
