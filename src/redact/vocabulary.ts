import type { Pseudonyms } from "./pseudonyms.js";

/** A text of no known meaning, which stays if it is a word of the specification or of browsers. */
export function maskWords(text: string, pseudonyms: Pseudonyms): string {
  if (WORDS.has(text)) return text;
  return pseudonyms.known(text) ?? pseudonyms.text(text);
}

/** Whether a text is a word of the specification or of browsers. */
export function isKnownWord(text: string): boolean {
  return WORDS.has(text);
}

/** Whether a text may stand where a keyword is expected: short, and made as keywords are. */
export function isKeyword(text: string): boolean {
  return /^\s*[\w+-][\w.:+-]{0,39}\s*$/.test(text) || text.trim() === "";
}

/** Whether a name may be one that a programmer gave a member. */
export function isMemberName(name: string): boolean {
  return /^[A-Za-z_$][\w$.:/-]{0,63}$/.test(name) && !/\d{5}/.test(name);
}

const WORDS: ReadonlySet<string> = new Set([
  ...["public-key", "password", "federated", "platform", "cross-platform", "required", "preferred"],
  ...["discouraged", "optional", "conditional", "silent", "immediate", "none", "indirect", "direct"],
  ...["enterprise", "internal", "hybrid", "usb", "nfc", "ble", "smart-card", "cable", "client-device"],
  ...["security-key", "webauthn.create", "webauthn.get", "payment.get", "supported", "present"],
  ...["packed", "apple", "tpm", "android-key", "android-safetynet", "fido-u2f", "compound", "self"],
  ...["RS256", "ES256", "JWT", "userVerificationOptional", "userVerificationRequired"],
  ...["userVerificationOptionalWithCredentialIDList", "AbortError", "TimeoutError", "NotAllowedError"],
  ...["ConstraintError", "DataError", "EncodingError", "InvalidStateError", "NotReadableError"],
  ...["NotSupportedError", "OperationError", "SecurityError", "SyntaxError", "TypeError", "UnknownError"],
  ...["BASIC", "HARDWARE_BACKED", "com.google.android.gms", "2.0"],
  // Chrome writes it into client data now and then.
  "do not compare clientDataJSON against a template. See https://goo.gl/yabPex",
]);
