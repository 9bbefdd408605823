import { github, PASSKEYS_DEV_MACOS } from "../../spec/references.js";
import { authenticatorDataAt } from "../authenticatorDataAt.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "uv-downgrade",
  title: "The person was verified when registering, but not in this sign-in",
  severity: "warning",
  holdsOn: "everywhere",
  about: "answer",
  versions: {},
  experience:
    "Nothing is to be seen. It is usual for a passkey that was made on an iPhone and is used on a Mac without Touch ID or with its lid closed.",
  fix: 'Treat the sign-in as possession of the device alone, or send `userVerification: "required"` where that is not enough.',
  confidence: "documented",
  references: [github("kanidm/webauthn-rs#281"), PASSKEYS_DEV_MACOS],
  on: ["credentials.get"],
  asks: ["credential", "history", "result"],
  check({ credential, history, result }) {
    const flags = credential?.authenticatorData?.flags;
    const registration = credential && history.credential(credential.credentialId)?.registration;
    const then = registration?.credential.authenticatorData?.flags;
    if (!flags || !then) return NOT_APPLICABLE;
    if (!then.userVerified || flags.userVerified) return PASSES;
    const place = authenticatorDataAt(result, "flags");
    const evidence = "UV flag 1 at registration, 0 now";
    return { outcome: "fails", ...place, evidence, relatedCallIds: [registration!.callId] };
  },
});
