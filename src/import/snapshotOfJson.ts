import { encodeBase64url } from "../bytes/base64url.js";
import { encodeHex } from "../bytes/hex.js";
import { encodeUtf8 } from "../bytes/utf8.js";
import { MAX_DEPTH } from "../recording/parseRecording.js";
import type { Snapshot } from "../recording/snapshot.js";
import { digest } from "../verify/webCrypto.js";
import { isObject } from "./json.js";
import type { Notes } from "./notes.js";
import { pointer, quoted } from "./places.js";
import { readJsonBytes } from "./readJsonBytes.js";

/** The members that are no JSON in a page, by their path below the value: "/user/id". */
export interface Members {
  bytes: RegExp;
  secrets: RegExp;
}

/** Of creation and request options, below `publicKey`. @see https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON */
export const OPTIONS_MEMBERS: Members = {
  bytes:
    /^\/(?:challenge|user\/id|(?:allow|exclude)Credentials\/\d+\/id|extensions\/(?:prf\/(?:eval|evalByCredential\/[^/]+)\/(?:first|second)|hmacGetSecret\/salt[12]))$/,
  secrets: /^\/extensions\/(?:largeBlob\/write|credBlob)$/,
};

/** Of a public key credential. @see https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson */
export const CREDENTIAL_MEMBERS: Members = {
  bytes:
    /^\/(?:rawId|response\/(?:clientDataJSON|attestationObject|authenticatorData|signature|userHandle|publicKey))$/,
  secrets:
    /^\/clientExtensionResults\/(?:prf\/results\/(?:first|second)|hmacGetSecret\/output[12]|largeBlob\/blob|getCredBlob)$/,
};

const NO_MEMBERS: Members = { bytes: /(?!)/, secrets: /(?!)/ };

/**
 * JSON as what a page had of it: bytes are bytes again, secrets are masked from here on. What can't be read
 * as the bytes that belong there is noted, and stands as `unreadable`: nothing is concluded from it.
 *
 * @param at where the value stands in the material
 * @param special what to make of a value before anything else; undefined: as usual
 */
export async function snapshotOfJson(
  value: unknown,
  at: string,
  notes: Notes,
  members: Members = NO_MEMBERS,
  special: (value: unknown, path: string) => Snapshot | undefined = () => undefined,
): Promise<Snapshot> {
  const secrets: { holder: Record<string, Snapshot>; name: string; value: unknown }[] = [];
  const copied = copy(value, "", 0);
  for (const secret of secrets) secret.holder[secret.name] = await masked(secret.value);
  return copied;

  function copy(value: unknown, path: string, depth: number): Snapshot {
    const own = special(value, path);
    if (own !== undefined) return own;
    if (value !== null && members.bytes.test(path)) return copyBytes(value, path);
    if (depth >= MAX_COPIED_DEPTH && typeof value === "object" && value !== null)
      return { $: "truncated", of: Array.isArray(value) ? "list" : "object" };
    if (Array.isArray(value)) return value.map((item, index) => copy(item, pointer(path, index), depth + 1));
    if (isObject(value)) return copyObject(value, path, depth);
    return typeof value === "number" ? copyNumber(value) : (value as Snapshot);
  }

  function copyObject(value: { [name: string]: unknown }, path: string, depth: number): Snapshot {
    const copies: { [name: string]: Snapshot } = {};
    for (const [name, member] of Object.entries(value)) {
      const below = pointer(path, name);
      if (name === "__proto__") {
        notes.note("hostile-member", "A member of this name is left out.", at + below);
        continue;
      }
      const key = ONLY_DOLLARS.test(name) ? `${name}$` : name;
      if (members.secrets.test(below) && member !== null) {
        copies[key] = null;
        secrets.push({ holder: copies, name: key, value: member });
      } else copies[key] = copy(member, below, depth + 1);
    }
    return copies;
  }

  function copyBytes(value: unknown, path: string): Snapshot {
    const read = readJsonBytes(value);
    if (read.bytes) return { $: "bytes", type: read.type, base64url: encodeBase64url(read.bytes) };
    const found = typeof value === "string" ? `${quoted(value)} ` : "";
    notes.note("not-bytes", `${found}can’t be read as bytes: ${read.why}`, at + path);
    return { $: "unreadable", error: `${found}${read.why}` };
  }
}

/** JSON may be written with numbers that a recording, which is JSON as well, has no numbers for. */
function copyNumber(value: number): Snapshot {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $: "number", value: Object.is(value, -0) ? "-0" : value > 0 ? "Infinity" : "-Infinity" };
}

async function masked(value: unknown): Promise<Snapshot> {
  const read = readJsonBytes(value);
  const bytes = read.bytes ?? (typeof value === "string" ? encodeUtf8(value) : undefined);
  if (!bytes) return { $: "unreadable", error: "A secret that is not bytes." };
  const hash = await digest("SHA-256", bytes);
  const fingerprint = hash ? encodeHex(hash.subarray(0, 4)) : "";
  return { $: "masked", type: read.bytes ? "ArrayBuffer" : "string", length: bytes.length, fingerprint };
}

/** In a recording, the values stand some levels deeper, and it has to open again. */
const MAX_COPIED_DEPTH = MAX_DEPTH - 16;

const ONLY_DOLLARS = /^\$+$/;
