import { encodeBase64url } from "../bytes/base64url.js";
import type { PublicKey } from "../decode/publicKey.js";
import { readSnapshot } from "../recording/readSnapshot.js";
import type { Call, Realm } from "../recording/recording.js";
import type { Verdict } from "../recording/verdict.js";
import type { CeremonyFacts, Page } from "../verify/ceremonyFacts.js";
import { type CredentialRecord, verifyAuthentication } from "../verify/verifyAuthentication.js";
import { verifyRegistration } from "../verify/verifyRegistration.js";
import type { Ceremony } from "./ceremony.js";
import { Journal } from "./journal.js";
import { hostOf, resultOf } from "./readCeremony.js";

export interface VerifyOptions {
  /** public keys of credentials whose registration is not in the recording, by credential ID (base64url) */
  publicKeys?: ReadonlyMap<string, PublicKey>;
  /** certificates (DER) of the attestation authorities to trust */
  roots?: readonly Uint8Array[];
}

/**
 * Says what a server would say to each answer, given the answers before it. Calls are given in the
 * order in which they started. A call that was verified before under the same premises is not
 * verified again.
 */
export class Verifier {
  #records = new Map<string, CredentialRecord>();
  #journal: Journal;
  #options: VerifyOptions;
  #roots: readonly string[] | undefined;

  constructor(options: VerifyOptions = {}, journal = new Journal()) {
    this.#options = options;
    this.#roots = options.roots?.map(encodeBase64url);
    this.#journal = journal;
  }

  /** Verifies one answer, and notes what the next ones will be compared with. A call without an answer has no verdicts. */
  verify(call: Call, realm: Realm, ceremony: Ceremony): Promise<Verdict[]> | Verdict[] {
    const { publicKeys, roots } = this.#options;
    const answer = resultOf(call);
    const { credential, kind } = ceremony;
    if (kind === "other" || answer?.kind !== "object") return [];
    const facts: CeremonyFacts = {
      options: readSnapshot(call.arguments[0], "/arguments/0"),
      credential: answer,
      decoded: ceremony.decoded,
      ...(ceremony.rpId !== undefined && { rpId: ceremony.rpId }),
      page: pageOf(realm),
      at: call.startedAt,
    };
    const id = credential?.credentialId ?? "";
    const key = recordKey(ceremony, id);
    const known = this.#records.get(key);
    if (id) this.#journal.set(this.#records, key, recordAfter(ceremony, known));
    if (kind === "registration") {
      const isRegistered = known?.publicKey !== undefined;
      return remembered(call, [facts.page, isRegistered, this.#roots], () =>
        verifyRegistration(facts, { isRegistered, ...(roots && { roots }) }),
      );
    }
    const given = publicKeys?.get(id);
    const record = given ? { ...known, publicKey: given, keySource: "of-person" as const } : (known ?? {});
    return remembered(call, [facts.page, premiseOf(record)], () => verifyAuthentication(facts, record));
  }
}

function pageOf({ origin, ancestorOrigins, frameId, imported }: Realm): Page {
  const effectiveDomain = hostOf(origin);
  // A frame whose ancestors weren't recorded: not every browser tells them, and what is imported seldom does.
  const isUnknown =
    ancestorOrigins.length === 0 && (imported !== undefined || (frameId !== undefined && frameId !== 0));
  return {
    origin,
    ...(effectiveDomain !== undefined && { effectiveDomain }),
    ...(!isUnknown && { ancestorOrigins }),
  };
}

function recordKey({ rpId }: Ceremony, credentialId: string): string {
  return `${credentialId} ${rpId ?? ""}`;
}

/** What a server would keep after this answer. */
function recordAfter(
  { kind, user, credential }: Ceremony,
  before: CredentialRecord | undefined,
): CredentialRecord {
  const { flags, signCount, attestedCredentialData } = credential?.authenticatorData ?? {};
  const after: CredentialRecord = kind === "registration" ? {} : { ...before };
  if (kind === "registration") {
    if (attestedCredentialData?.coseKey) after.publicKey = attestedCredentialData.coseKey;
    after.keySource = "of-registration-here";
    if (user) after.userHandle = user.id;
  }
  if (flags && after.backupEligible === undefined) after.backupEligible = flags.backupEligible;
  if (signCount !== undefined) after.signCount = Math.max(signCount, after.signCount ?? 0);
  return after;
}

// ------------------------------------------------------------------ not twice

/**
 * Verdicts by call, for as long as the call is held by someone. A live panel judges its whole
 * recording again with every event, and calls that are settled stay the same object.
 */
const memory = new WeakMap<
  Call,
  { outcome: Call["outcome"]; premises: string; verdicts: Promise<Verdict[]> }
>();

function remembered(call: Call, premises: unknown, verify: () => Promise<Verdict[]>): Promise<Verdict[]> {
  const text = JSON.stringify(premises);
  const last = memory.get(call);
  if (last?.premises === text && last.outcome === call.outcome) return last.verdicts;
  const verdicts = verify();
  memory.set(call, { outcome: call.outcome, premises: text, verdicts });
  return verdicts;
}

/** A record as text: the same for the same record. */
function premiseOf({ publicKey = {}, ...others }: CredentialRecord): unknown {
  const { keyType, algorithm, curve, x, y, n, e, pub } = publicKey;
  const bytes = [x, y, n, e, pub].map((member) => member && encodeBase64url(member));
  return [others, keyType, algorithm, curve, bytes];
}
