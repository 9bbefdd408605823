import { ceremonyCalls } from "./ceremonyCalls.js";
import { type Found, findCeremonies } from "./findCeremonies.js";
import { importedRecording } from "./importedRecording.js";
import type { ImportFormat } from "./importFormat.js";
import { isObject, textOf } from "./json.js";

/**
 * What "Copy Request as JSON" and "Copy Response as JSON" give in the Web Authentication tab that is planned
 * for Web Inspector. A request is what WebKit understood of the page's, in padded base64, always with its
 * list of credentials and its preferences; a response has `parsedAuthenticatorData` beside it. Both can be
 * pasted after each other.
 *
 * @see https://github.com/WebKit/WebKit/pull/54160 and its author's branch: `AuthenticationTableContentView.js`,
 * `AuthenticatorCoordinator.cpp`, `PublicKeyCredentialCreationOptions.cpp` (read in 2026-11; not yet in Safari)
 */
export const webkitTab: ImportFormat = {
  id: "webkit-tab",
  title: "copies from WebKit’s planned Web Authentication tab",
  async read({ json, text, at }, notes) {
    if (text !== undefined && ROW.test(text)) {
      const message = "This is a row of the table, without its request. Choose Copy Request as JSON instead.";
      notes.note("row-alone", message, "line 1");
      return { takenFor: TAKEN_FOR };
    }
    if (!json?.every(({ value }) => isCopy(value))) return undefined;
    const parts = json.flatMap(({ value, place }) =>
      findCeremonies(value).map((found) => ({ ...found, place })),
    );
    if (parts.length === 0 || !parts.some(isTelltale)) return undefined;
    return {
      takenFor: TAKEN_FOR,
      recording: importedRecording(await ceremonyCalls(parts, TAKEN_FOR, notes), at),
    };
  },
};

const TAKEN_FOR = "copy from WebKit’s planned Web Authentication tab";
/** Site, type and user handle. */
const ROW = /^[\w.-]*\t(?:create|get)\t[A-Za-z0-9+/=_-]*\s*$/;

function isCopy(value: unknown): boolean {
  return isObject(value) && findCeremonies(value)[0]?.at === "";
}

function isTelltale({ part, value }: Found): boolean {
  if (Object.hasOwn(value, "parsedAuthenticatorData")) return true;
  const always = ALWAYS[part];
  if (!always || !/[=+/]/.test(textOf(value, "challenge") ?? "")) return false;
  const names = Object.keys(value);
  return always.every((name) => names.includes(name)) && names.every((name) => KNOWN.has(name));
}

const ALWAYS: Partial<Record<Found["part"], readonly string[]>> = {
  "creation-options": ["rp", "user", "pubKeyCredParams", "excludeCredentials", "attestation"],
  "request-options": ["allowCredentials", "userVerification"],
};

const KNOWN = new Set([
  ...[
    "rp",
    "user",
    "challenge",
    "pubKeyCredParams",
    "timeout",
    "excludeCredentials",
    "authenticatorSelection",
  ],
  ...["attestation", "extensions", "rpId", "allowCredentials", "userVerification"],
]);
