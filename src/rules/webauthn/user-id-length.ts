import { AUTHENTICATOR_COORDINATOR, spec } from "../../spec/references.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "user-id-length",
  title: "user.id is not 1 to 64 bytes long",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    "No sheet comes up. The call is rejected at once with a TypeError, so no passkey can be made for this account.",
  fix: "Make `user.id` a random value of 16 to 64 bytes that is stored with the account.",
  cases: {
    // Seen in Chromium 156.
    empty: {
      title: "user.id is empty",
      experience:
        "No sheet comes up. The iPhone rejects the call at once with a TypeError, as the specification demands. Chrome takes it all the same.",
    },
  },
  reasons: {
    "user-id-not-kept": "The recording could not keep user.id.",
  },
  confidence: "source",
  references: [spec("sctn-createCredential", "create a new credential"), AUTHENTICATOR_COORDINATOR],
  on: ["credentials.create"],
  asks: ["publicKey"],
  check({ publicKey }) {
    const userId = publicKey.member("user", "id");
    if (userId.isUnknown) return cannotTell("user-id-not-kept");
    const length = userId.byteLength();
    if (length === undefined) return NOT_APPLICABLE;
    if (length >= 1 && length <= 64) return PASSES;
    const fails = { outcome: "fails", at: userId.at, evidence: userId.describe() } as const;
    return length === 0 ? { ...fails, case: "empty" } : fails;
  },
});
