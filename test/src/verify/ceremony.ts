import { expect } from "vitest";
import { analyze } from "../../../src/analyze.js";
import type { VerifyOptions } from "../../../src/ceremony/verifier.js";
import type { Verdict } from "../../../src/recording/verdict.js";
import { placesIn } from "../../../src/spec/sentence.js";
import { sentencesOf } from "../../../src/verify/judgeSteps.js";
import type { StepSentence } from "../../../src/verify/said.js";
import { STEP_SENTENCES } from "../../../src/verify/words.js";
import { type CallDraft, create, get, type PageParts, recordingOf } from "../../support/recordings.js";
import {
  type Alterations,
  type AuthenticatorParts,
  SoftwareAuthenticator,
} from "../../support/softwareAuthenticator.js";
import { type Asked, type OracleSays, oracleOnAuthentication, oracleOnRegistration } from "./oracle.js";

type Members = { [name: string]: unknown };

/** A registration, and for an authentication what follows it, with every part that a test may change. */
export interface CeremonyParts {
  authenticator?: Partial<AuthenticatorParts>;
  /** publicKey options of the call under test; the other call has a good relying party's */
  options?: Members;
  /** beside publicKey */
  mediation?: string;
  algorithm?: number;
  page?: PageParts;
  alter?: Alterations & { useAppId?: boolean; userHandle?: Uint8Array | null };
  /** instead of the calls' own arguments, after they were answered: what the server had asked */
  verify?: VerifyOptions;
}

export interface Judged {
  verdicts: Verdict[];
  oracle: OracleSays;
}

/** The verdicts on a registration, and what the oracle says to the same answer. */
export async function registration(parts: CeremonyParts = {}): Promise<Judged> {
  const { draft, registered } = register(parts, parts.options, parts.alter);
  const analysis = await analyze(recordingOf([draft.returns(registered.snapshot)], parts.page), parts.verify);
  return {
    verdicts: analysis.ceremonies[0]!.verdicts,
    oracle: await oracleOnRegistration(registered, {
      ...askedBy(draft, parts),
      ...(parts.mediation === "conditional" && { userPresence: false }),
    }),
  };
}

/** The verdicts on an authentication with a credential that was registered before. */
export async function authentication(parts: CeremonyParts = {}): Promise<Judged> {
  const first = register(parts);
  const { authenticator } = first;
  const [credential] = authenticator.credentials;
  const draft = get(parts.options, parts.mediation === undefined ? {} : { mediation: parts.mediation });
  const { signCount } = credential!;
  const answered = authenticator.get(draft.args[0], frame(parts.page), parts.alter);
  const calls = [first.draft.returns(first.registered.snapshot), draft.returns(answered.snapshot)];
  const analysis = await analyze(recordingOf(calls, parts.page), parts.verify);
  return {
    verdicts: analysis.ceremonies[1]!.verdicts,
    oracle: await oracleOnAuthentication(answered, askedBy(draft, parts), {
      id: credential!.id,
      publicKey: first.registered.publicKey,
      signCount,
    }),
  };
}

function register(parts: CeremonyParts, options: Members = {}, alter: Alterations = {}) {
  const authenticator = new SoftwareAuthenticator(parts.authenticator);
  const pubKeyCredParams = [{ type: "public-key", alg: parts.algorithm ?? -7 }];
  const draft = create(
    { pubKeyCredParams, ...options },
    parts.mediation === undefined ? {} : { mediation: parts.mediation },
  );
  const registered = authenticator.create(draft.args[0], frame(parts.page), alter);
  return { authenticator, draft, registered };
}

function frame({ origin, ancestorOrigins }: PageParts = {}) {
  const topOrigin = ancestorOrigins?.at(-1);
  return { ...(origin !== undefined && { origin }), ...(topOrigin !== undefined && { topOrigin }) };
}

function askedBy(draft: CallDraft, { page, algorithm = -7 }: CeremonyParts): Asked {
  const publicKey = draft.publicKey() as {
    challenge: Uint8Array;
    rp?: { id: string };
    rpId?: string;
    userVerification?: string;
    authenticatorSelection?: { userVerification?: string };
  };
  const topOrigin = page?.ancestorOrigins?.at(-1);
  return {
    challenge: publicKey.challenge,
    origin: page?.origin ?? "https://example.com",
    ...(topOrigin !== undefined && { topOrigin }),
    rpId: publicKey.rp?.id ?? publicKey.rpId ?? "example.com",
    userVerification:
      (publicKey.userVerification ?? publicKey.authenticatorSelection?.userVerification) === "required",
    algorithms: [algorithm],
  };
}

/** Names of the checks with this outcome. */
export function checks(verdicts: readonly Verdict[], outcome: Verdict["outcome"]): string[] {
  return verdicts.filter((verdict) => verdict.outcome === outcome).map(({ check }) => check);
}

/** Every verdict has its sentences, each a value for every place and no other: by that they can be said otherwise. */
export function expectSentences(verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) {
    const sentences = sentencesOf(verdict) ?? [];
    expect(sentences.map(({ text }) => text).join(" ")).toBe(verdict.because);
    for (const sentence of sentences) expectPlaces(sentence);
  }
}

function expectPlaces({ id, values = {} }: StepSentence): void {
  expect(Object.keys(values).sort(), id).toEqual(placesIn(STEP_SENTENCES[id]));
  for (const value of Object.values(values)) if (typeof value === "object") expectPlaces(value);
}
