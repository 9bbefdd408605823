import { isAppleMobile } from "../../recording/platformOf.js";
import { isApplesAaguid } from "../../spec/appleAaguids.js";
import { areSameGeneration } from "../../spec/platforms.js";
import { COORDINATOR_PROXY, compatibilityData, webkitPull } from "../../spec/references.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "largeblob-output-missing",
  title: "largeBlob was asked for and not answered",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: {},
  experience: "The sign-in succeeds, and the stored data seems to be lost, or was never stored.",
  fix: "Look at `getClientExtensionResults().largeBlob` after each call, and keep a copy of the data on the server.",
  cases: {
    "before-ios-17": { title: "Safari reads the largeBlob extension from iOS 17 on" },
    "security-key": {
      title: "Safari does not ask security keys for largeBlob",
      fix: "Keep the data elsewhere for accounts that sign in with security keys.",
    },
  },
  reasons: {
    "provider-unknown": "The passkey may be in another password app, which need not know largeBlob.",
  },
  confidence: "documented",
  references: [
    compatibilityData("api/CredentialsContainer.json"),
    webkitPull(24362),
    webkitPull(63144),
    COORDINATOR_PROXY,
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "credential", "result", "history", "platform", "recordedOn"],
  check({ publicKey, credential, result, history, platform, recordedOn }): Judgement {
    const largeBlob = publicKey.member("extensions", "largeBlob");
    if (largeBlob.kind !== "object") return NOT_APPLICABLE;
    if (platform.safari && !isSupported(SUPPORT.largeBlob, platform.safari)) {
      return {
        outcome: "fails",
        at: largeBlob.at,
        evidence: `largeBlob in Safari ${platform.safari}`,
        case: "before-ios-17",
      };
    }
    // What one iPhone answered says nothing of another generation.
    if (!credential || !isAppleMobile(recordedOn) || !areSameGeneration(platform, recordedOn))
      return NOT_APPLICABLE;
    const output = result.member("clientExtensionResults", "largeBlob");
    const written = output.member("written");
    if (!output.isAbsent && written.boolean() !== false) return PASSES;
    const fails = {
      outcome: "fails",
      at: written.boolean() === false ? written.at : output.at,
      evidence: written.boolean() === false ? "written: false" : "no largeBlob in the results",
    } as const;
    if (credential.holder === "security-key") return { ...fails, case: "security-key" };
    const aaguid = credential.aaguid ?? history.credential(credential.credentialId)?.aaguid;
    if (aaguid === undefined) return cannotTell("provider-unknown");
    return isApplesAaguid(aaguid) ? fails : NOT_APPLICABLE;
  },
});
