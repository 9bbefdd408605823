export { type Analysis, analyze, type Forecast, forecast, wholeOf } from "./analyze.js";
export { decodeBase64url, encodeBase64url } from "./bytes/base64url.js";
export { decodeHex, encodeHex } from "./bytes/hex.js";
export { encodePem } from "./bytes/pem.js";
export type { Field, Problem } from "./bytes/problem.js";
export { type CborItem, type CborLayout, cborLayout } from "./cbor/cborLayout.js";
export { decodeCbor } from "./cbor/decodeCbor.js";
export type { Ceremony, CredentialHistory } from "./ceremony/ceremony.js";
export { type BytePlace, locateBytes } from "./ceremony/locateBytes.js";
export type { VerifyOptions } from "./ceremony/verifier.js";
export { type ComparedFinding, compare, type Surroundings } from "./compare/compare.js";
export {
  alignCalls,
  type ComparedPair,
  type ComparedRecording,
  compareRecordings,
} from "./compare/compareRecordings.js";
export { describeDifference } from "./compare/describeDifference.js";
export type { Area, Difference, Weight } from "./compare/difference.js";
export { ATTESTATION_FORMATS, type AttestationStatement } from "./decode/attestation/index.js";
export { decodeAttestationObject } from "./decode/attestationObject.js";
export { decodeAuthenticatorData } from "./decode/authenticatorData.js";
export { type Certificate, decodeCertificate } from "./decode/certificate.js";
export { decodeClientData } from "./decode/clientData.js";
export { decodeCoseKey } from "./decode/coseKey.js";
export type { AttestationObject, AuthenticatorData, ClientData, CoseKey, Decoded } from "./decode/decoded.js";
export { describeCertificate } from "./decode/describeCertificate.js";
export { describeExtensionOutputs, type ExtensionOutput } from "./decode/extensionOutputs.js";
export { decodeSpki, type PublicKey } from "./decode/publicKey.js";
export { decodeEcdsaSignature, type EcdsaSignature } from "./decode/signature.js";
export { explain } from "./explain/explain.js";
export type { Cause, Clue, Explanation, Likelihood } from "./explain/explanation.js";
export { type ComparedSides, toComparisonMarkdown } from "./export/comparison.js";
export { toHtml } from "./export/html.js";
export { EXPORT_FORMATS, type Exported, type ExportFormat } from "./export/index.js";
export { toJavaScript } from "./export/javascript.js";
export { type Judged, toMarkdown } from "./export/markdown.js";
export { type CeremonyJson, toWebAuthnJson, writeWebAuthnJson } from "./export/webauthnJson.js";
export { gravestEffect, type Outlook, type OutlookReason } from "./forecast/outlook.js";
export { IMPORT_FORMATS, type ImportResult, importAnything } from "./import/index.js";
export { type BootstrapSecrets, bootstrapScript } from "./link/bootstrapScript.js";
export { createLinkKey, isLinkKey } from "./link/linkKey.js";
export { looksLikeConsoleText, parseConsoleText } from "./link/parseConsoleText.js";
export { type PageFacts, type ParsedReading, parseReading } from "./link/parseReading.js";
export { parsePushedLine } from "./link/pushedLine.js";
export { type ReadOptions, readExpression } from "./link/readExpression.js";
export type { BootstrapOptions, Reading as HookReading } from "./link/reading.js";
export { type Forgotten, type Receiver, receiveReadings } from "./link/receiveReadings.js";
export { type AnalyzeOptions, type CallAnalysis, OngoingAnalysis } from "./ongoingAnalysis.js";
export { callIdOf, callOf, newsOf } from "./recording/callOf.js";
export { createCallOrder } from "./recording/callOrder.js";
export { Changes } from "./recording/changes.js";
export type { HookEvent } from "./recording/hookEvent.js";
export { indexFromEnd } from "./recording/indexFromEnd.js";
export { isTopLevel } from "./recording/isTopLevel.js";
export { MAX_LENGTH as MAX_RECORDING_LENGTH, parseRecording } from "./recording/parseRecording.js";
export { isAppleMobile, platformOf } from "./recording/platformOf.js";
export { type Kind, type Reading, readSnapshot } from "./recording/readSnapshot.js";
export type {
  Api,
  Call,
  CallId,
  Environment,
  Imported,
  Outcome,
  Realm,
  RealmId,
  Recording,
} from "./recording/recording.js";
export { serializeRecording } from "./recording/serializeRecording.js";
export type { Snapshot } from "./recording/snapshot.js";
export type { Verdict } from "./recording/verdict.js";
export { withWholeSnapshots } from "./recording/wholeSnapshots.js";
export type { MaskedValue } from "./redact/maskRecording.js";
export type { MaskedKind } from "./redact/places.js";
export { type RedactionProfile, type RedactOptions, redact, redactAndTell } from "./redact/redact.js";
export { RULES } from "./rules/index.js";
export { REASONS } from "./rules/reasons.js";
export type { Effect, Finding, Judgement, Rule, Severity, Undecided, Words } from "./rules/rule.js";
export { clearable } from "./source/clearable.js";
export { describeHooked } from "./source/describeHooked.js";
export { memorySource } from "./source/memorySource.js";
export type { CeremonySource, SourceSink, Withheld } from "./source/source.js";
export { type SayStatus, sayStatusInEnglish } from "./source/statuses.js";
export { AAGUID_PROVIDERS, describeAaguid } from "./spec/aaguids.js";
export { AUTHENTICATOR_FLAGS } from "./spec/authenticatorFlags.js";
export { COSE_ALGORITHMS, describeCoseAlgorithm } from "./spec/cose.js";
export { ERROR_NAMES } from "./spec/errorNames.js";
export { CURRENT_IOS, IOS_GENERATIONS, type Platform } from "./spec/platforms.js";
export type { Confidence, Reference } from "./spec/references.js";
export { isList, placesIn, type Value, type Values } from "./spec/sentence.js";
export { specificationUrl } from "./spec/specification.js";
export { type Capability, SUPPORT } from "./spec/support.js";
export { includesVersion, type VersionRange } from "./spec/versionRange.js";
export {
  type ClientExtensionOutput,
  type ExtensionOutputProblem,
  readClientExtensionOutputs,
} from "./verify/clientExtensionOutputs.js";
export { sentencesOf } from "./verify/judgeSteps.js";
export { type GivenCertificate, parseCertificates } from "./verify/parseCertificates.js";
export { parsePublicKey } from "./verify/parsePublicKey.js";
export type { StepSentence } from "./verify/said.js";
export { diagnose } from "./wire/diagnose.js";
export { describeEndpoint, type Endpoint, isLoopback, PROXY_PORT, parseEndpoint } from "./wire/endpoint.js";
export type { Listing, WireDevice, WirePage, WireProblem } from "./wire/listing.js";
export { listPages } from "./wire/listPages.js";
export { socketOpener } from "./wire/socketOpener.js";
export { type WireOptions, type WireSource, wireSource } from "./wire/wireSource.js";
export type { WireWorld } from "./wire/world.js";
