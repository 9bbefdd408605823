import { decodeUtf8 } from "../../bytes/utf8.js";
import { spec } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "user-id-pii",
  title: "user.id tells who the person is",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  versions: {},
  experience:
    "Whoever holds the iPhone's passkeys can read it, and the account can't be renamed: another `user.id` means another passkey beside the old one.",
  fix: "Make `user.id` 16 to 64 random bytes that are stored with the account.",
  confidence: "documented",
  references: [spec("sctn-user-handle-privacy", "user handle contents")],
  on: ["credentials.create"],
  asks: ["publicKey"],
  check({ publicKey }) {
    const userId = publicKey.member("user", "id");
    const bytes = userId.bytes();
    if (!bytes || bytes.length === 0) return NOT_APPLICABLE;
    const { text, firstBad } = decodeUtf8(bytes);
    if (firstBad !== undefined) return PASSES;
    const kind = describeIdentity(text, publicKey.member("user", "name").text());
    return kind === undefined ? PASSES : { outcome: "fails", at: userId.at, evidence: kind };
  },
});

/** What it is, never the thing itself. Bare digits may be any number, so that a telephone number needs its plus. */
export function describeIdentity(text: string, name: string | undefined): string | undefined {
  if (text === name) return "the same as user.name";
  if (/^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text)) return "an e-mail address";
  if (/^\+\d[\d ()-]{6,18}\d$/.test(text)) return "a telephone number";
  return undefined;
}
