import { isApplesAaguid } from "../../spec/appleAaguids.js";
import { COORDINATOR_PROXY } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "display-name-not-shown",
  title: "The iPhone shows user.name, and nobody can read this one",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.systemSheet.ios,
  experience:
    "The sheet and the Passwords app show `user.name` alone. Several accounts can't be told apart, as `user.displayName` is nowhere to be seen.",
  fix: "Put the name by which the person knows the account, an e-mail address or user name, into `user.name`.",
  confidence: "source",
  references: [COORDINATOR_PROXY],
  on: ["credentials.create"],
  asks: ["publicKey", "credential"],
  check({ publicKey, credential }) {
    const name = publicKey.member("user", "name");
    const displayName = publicKey.member("user", "displayName").text();
    if (name.text() === undefined || displayName === undefined) return NOT_APPLICABLE;
    // Other password apps may show the display name.
    if (credential?.aaguid && !isApplesAaguid(credential.aaguid)) return NOT_APPLICABLE;
    if (!isOpaque(name.text()!) || isOpaque(displayName)) return PASSES;
    return { outcome: "fails", at: name.at, evidence: name.describe() };
  },
});

/** Nothing, a UUID, a long hexadecimal number, or a long run of mixed letters and digits. */
export function isOpaque(name: string): boolean {
  const text = name.trim();
  if (text === "" || UUID.test(text)) return true;
  if (/^[0-9a-f]{16,}$/i.test(text) && /\d/.test(text) && /[a-f]/i.test(text)) return true;
  return /^[\w-]{20,}={0,2}$/.test(text) && /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

const UUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
