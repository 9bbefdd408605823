import aaguidWithNone from "./ios/aaguid-with-none.js";
import allowHybridOnlyMissesLocal from "./ios/allow-hybrid-only-misses-local.js";
import allowInternalOnlyHidesQr from "./ios/allow-internal-only-hides-qr.js";
import attachmentPinsIosSheet from "./ios/attachment-pins-ios-sheet.js";
import attestationNotDelivered from "./ios/attestation-not-delivered.js";
import capabilitiesLegacyKey from "./ios/capabilities-legacy-key.js";
import capabilitiesSignalFalseNegative from "./ios/capabilities-signal-false-negative.js";
import credpropsMissing from "./ios/credprops-missing.js";
import enterpriseAttestationNeedsMdm from "./ios/enterprise-attestation-needs-mdm.js";
import es256Missing from "./ios/es256-missing.js";
import excludeWithoutInternalTransport from "./ios/exclude-without-internal-transport.js";
import extensionIgnored from "./ios/extension-ignored.js";
import getpublickeyNull from "./ios/getpublickey-null.js";
import hintsIgnored from "./ios/hints-ignored.js";
import iframeCreateCrossOrigin from "./ios/iframe-create-cross-origin.js";
import isuvpaaMisread from "./ios/isuvpaa-misread.js";
import jsonHelpersGap from "./ios/json-helpers-gap.js";
import largeblobJsonEmptyWrite from "./ios/largeblob-json-empty-write.js";
import largeblobOutputMissing from "./ios/largeblob-output-missing.js";
import legacyPlatformCredential from "./ios/legacy-platform-credential.js";
import prfSecurityKeyUnreliable from "./ios/prf-security-key-unreliable.js";
import prfUnsupportedVersion from "./ios/prf-unsupported-version.js";
import signalNeverSettles from "./ios/signal-never-settles.js";
import uvPreferenceNoEffect from "./ios/uv-preference-no-effect.js";
import webidlEnumTypeerror from "./ios/webidl-enum-typeerror.js";
import webviewRpNotAssociated from "./ios/webview-rp-not-associated.js";
import type { Rule } from "./rule.js";
import algNotRequested from "./webauthn/alg-not-requested.js";
import appidRejected from "./webauthn/appid-rejected.js";
import binaryNotBuffersource from "./webauthn/binary-not-buffersource.js";
import cdaQrEveryTime from "./webauthn/cda-qr-every-time.js";
import effectiveDomainInvalid from "./webauthn/effective-domain-invalid.js";
import iframeGetNeedsPolicy from "./webauthn/iframe-get-needs-policy.js";
import largeblobBadCombination from "./webauthn/largeblob-bad-combination.js";
import prfHybridValueMismatch from "./webauthn/prf-hybrid-value-mismatch.js";
import prfNoResultsAtCreate from "./webauthn/prf-no-results-at-create.js";
import rpIdNotForOrigin from "./webauthn/rp-id-not-for-origin.js";
import signalBadArguments from "./webauthn/signal-bad-arguments.js";
import userIdLength from "./webauthn/user-id-length.js";
import userIdReusedOverwritesPasskey from "./webauthn/user-id-reused-overwrites-passkey.js";
import userIdSharedByAccounts from "./webauthn/user-id-shared-by-accounts.js";
import uvFalseWithPreferred from "./webauthn/uv-false-with-preferred.js";
import uvMissingWhenRequired from "./webauthn/uv-missing-when-required.js";

/** Every rule, by id. To add one: a file named after its id, and its line here. */
export const RULES: readonly Rule[] = [
  aaguidWithNone,
  algNotRequested,
  allowHybridOnlyMissesLocal,
  allowInternalOnlyHidesQr,
  appidRejected,
  attachmentPinsIosSheet,
  attestationNotDelivered,
  binaryNotBuffersource,
  capabilitiesLegacyKey,
  capabilitiesSignalFalseNegative,
  cdaQrEveryTime,
  credpropsMissing,
  effectiveDomainInvalid,
  enterpriseAttestationNeedsMdm,
  es256Missing,
  excludeWithoutInternalTransport,
  extensionIgnored,
  getpublickeyNull,
  hintsIgnored,
  iframeCreateCrossOrigin,
  iframeGetNeedsPolicy,
  isuvpaaMisread,
  jsonHelpersGap,
  largeblobBadCombination,
  largeblobJsonEmptyWrite,
  largeblobOutputMissing,
  legacyPlatformCredential,
  prfHybridValueMismatch,
  prfNoResultsAtCreate,
  prfSecurityKeyUnreliable,
  prfUnsupportedVersion,
  rpIdNotForOrigin,
  signalBadArguments,
  signalNeverSettles,
  userIdLength,
  userIdReusedOverwritesPasskey,
  userIdSharedByAccounts,
  uvFalseWithPreferred,
  uvMissingWhenRequired,
  uvPreferenceNoEffect,
  webidlEnumTypeerror,
  webviewRpNotAssociated,
];
