import { isSupported, SUPPORT } from "../../spec/support.js";
import { areSecurityKeyTransports } from "../../spec/transports.js";
import { includesVersion } from "../../spec/versionRange.js";
import { cannotTell, defineRule, NOT_APPLICABLE } from "../rule.js";

export default defineRule({
  id: "prf-security-key-unreliable",
  title: "Safari gives no usable prf value from a security key",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.prf.ios,
  experience:
    "The key signs in on the iPhone, and no key material comes with it. Unlocking with a security key that works on a computer fails here.",
  fix: "Treat `prf` on security keys as unsupported on the iPhone and offer another way to unlock.",
  cases: {
    "ios-26-4": {
      title: "Safari 26.4 may give a wrong prf value from a security key",
      experience:
        "The key signs in on the iPhone. The key material that comes with it may be missing, or be another than on a computer, so unlocking fails and new data may be encrypted with the wrong key.",
    },
  },
  reasons: {
    "ios-27": "Nobody has reported yet how iOS 27 answers prf for security keys.",
  },
  confidence: "observed",
  references: SUPPORT.prfOnSecurityKeys.references,
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "descriptors", "credential", "platform"],
  check({ api, publicKey, descriptors, credential, platform: { safari } }) {
    const prf = publicKey.member("extensions", "prf");
    if (prf.kind !== "object") return NOT_APPLICABLE;
    const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment").text();
    const takesKeysOnly =
      api === "credentials.create"
        ? attachment === "cross-platform"
        : descriptors.length > 0 &&
          descriptors.every(({ transports }) => areSecurityKeyTransports(transports));
    const isKey = credential ? credential.holder === "security-key" : takesKeysOnly;
    if (!isKey) return NOT_APPLICABLE;
    if (safari && includesVersion({ since: "27" }, safari)) return cannotTell("ios-27", prf.at);
    const fails = {
      outcome: "fails",
      at: prf.at,
      evidence: credential ? "prf, answered by a security key" : "prf, with security keys as the only choice",
    } as const;
    if (!safari || !isSupported(SUPPORT.prfOnSecurityKeys, safari)) return fails;
    return { ...fails, case: "ios-26-4" };
  },
});
