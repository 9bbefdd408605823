import allowHybridOnlyMissesLocal from "./ios/allow-hybrid-only-misses-local.js";
import allowInternalOnlyHidesQr from "./ios/allow-internal-only-hides-qr.js";
import attachmentPinsIosSheet from "./ios/attachment-pins-ios-sheet.js";
import es256Missing from "./ios/es256-missing.js";
import excludeWithoutInternalTransport from "./ios/exclude-without-internal-transport.js";
import hintsIgnored from "./ios/hints-ignored.js";
import legacyPlatformCredential from "./ios/legacy-platform-credential.js";
import uvPreferenceNoEffect from "./ios/uv-preference-no-effect.js";
import webidlEnumTypeerror from "./ios/webidl-enum-typeerror.js";
import webviewRpNotAssociated from "./ios/webview-rp-not-associated.js";
import type { Rule } from "./rule.js";
import binaryNotBuffersource from "./webauthn/binary-not-buffersource.js";
import cdaQrEveryTime from "./webauthn/cda-qr-every-time.js";
import userIdLength from "./webauthn/user-id-length.js";
import userIdReusedOverwritesPasskey from "./webauthn/user-id-reused-overwrites-passkey.js";
import userIdSharedByAccounts from "./webauthn/user-id-shared-by-accounts.js";
import uvFalseWithPreferred from "./webauthn/uv-false-with-preferred.js";
import uvMissingWhenRequired from "./webauthn/uv-missing-when-required.js";

/** Every rule, by id. To add one: a file named after its id, and its line here. */
export const RULES: readonly Rule[] = [
  allowHybridOnlyMissesLocal,
  allowInternalOnlyHidesQr,
  attachmentPinsIosSheet,
  binaryNotBuffersource,
  cdaQrEveryTime,
  es256Missing,
  excludeWithoutInternalTransport,
  hintsIgnored,
  legacyPlatformCredential,
  userIdLength,
  userIdReusedOverwritesPasskey,
  userIdSharedByAccounts,
  uvFalseWithPreferred,
  uvMissingWhenRequired,
  uvPreferenceNoEffect,
  webidlEnumTypeerror,
  webviewRpNotAssociated,
];
