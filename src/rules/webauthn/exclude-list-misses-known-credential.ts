import { fateOf } from "../../ceremony/history.js";
import { appleForum, COORDINATOR_PROXY, github } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "exclude-list-misses-known-credential",
  title: "excludeCredentials does not list a credential of this account",
  severity: "info",
  holdsOn: "everywhere",
  about: "request",
  versions: {},
  experience:
    "The account now has a passkey in two places. Had the person chosen the same place again, a second one would have been made, or the first replaced.",
  fix: 'List every credential of the account in `excludeCredentials`, and show an InvalidStateError as "already set up".',
  confidence: "documented",
  references: [
    appleForum(723312),
    COORDINATOR_PROXY,
    github("linuxchata/fido2#260"),
    github("Anrolosia/ha-webauthn-mfa#6"),
  ],
  on: ["credentials.create"],
  asks: ["publicKey", "rpId", "user", "credential", "descriptors", "history"],
  check({ publicKey, rpId, user, credential, descriptors, history }) {
    if (rpId === undefined || !user || !credential) return NOT_APPLICABLE;
    const excluded = new Set(descriptors.map(({ id }) => id));
    // Where one may have replaced the other, user-id-reused-overwrites-passkey speaks.
    const missed = (history.account(rpId, user.id)?.credentials ?? []).filter(
      (known) =>
        known.registration && !excluded.has(known.credentialId) && fateOf(known, credential) === "kept",
    );
    if (missed.length === 0) return PASSES;
    return {
      outcome: "fails",
      at: publicKey.member("excludeCredentials").at,
      evidence: `without ${missed.length === 1 ? "one" : missed.length} from earlier in this log`,
      relatedCallIds: missed.map(({ registration }) => registration!.callId),
    };
  },
});
