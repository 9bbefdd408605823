import { encodeBase64url } from "../bytes/base64url.js";
import { encodeUtf8 } from "../bytes/utf8.js";
import type { Ceremony } from "../ceremony/ceremony.js";
import { hostOf, readCeremonies } from "../ceremony/readCeremony.js";
import { verifyCeremonies } from "../ceremony/verifyCeremonies.js";
import { readSnapshot } from "../recording/readSnapshot.js";
import type { CallId, Recording } from "../recording/recording.js";
import type { Verdict } from "../recording/verdict.js";
import { digest } from "../verify/webCrypto.js";
import { Addresses } from "./addresses.js";
import { type MaskedValue, maskRecording } from "./maskRecording.js";
import { Pseudonyms } from "./pseudonyms.js";

/** pseudonymous keeps hosts and paths; minimal masks these, too */
export type RedactionProfile = NonNullable<Recording["redaction"]>["profile"];

export interface RedactOptions {
  /** default: pseudonymous */
  profile?: RedactionProfile;
  /** the same recording's, where they were worked out before: one for each call, with their verdicts */
  ceremonies?: readonly Ceremony[];
}

/**
 * The recording without what tells who it was of: names, handles, ids, challenges, keys, signatures,
 * certificates, secrets, queries, stacks; with the profile "minimal" hosts as well. The same value has
 * the same pseudonym everywhere, of the same length and kind, and bytes still decode to the same members
 * at the same places, so that rules find the same. What can't be verified any more (signatures,
 * attestations) is carried along as verdicts. Pseudonyms are random: no guess can be checked by them.
 *
 * A recording that is masked already, as much or more, is given back as it is.
 */
export async function redact(recording: Recording, options: RedactOptions = {}): Promise<Recording> {
  return (await redactAndTell(recording, options)).recording;
}

/** As {@link redact}, and says what was masked: every value with its pseudonym, and how often it stood there. */
export async function redactAndTell(
  recording: Recording,
  { profile = "pseudonymous", ceremonies }: RedactOptions = {},
): Promise<{ recording: Recording; values: MaskedValue[] }> {
  const before = recording.redaction?.profile;
  if (before === "minimal" || before === profile) return { recording, values: [] };
  const keepsHosts = profile === "pseudonymous";
  const pseudonyms = new Pseudonyms();
  const addresses = new Addresses(pseudonyms, keepsHosts);
  const rpIdHashes = keepsHosts ? new Map<string, string>() : await hashRpIds(recording, addresses);
  const judged = ceremonies ?? (await verifyCeremonies(recording, readCeremonies(recording)));
  const {
    recording: masked,
    values,
    maskText,
  } = maskRecording(recording, { keepsHosts, rpIdHashes, pseudonyms, addresses });
  const verdicts = await carryVerdicts(judged, masked, maskText);
  return { recording: { ...masked, redaction: { profile, verdicts } }, values };
}

/** The outcomes of the original, in the words of the masked recording where that comes to the same. */
async function carryVerdicts(
  judged: readonly Ceremony[],
  masked: Recording,
  maskText: (text: string) => string,
): Promise<Record<CallId, Verdict[]>> {
  const again = await verifyCeremonies(masked, readCeremonies(masked));
  const entries = judged.flatMap(({ callId, verdicts }, index): [CallId, Verdict[]][] => {
    const now = again[index]!.verdicts;
    const carried = verdicts.map((verdict, step) => {
      const same = now[step];
      return same?.check === verdict.check && same.outcome === verdict.outcome
        ? { ...verdict, because: same.because }
        : { ...verdict, because: maskText(verdict.because) };
    });
    return carried.length > 0 ? [[callId, carried]] : [];
  });
  return Object.fromEntries(entries);
}

/** What the hash of each name becomes that the recording's authenticator data may have the hash of. */
async function hashRpIds(recording: Recording, addresses: Addresses): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const name of namesOfRelyingParties(recording)) {
    const [from, to] = await Promise.all([hashOf(name), hashOf(addresses.host(name))]);
    if (from !== undefined && to !== undefined) hashes.set(from, to);
  }
  return hashes;
}

async function hashOf(text: string): Promise<string | undefined> {
  const hash = await digest("SHA-256", encodeUtf8(text));
  return hash && encodeBase64url(hash);
}

function namesOfRelyingParties({ realms, calls }: Recording): Set<string> {
  const names = new Set<string>();
  for (const { origin, ancestorOrigins } of realms) {
    for (const each of [origin, ...ancestorOrigins]) {
      names.add(each);
      addDomains(hostOf(each), names);
    }
  }
  for (const {
    arguments: [options],
  } of calls) {
    const argument = readSnapshot(options);
    const publicKey = argument.member("publicKey");
    const extensions = publicKey.member("extensions");
    for (const reading of [publicKey.member("rp", "id"), publicKey.member("rpId"), argument.member("rpId")])
      addDomains(reading.text(), names);
    for (const reading of [extensions.member("appid"), extensions.member("appidExclude")]) {
      const text = reading.text();
      if (text !== undefined) names.add(text);
    }
  }
  return names;
}

function addDomains(host: string | undefined, names: Set<string>): void {
  if (host === undefined) return;
  names.add(host);
  const labels = host.split(".").slice(0, 8);
  for (let from = 1; from < labels.length; from++) names.add(labels.slice(from).join("."));
}
