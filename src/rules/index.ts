import aaguidWithNone from "./ios/aaguid-with-none.js";
import abortReasonLost from "./ios/abort-reason-lost.js";
import allowHybridOnlyMissesLocal from "./ios/allow-hybrid-only-misses-local.js";
import allowInternalOnlyHidesQr from "./ios/allow-internal-only-hides-qr.js";
import allowSecurityKeyOnly from "./ios/allow-security-key-only.js";
import attachmentMisreported from "./ios/attachment-misreported.js";
import attachmentPinsIosSheet from "./ios/attachment-pins-ios-sheet.js";
import attestationNotDelivered from "./ios/attestation-not-delivered.js";
import capabilitiesLegacyKey from "./ios/capabilities-legacy-key.js";
import capabilitiesSignalFalseNegative from "./ios/capabilities-signal-false-negative.js";
import clientdataCrossoriginShape from "./ios/clientdata-crossorigin-shape.js";
import conditionalAbortRace from "./ios/conditional-abort-race.js";
import conditionalCreateFlags from "./ios/conditional-create-flags.js";
import conditionalCreateNoAutofill from "./ios/conditional-create-no-autofill.js";
import conditionalGetUnavailable from "./ios/conditional-get-unavailable.js";
import credpropsMissing from "./ios/credprops-missing.js";
import displayNameNotShown from "./ios/display-name-not-shown.js";
import documentNotFocused from "./ios/document-not-focused.js";
import enterpriseAttestationNeedsMdm from "./ios/enterprise-attestation-needs-mdm.js";
import es256Missing from "./ios/es256-missing.js";
import excludeWithoutInternalTransport from "./ios/exclude-without-internal-transport.js";
import extensionIgnored from "./ios/extension-ignored.js";
import getMixedCredentialTypes from "./ios/get-mixed-credential-types.js";
import getpublickeyNull from "./ios/getpublickey-null.js";
import hintsIgnored from "./ios/hints-ignored.js";
import iframeCreateCrossOrigin from "./ios/iframe-create-cross-origin.js";
import instantRejection from "./ios/instant-rejection.js";
import isuvpaaFalseForcesCrossPlatform from "./ios/isuvpaa-false-forces-cross-platform.js";
import isuvpaaMisread from "./ios/isuvpaa-misread.js";
import jsonHelpersGap from "./ios/json-helpers-gap.js";
import largeblobJsonEmptyWrite from "./ios/largeblob-json-empty-write.js";
import largeblobOutputMissing from "./ios/largeblob-output-missing.js";
import legacyPlatformCredential from "./ios/legacy-platform-credential.js";
import missingUserActivation from "./ios/missing-user-activation.js";
import prfSecurityKeyUnreliable from "./ios/prf-security-key-unreliable.js";
import prfUnsupportedVersion from "./ios/prf-unsupported-version.js";
import residentKeyIgnored from "./ios/resident-key-ignored.js";
import securityKeyUvNotConfigured from "./ios/security-key-uv-not-configured.js";
import signalNeverSettles from "./ios/signal-never-settles.js";
import timeoutNotHonoured from "./ios/timeout-not-honoured.js";
import uvPreferenceNoEffect from "./ios/uv-preference-no-effect.js";
import webidlEnumTypeerror from "./ios/webidl-enum-typeerror.js";
import webviewRpNotAssociated from "./ios/webview-rp-not-associated.js";
import type { Rule } from "./rule.js";
import algNotRequested from "./webauthn/alg-not-requested.js";
import appidRejected from "./webauthn/appid-rejected.js";
import beFlipped from "./webauthn/be-flipped.js";
import binaryNotBuffersource from "./webauthn/binary-not-buffersource.js";
import bsWithoutBe from "./webauthn/bs-without-be.js";
import cdaQrEveryTime from "./webauthn/cda-qr-every-time.js";
import challengeReused from "./webauthn/challenge-reused.js";
import challengeTooShort from "./webauthn/challenge-too-short.js";
import conditionalGetNoAutocompleteField from "./webauthn/conditional-get-no-autocomplete-field.js";
import counterPolicy from "./webauthn/counter-policy.js";
import effectiveDomainInvalid from "./webauthn/effective-domain-invalid.js";
import excludeListMissesKnownCredential from "./webauthn/exclude-list-misses-known-credential.js";
import iframeGetNeedsPolicy from "./webauthn/iframe-get-needs-policy.js";
import largeblobBadCombination from "./webauthn/largeblob-bad-combination.js";
import missingRequiredMember from "./webauthn/missing-required-member.js";
import overlappingRequests from "./webauthn/overlapping-requests.js";
import overwrittenCredentialStillAccepted from "./webauthn/overwritten-credential-still-accepted.js";
import prfHybridValueMismatch from "./webauthn/prf-hybrid-value-mismatch.js";
import prfNoResultsAtCreate from "./webauthn/prf-no-results-at-create.js";
import rpIdDrift from "./webauthn/rp-id-drift.js";
import rpIdNotForOrigin from "./webauthn/rp-id-not-for-origin.js";
import rpIdOmitted from "./webauthn/rp-id-omitted.js";
import rpidhashOrOriginMismatch from "./webauthn/rpidhash-or-origin-mismatch.js";
import signalBadArguments from "./webauthn/signal-bad-arguments.js";
import transportsNotStoredOrStale from "./webauthn/transports-not-stored-or-stale.js";
import upMissing from "./webauthn/up-missing.js";
import userIdChangedForAccount from "./webauthn/user-id-changed-for-account.js";
import userIdLength from "./webauthn/user-id-length.js";
import userIdPii from "./webauthn/user-id-pii.js";
import userIdReusedOverwritesPasskey from "./webauthn/user-id-reused-overwrites-passkey.js";
import userIdSharedByAccounts from "./webauthn/user-id-shared-by-accounts.js";
import userhandleAbsent from "./webauthn/userhandle-absent.js";
import userhandleMismatch from "./webauthn/userhandle-mismatch.js";
import uvDowngrade from "./webauthn/uv-downgrade.js";
import uvFalseWithPreferred from "./webauthn/uv-false-with-preferred.js";
import uvMissingWhenRequired from "./webauthn/uv-missing-when-required.js";

