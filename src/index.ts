export { type Analysis, analyze } from "./analyze.js";
export type { Field, Problem } from "./bytes/problem.js";
export type { Ceremony, CredentialHistory } from "./ceremony/ceremony.js";
export type { AttestationObject, AuthenticatorData, ClientData, CoseKey, Decoded } from "./decode/decoded.js";
export type { HookEvent } from "./recording/hookEvent.js";
export type {
  Api,
  Call,
  CallId,
  Environment,
  Outcome,
  Realm,
  RealmId,
  Recording,
} from "./recording/recording.js";
export type { Snapshot } from "./recording/snapshot.js";
export type { Verdict } from "./recording/verdict.js";
export type { Confidence, Finding, Judgement, Reference, Rule, Severity, Undecided } from "./rules/rule.js";
export type { CeremonySource, SourceSink } from "./source/source.js";
export { CURRENT_IOS, IOS_GENERATIONS, type Platform } from "./spec/platforms.js";
