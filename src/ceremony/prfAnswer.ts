import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import type { Call } from "../recording/recording.js";
import { resultOf } from "./readCeremony.js";

/** One evaluation of the prf extension: enough to compare, never the secret. */
export interface PrfAnswer {
  /** the first input, base64url, or the fingerprint of one that is masked */
  input: string;
  /** the fingerprint of the first output */
  fingerprint: string;
}

/**
 * The prf value that came with a credential (id in base64url), if one came for an input that is known.
 *
 * @see https://www.w3.org/TR/webauthn-3/#prf-extension
 */
export function prfAnswerOf(call: Call, credentialId: string): PrfAnswer | undefined {
  const prf = readSnapshot(call.arguments[0]).member("publicKey", "extensions", "prf");
  if (prf.kind !== "object") return undefined;
  const ofCredential = prf.member("evalByCredential", credentialId, "first");
  const input = nameOf(ofCredential.isAbsent ? prf.member("eval", "first") : ofCredential);
  const output = resultOf(call)?.member("clientExtensionResults", "prf", "results", "first");
  const fingerprint = output && nameOf(output);
  return input && fingerprint ? { input, fingerprint } : undefined;
}

function nameOf(reading: Reading): string | undefined {
  return reading.fingerprint() ?? reading.base64url();
}