/** Every rule, by id. To add one: a file named after its id, and its line here. */
export const RULES: readonly Rule[] = [
  aaguidWithNone,
  abortReasonLost,
  algNotRequested,
  allowHybridOnlyMissesLocal,
  allowInternalOnlyHidesQr,
  allowSecurityKeyOnly,
  appidRejected,
  attachmentMisreported,
  attachmentPinsIosSheet,
  attestationNotDelivered,
  beFlipped,
  binaryNotBuffersource,
  bsWithoutBe,
  capabilitiesLegacyKey,
  capabilitiesSignalFalseNegative,
  cdaQrEveryTime,
  challengeReused,
  challengeTooShort,
  clientdataCrossoriginShape,
  conditionalAbortRace,
  conditionalCreateFlags,
  conditionalCreateNoAutofill,
  conditionalGetNoAutocompleteField,
  conditionalGetUnavailable,
  counterPolicy,
  credpropsMissing,
  displayNameNotShown,
  documentNotFocused,
  effectiveDomainInvalid,
  enterpriseAttestationNeedsMdm,
  es256Missing,
  excludeListMissesKnownCredential,
  excludeWithoutInternalTransport,
  extensionIgnored,
  getMixedCredentialTypes,
  getpublickeyNull,
  hintsIgnored,
  iframeCreateCrossOrigin,
  iframeGetNeedsPolicy,
  instantRejection,
  isuvpaaFalseForcesCrossPlatform,
  isuvpaaMisread,
  jsonHelpersGap,
  largeblobBadCombination,
  largeblobJsonEmptyWrite,
  largeblobOutputMissing,
  legacyPlatformCredential,
  missingRequiredMember,
  missingUserActivation,
  overlappingRequests,
  overwrittenCredentialStillAccepted,
  prfHybridValueMismatch,
  prfNoResultsAtCreate,
  prfSecurityKeyUnreliable,
  prfUnsupportedVersion,
  residentKeyIgnored,
  rpIdDrift,
  rpIdNotForOrigin,
  rpIdOmitted,
  rpidhashOrOriginMismatch,
  securityKeyUvNotConfigured,
  signalBadArguments,
  signalNeverSettles,
  timeoutNotHonoured,
  transportsNotStoredOrStale,
  upMissing,
  userIdChangedForAccount,
  userIdLength,
  userIdPii,
  userIdReusedOverwritesPasskey,
  userIdSharedByAccounts,
  userhandleAbsent,
  userhandleMismatch,
  uvDowngrade,
  uvFalseWithPreferred,
  uvMissingWhenRequired,
  uvPreferenceNoEffect,
  webidlEnumTypeerror,
  webviewRpNotAssociated,
];
