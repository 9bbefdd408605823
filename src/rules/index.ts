import attachmentPinsIosSheet from "./ios/attachment-pins-ios-sheet.js";
import es256Missing from "./ios/es256-missing.js";
import hintsIgnored from "./ios/hints-ignored.js";
import uvPreferenceNoEffect from "./ios/uv-preference-no-effect.js";
import type { Rule } from "./rule.js";
import userIdLength from "./webauthn/user-id-length.js";
import uvFalseWithPreferred from "./webauthn/uv-false-with-preferred.js";
import uvMissingWhenRequired from "./webauthn/uv-missing-when-required.js";

/** Every rule, by id. To add one: a file named after its id, and its line here. */
export const RULES: readonly Rule[] = [
  attachmentPinsIosSheet,
  es256Missing,
  hintsIgnored,
  userIdLength,
  uvFalseWithPreferred,
  uvMissingWhenRequired,
  uvPreferenceNoEffect,
];
