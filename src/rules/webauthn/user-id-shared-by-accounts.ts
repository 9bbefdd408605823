import { fold } from "../../ceremony/history.js";
import { readSnapshot } from "../../recording/readSnapshot.js";
import { LOCAL_AUTHENTICATOR, spec } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "user-id-shared-by-accounts",
  title: "Two accounts share one user.id",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "differs",
  versions: {},
  experience: "Registering a passkey for one account deletes the passkey of the other from the iPhone.",
  fix: "Give every account a random `user.id` of its own, and keep it with the account for good.",
  cases: {
    constant: { title: "user.id is the same byte over and over, so every account may have the same" },
  },
  confidence: "documented",
  references: [spec("sctn-user-handle-privacy", "user handle contents"), LOCAL_AUTHENTICATOR],
  on: ["credentials.create"],
  asks: ["publicKey", "rpId", "user", "descriptors", "history"],
  check({ publicKey, rpId, user, descriptors, history }) {
    if (rpId === undefined || !user) return NOT_APPLICABLE;
    const userId = publicKey.member("user", "id");
    if (isConstant(userId.bytes()))
      return { outcome: "fails", at: userId.at, evidence: userId.describe(), case: "constant" };
    const account = history.account(rpId, user.id);
    if (!account || user.name === undefined) return PASSES;
    const own = fold(user.name);
    const other = firstBut(own, account.names);
    if (!other) return PASSES;
    // A page that excludes the earlier passkeys, or announced the new name, knows that this is one
    // account, which was renamed.
    const excluded = new Set(descriptors.map(({ id }) => id));
    if (account.credentials.some(({ credentialId }) => excluded.has(credentialId))) return PASSES;
    if (account.announcedName === own) return PASSES;
    return {
      outcome: "fails",
      at: userId.at,
      evidence: `user.name was ${describe(other.name)}, is ${describe(user.name)}`,
      relatedCallIds: [other.callId],
    };
  },
});

function describe(name: string): string {
  return readSnapshot(name).describe();
}

/** The first that has another key. Two steps at most: the same user.id may come with thousands of names. */
function firstBut<Value>(key: string, values: ReadonlyMap<string, Value>): Value | undefined {
  for (const [each, value] of values) if (each !== key) return value;
  return undefined;
}

/** Zeros, say: no generator of random handles makes eight equal bytes. */
function isConstant(userId: Uint8Array | undefined): boolean {
  if (!userId || userId.length === 0) return false;
  const allEqual = userId.every((byte) => byte === userId[0]);
  return allEqual && (userId.length >= 8 || userId[0] === 0);
}
