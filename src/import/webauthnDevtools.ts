import { isoTime } from "../bytes/isoTime.js";
import type { Api, Outcome } from "../recording/recording.js";
import type { Snapshot } from "../recording/snapshot.js";
import { readCredential } from "./ceremonyCalls.js";
import { type ImportedCall, importedRecording, NOT_IMPORTED, originOf } from "./importedRecording.js";
import type { ImportFormat } from "./importFormat.js";
import { isDOMException } from "./isDOMException.js";
import { isObject, type Json, numberOf, textOf } from "./json.js";
import type { Notes } from "./notes.js";
import { pointer } from "./places.js";
import { OPTIONS_MEMBERS, snapshotOfJson } from "./snapshotOfJson.js";

/**
 * What the extension "WebAuthn DevTools" saves: `webauthn-calls-….json`, version "1.0". What it leaves out
 * is not missing in the page: it drops a challenge or ID that is not made of bytes, and empty lists; the
 * mediation of create(); what an AbortError said. Its `origin` is that of its own panel.
 *
 * @see https://github.com/agektmr/webauthn-devtools `src/devtools/panel/utils/export.ts`, `src/injected/serializer.ts` (read in 2026-11)
 */
export const webauthnDevtools: ImportFormat = {
  id: "webauthn-devtools",
  title: "exports of WebAuthn DevTools",
  async read({ json, at: now }, notes) {
    const file = json?.length === 1 ? json[0]!.value : undefined;
    if (!isObject(file) || !Array.isArray(file.calls) || textOf(file, "exportedAt") === undefined)
      return undefined;
    const origin = originOf(textOf(file, "origin") ?? "");
    const userAgent = textOf(file, "userAgent");
    const page = { ...(origin && { origin }), ...(userAgent !== undefined && { userAgent }) };
    const calls: ImportedCall[] = [];
    for (const [index, each] of file.calls.entries()) {
      const call = await readCall(each, pointer("/calls", index), notes);
      if (call) calls.push({ ...call, page });
    }
    const recording = importedRecording(calls, now);
    const exportedAt = Date.parse(textOf(file, "exportedAt")!);
    if (Number.isFinite(exportedAt)) recording.createdAt = isoTime(exportedAt);
    return { takenFor: TAKEN_FOR, recording };
  },
};

const TAKEN_FOR = "export of WebAuthn DevTools";

async function readCall(call: unknown, at: string, notes: Notes): Promise<ImportedCall | undefined> {
  const type = textOf(call, "type") ?? "";
  const api = APIS.get(type);
  if (!isObject(call) || !api) {
    notes.note("unknown-call", `A call of this kind is not known: ${JSON.stringify(type).slice(0, 60)}.`, at);
    return undefined;
  }
  const startedAt = numberOf(call, "timestamp");
  const duration = numberOf(call, "duration");
  const stack = textOf(call.error, "stack");
  return {
    api,
    imported: { as: TAKEN_FOR, at },
    ...(startedAt !== undefined && { startedAt }),
    ...(duration !== undefined && { duration }),
    ...(stack !== undefined && { initiator: stack }),
    arguments: await readRequest(api, call.request, `${at}/request`, notes),
    outcome: await readOutcome(api, call, at, notes),
  };
}

const STATIC = "PublicKeyCredential.";
const APIS: ReadonlyMap<string, Api> = new Map<string, Api>([
  ["create", "credentials.create"],
  ["get", "credentials.get"],
  ...(
    [
      `${STATIC}isUserVerifyingPlatformAuthenticatorAvailable`,
      `${STATIC}isConditionalMediationAvailable`,
      `${STATIC}getClientCapabilities`,
      `${STATIC}signalUnknownCredential`,
      `${STATIC}signalAllAcceptedCredentials`,
      `${STATIC}signalCurrentUserDetails`,
    ] as const
  ).map((api): [string, Api] => [api.slice(STATIC.length), api]),
]);

async function readRequest(api: Api, request: unknown, at: string, notes: Notes): Promise<Snapshot[]> {
  if (!isObject(request)) return [NOT_IMPORTED];
  if (api !== "credentials.create" && api !== "credentials.get") {
    const list = Array.isArray(request.args) ? request.args : [];
    return [...((await snapshotOfJson(list, `${at}/args`, notes)) as Snapshot[])].map(withLostMembers);
  }
  const { mediation, ...options } = request;
  const publicKey = (await snapshotOfJson(options, at, notes, OPTIONS_MEMBERS, lostBytes)) as {
    [name: string]: Snapshot;
  };
  if (!Object.hasOwn(publicKey, "challenge")) publicKey.challenge = LOST;
  const user = publicKey.user;
  if (isObject(user) && !Object.hasOwn(user, "id")) (user as { [name: string]: Snapshot }).id = LOST;
  return [{ publicKey, ...(typeof mediation === "string" && { mediation }) }];
}

const LOST: Snapshot = { $: "unreadable", error: "The export leaves out what is not made of bytes." };

/** An empty ID stands for one that was no bytes, or had none; bytes in extensions became `{}`. */
function lostBytes(value: unknown, path: string): Snapshot | undefined {
  const isEmpty = value === "" || (isObject(value) && Object.keys(value).length === 0);
  return isEmpty && OPTIONS_MEMBERS.bytes.test(path) ? LOST : undefined;
}

/** The signal methods take text, which the export turns to nothing, as it expects bytes. */
function withLostMembers(argument: Snapshot): Snapshot {
  if (!isObject(argument)) return argument;
  const wanted = ["userId", "credentialId"].filter((name) => !Object.hasOwn(argument, name));
  const isSignal = Object.hasOwn(argument, "rpId");
  return isSignal && wanted.length === 2
    ? { ...(argument as object), userId: LOST, credentialId: LOST }
    : argument;
}

async function readOutcome(api: Api, call: Json, at: string, notes: Notes): Promise<Outcome> {
  const { status, response, error } = call;
  if (status === "pending") return { status };
  if (status === "aborted" || status === "error") {
    const name = textOf(error, "name") ?? (status === "aborted" ? "AbortError" : "");
    return {
      status: "rejected",
      error: { name, message: textOf(error, "message") ?? "", isDOMException: isDOMException(name) },
    };
  }
  if (status !== "success")
    notes.note("unknown-status", "The status of this call is not known.", `${at}/status`);
  if (!isObject(response)) return { status: "fulfilled", value: response === null ? null : NOT_IMPORTED };
  if (api !== "credentials.create" && api !== "credentials.get") {
    const value = Object.hasOwn(response, "result")
      ? await snapshotOfJson(response.result, `${at}/response/result`, notes)
      : ({ $: "undefined" } as const);
    return { status: "fulfilled", value };
  }
  const part = api === "credentials.create" ? "registration" : "authentication";
  return { status: "fulfilled", value: await readCredential(response, part, `${at}/response`, notes) };
}
