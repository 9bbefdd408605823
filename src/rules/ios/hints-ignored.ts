import { compatibilityData, PASSKEYS_DEV_DEVICE_SUPPORT, webkitIdl } from "../references.js";
import { defineRule, NOT_APPLICABLE } from "../rule.js";

export default defineRule({
  id: "hints-ignored",
  title: "Safari does not read hints",
  severity: "info",
  holdsOn: "ios",
  about: "request",
  versions: { until: "27" },
  experience:
    "The iPhone shows its usual sheet. The order or kind of authenticator that `hints` asks for makes no difference.",
  fix: "Keep `hints` for other browsers, and say the same with `authenticatorSelection.authenticatorAttachment` when registering or with accurate `transports` in `allowCredentials` when signing in.",
  confidence: "documented",
  references: [
    compatibilityData("api/PublicKeyCredential.json"),
    PASSKEYS_DEV_DEVICE_SUPPORT,
    webkitIdl("PublicKeyCredentialCreationOptions"),
    {
      label: "WebKit standards position 365",
      url: "https://github.com/WebKit/standards-positions/issues/365",
    },
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey"],
  check({ api, publicKey }) {
    const hints = publicKey.member("hints");
    const named = hints.items().map((hint) => hint.describe());
    if (named.length === 0) return NOT_APPLICABLE;
    const steersAlone =
      api === "credentials.create" &&
      publicKey.member("authenticatorSelection", "authenticatorAttachment").isAbsent;
    return {
      outcome: "fails",
      at: hints.at,
      evidence: named.join(", "),
      ...(steersAlone && {
        severity: "warning",
        title: "Safari does not read hints, and nothing else says which authenticator is wanted",
      }),
    };
  },
});
