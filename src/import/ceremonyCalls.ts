import { encodeBase64url } from "../bytes/base64url.js";
import { encodeUtf8 } from "../bytes/utf8.js";
import { decodeClientData } from "../decode/clientData.js";
import { readSnapshot } from "../recording/readSnapshot.js";
import type { Api } from "../recording/recording.js";
import type { Snapshot } from "../recording/snapshot.js";
import type { CeremonyPart, Found } from "./findCeremonies.js";
import { type ImportedCall, type ImportedPage, NOT_IMPORTED } from "./importedRecording.js";
import { isObject, textOf } from "./json.js";
import type { Notes } from "./notes.js";
import { CREDENTIAL_MEMBERS, OPTIONS_MEMBERS, snapshotOfJson } from "./snapshotOfJson.js";

/** A part of a ceremony with what is known of where it was found. */
export interface FoundPart extends Found {
  /** before the place: "JSON value 2: " */
  place?: string;
  /** epoch milliseconds */
  startedAt?: number;
  page?: ImportedPage;
  /** client data as it stood there, to the byte */
  text?: string;
}

/** What is known as the outcome of a call once its parts are together. */
interface Draft {
  api: Api;
  challenge: string | undefined;
  call: ImportedCall;
}

/**
 * Calls made of the parts: options and the response to them become one, where the response's client data
 * has the challenge of the options. A part that is there twice counts once.
 */
export async function ceremonyCalls(
  parts: readonly FoundPart[],
  as: string,
  notes: Notes,
): Promise<ImportedCall[]> {
  const drafts: Draft[] = [];
  const seen = new Set<string>();
  for (const part of parts) {
    const draft = await readPart(part, as, notes);
    const key = JSON.stringify([draft.call.arguments, draft.call.outcome]);
    if (seen.has(key)) continue;
    seen.add(key);
    drafts.push(draft);
  }
  return paired(drafts);
}

/** The words for a part that stands alone. */
export const PART_TITLES: Record<CeremonyPart, string> = {
  "creation-options": "registration options (JSON)",
  "request-options": "authentication options (JSON)",
  registration: "registration response (JSON)",
  authentication: "authentication response (JSON)",
  "client-data": "client data (JSON)",
};

async function readPart(found: FoundPart, as: string, notes: Notes): Promise<Draft> {
  const { part, value, place = "", startedAt, page } = found;
  const at = (place + found.at).replace(/: $/, "");
  const imported = { as, ...(at !== "" && { at }) };
  const base = { imported, ...(startedAt !== undefined && { startedAt }), ...(page && { page }) };
  if (part === "creation-options" || part === "request-options") {
    const api = part === "creation-options" ? "credentials.create" : "credentials.get";
    const options = await readOptions(found, at, notes);
    const challenge = readSnapshot(options).member("publicKey", "challenge").base64url();
    return { api, challenge, call: { api, ...base, arguments: [options] } };
  }
  const answer =
    part === "client-data" ? clientDataAlone(found, at, notes) : await readCredential(value, part, at, notes);
  const clientData = readSnapshot(answer).member("response", "clientDataJSON").bytes();
  const decoded = clientData && decodeClientData(clientData).value;
  const api =
    part === "registration" || decoded?.type === "webauthn.create" ? "credentials.create" : "credentials.get";
  const challenge = decoded?.challenge && encodeBase64url(decoded.challenge);
  return { api, challenge, call: { api, ...base, outcome: { status: "fulfilled", value: answer } } };
}

async function readOptions({ value, wrapper }: FoundPart, at: string, notes: Notes): Promise<Snapshot> {
  const isInside = wrapper === undefined && Object.hasOwn(value, "mediation");
  const { mediation, ...publicKey } = value;
  const options: { [name: string]: Snapshot } = {
    publicKey: await snapshotOfJson(isInside ? publicKey : value, at, notes, OPTIONS_MEMBERS),
  };
  const outer = isInside ? mediation : wrapper?.mediation;
  if (typeof outer === "string") options.mediation = outer;
  return options;
}

/**
 * A RegistrationResponseJSON or AuthenticationResponseJSON as the credential that it was made of. Members
 * that every credential has, but the JSON does not, are no statement about the credential.
 */
