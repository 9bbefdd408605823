import { AUTHENTICATOR_COORDINATOR, spec } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "largeblob-bad-combination",
  title: "largeBlob asks for something that this ceremony can't do",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: SUPPORT.largeBlob.ios,
  experience: "Nothing comes up. The call is rejected at once, on the iPhone with a NotAllowedError.",
  fix: "Send `largeBlob.support` when registering and nothing else; when signing in, either `read: true` or `write`, never both.",
  cases: {
    registration: {
      title: "largeBlob.{member} stands in a registration",
      fix: 'Leave `read` and `write` out of `largeBlob` in `create()`: `largeBlob: { support: "preferred" }`.',
    },
    "support-in-sign-in": {
      title: "largeBlob.support stands in a sign-in",
      fix: "Leave `largeBlob.support` out of `get()`; send `read: true` or `write`.",
    },
    "read-and-write": {
      title: "largeBlob is to be read and written in the same sign-in",
      fix: "Send either `read: true` or `write` in one `get()`, and do the other in a second one.",
    },
    "write-to-which": {
      title: "largeBlob.write needs exactly one credential in allowCredentials",
      experience:
        "Browsers that follow the specification reject the call with a NotSupportedError. On the iPhone the data may end up with another passkey than was meant.",
      fix: "List the one credential that is to hold the data in `allowCredentials`.",
    },
  },
  confidence: "source",
  references: [AUTHENTICATOR_COORDINATOR, spec("sctn-large-blob-extension", "large blob storage extension")],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "descriptors"],
  check({ api, publicKey, descriptors }) {
    const largeBlob = publicKey.member("extensions", "largeBlob");
    if (largeBlob.isUnknown) return cannotTell("extensions-not-kept");
    if (largeBlob.kind !== "object") return NOT_APPLICABLE;
    const [support, read, write] = ["support", "read", "write"].map((name) => largeBlob.member(name));
    const fails = { outcome: "fails" } as const;
    if (api === "credentials.create") {
      const wrong = [read!, write!].find((reading) => !reading.isAbsent);
      if (!wrong) return PASSES;
      return {
        ...fails,
        at: wrong.at,
        evidence: wrong.describe(),
        case: "registration",
        values: { member: wrong === read ? "read" : "write" },
      };
    }
    if (!support!.isAbsent) {
      return {
        ...fails,
        at: support!.at,
        evidence: support!.describe(),
        case: "support-in-sign-in",
      };
    }
    if (!read!.isAbsent && !write!.isAbsent) {
      return {
        ...fails,
        at: largeBlob.at,
        evidence: `read: ${read!.describe()}, write: ${write!.describe()}`,
        case: "read-and-write",
      };
    }
    if (!write!.isAbsent && descriptors.length !== 1) {
      return {
        ...fails,
        severity: "warning",
        effect: "differs",
        at: write!.at,
        evidence: `write, with ${descriptors.length} in allowCredentials`,
        case: "write-to-which",
      };
    }
    return PASSES;
  },
});
