import { fateOf, type KnownCredential } from "../../ceremony/history.js";
import { isAppleMobile } from "../../recording/platformOf.js";
import { APPLE_ANONYMOUS } from "../../spec/appleAaguids.js";
import { appleForum, github, LOCAL_AUTHENTICATOR, PASSKEYS_DEV_IOS, spec } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "user-id-reused-overwrites-passkey",
  title: "Registering again with the same user.id can replace the account's passkey",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  effect: "differs",
  versions: { since: "15" },
  experience:
    "If the account's passkey is on this iPhone, the new one takes its place without a word, on every device that shares the keychain. The server keeps a public key to which no passkey belongs any more.",
  fix: "List the account's existing credential ids in `excludeCredentials`, so that the iPhone says that there is a passkey already.",
  cases: {
    replaced: {
      title: "The new passkey replaced the account's earlier one",
      experience:
        "It looks as if a second passkey had been added. In truth the first one is gone, on every device that shares the keychain, and the server keeps a public key to which no passkey belongs any more.",
      fix: "List the account's existing credential ids in `excludeCredentials`. Where replacing is meant, delete the old credential on the server and call `PublicKeyCredential.signalAllAcceptedCredentials()`.",
    },
  },
  confidence: "documented",
  references: [
    PASSKEYS_DEV_IOS,
    appleForum(723312),
    LOCAL_AUTHENTICATOR,
    spec("public-key-credential-source", "public key credential source"),
    github("bitwarden/ios#3016"),
  ],
  on: ["credentials.create"],
  asks: ["publicKey", "rpId", "user", "credential", "descriptors", "history", "callId", "recordedOn"],
  check({ publicKey, rpId, user, credential, descriptors, history, callId, recordedOn }) {
    if (rpId === undefined || !user) return NOT_APPLICABLE;
    const excluded = new Set(descriptors.map(({ id }) => id));
    const endangered = (history.account(rpId, user.id)?.credentials ?? []).filter(
      (known) => !excluded.has(known.credentialId) && known.holder !== "security-key" && !isLegacy(known),
    );
    const newer = credential && { ...credential, registration: { callId, credential, recordedOn } };
    const replaced = endangered.filter((known) => newer && fateOf(known, newer) === "overwritten");
    const threatened = endangered.filter((known) => !newer || fateOf(known, newer) !== "kept");
    if (threatened.length === 0) return PASSES;
    const fails = {
      outcome: "fails",
      at: publicKey.member("user", "id").at,
      evidence: `the same user.id as in ${threatened.length === 1 ? "an earlier call" : "earlier calls"}, not in excludeCredentials`,
      relatedCallIds: threatened.flatMap((known) => known.registration?.callId ?? known.callIds.at(-1) ?? []),
    } as const;
    if (replaced.length === 0) return fails;
    return { ...fails, severity: "error", case: "replaced" };
  },
});

/** A credential of iOS 15 or older is meant to be replaced: that is the way to a synced passkey. */
function isLegacy({ registration, backupEligible }: KnownCredential): boolean {
  if (registration?.credential.aaguid === APPLE_ANONYMOUS) return true;
  return backupEligible === false && registration !== undefined && isAppleMobile(registration.recordedOn);
}