export async function readCredential(
  value: { [name: string]: unknown },
  part: "registration" | "authentication",
  at: string,
  notes: Notes,
): Promise<Snapshot> {
  const isFlat = !isObject(value.response);
  const nested = isFlat ? flatToNested(value) : value;
  const copied = (await snapshotOfJson(nested, at, notes, CREDENTIAL_MEMBERS)) as Members;
  const response = copied.response as Members;
  const credential: Members = { ...copied, response: { ...ABSENT_IN[part], ...response } };
  for (const name of ["id", "rawId", "type", "clientExtensionResults"])
    if (!Object.hasOwn(credential, name)) credential[name] = NOT_IMPORTED;
  // An ID that stands there once is the same ID twice, in text and in bytes.
  const id = textOf(value, "id");
  if (id !== undefined && readSnapshot(credential.rawId).isUnknown && !Object.hasOwn(value, "rawId"))
    credential.rawId = ((await snapshotOfJson({ rawId: id }, at, notes, CREDENTIAL_MEMBERS)) as Members)
      .rawId!;
  delete credential.parsedAuthenticatorData;
  delete credential.parsed;
  return { $: "PublicKeyCredential", value: credential };
}

type Members = { [name: string]: Snapshot };

/** What every response of its kind has, where the material leaves it out. */
const ABSENT_IN: Record<"registration" | "authentication", Members> = {
  registration: {
    clientDataJSON: NOT_IMPORTED,
    attestationObject: NOT_IMPORTED,
    transports: NOT_IMPORTED,
  },
  authentication: {
    clientDataJSON: NOT_IMPORTED,
    authenticatorData: NOT_IMPORTED,
    signature: NOT_IMPORTED,
  },
};

/** Some servers take the members of the response beside `id`. */
function flatToNested(value: { [name: string]: unknown }): { [name: string]: unknown } {
  const response: { [name: string]: unknown } = {};
  const others: { [name: string]: unknown } = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === "__proto__") continue;
    (OF_RESPONSE.has(name) ? response : others)[name] = member;
  }
  return { ...others, response };
}

const OF_RESPONSE = new Set([
  ...["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"],
  ...["transports", "publicKey", "publicKeyAlgorithm"],
]);

/** Client data without anything around it. */
function clientDataAlone({ value, text }: FoundPart, at: string, notes: Notes): Snapshot {
  if (text === undefined)
    notes.note(
      "client-data-rewritten",
      "The client data was read from an object: its bytes were others.",
      at,
    );
  const bytes = encodeUtf8(text ?? JSON.stringify(value));
  return bareResponse({
    clientDataJSON: { $: "bytes", type: "ArrayBuffer", base64url: encodeBase64url(bytes) },
  });
}

/** A credential of which one part of the response is all that is known. */
export function bareResponse(
  response: Members,
  part: "registration" | "authentication" = "authentication",
): Snapshot {
  return {
    $: "PublicKeyCredential",
    value: {
      id: NOT_IMPORTED,
      rawId: NOT_IMPORTED,
      type: NOT_IMPORTED,
      clientExtensionResults: NOT_IMPORTED,
      response: {
        ...ABSENT_IN[part],
        ...(part === "authentication" && { userHandle: NOT_IMPORTED }),
        ...response,
      },
    },
  };
}

/** Each response goes to the first request with its challenge that has none yet. */
function paired(drafts: readonly Draft[]): ImportedCall[] {
  const keyOf = ({ api, challenge }: Draft) => `${api} ${challenge}`;
  const waiting = new Map<string, Draft[]>();
  for (const draft of [...drafts].reverse()) {
    if (!draft.call.arguments || draft.challenge === undefined) continue;
    const list = waiting.get(keyOf(draft));
    if (list) list.push(draft);
    else waiting.set(keyOf(draft), [draft]);
  }
  const used = new Set<Draft>();
  for (const draft of drafts) {
    if (draft.call.arguments || draft.challenge === undefined) continue;
    const request = waiting.get(keyOf(draft))?.pop()?.call;
    if (!request) continue;
    const { outcome, page, imported } = draft.call;
    if (outcome) request.outcome = outcome;
    if (!request.page && page) request.page = page;
    const places = [request.imported.at, imported.at].filter((at) => at !== undefined);
    if (places.length === 2) request.imported = { ...request.imported, at: places.join(", answered at ") };
    used.add(draft);
  }
  return drafts.filter((draft) => !used.has(draft)).map(({ call }) => call);
}
