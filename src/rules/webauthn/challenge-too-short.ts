import { spec } from "../../spec/references.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "challenge-too-short",
  title: "The challenge is easy to guess",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  versions: {},
  experience:
    "Nothing is to be seen on the iPhone. But whoever guesses a challenge can prepare an answer to it beforehand.",
  fix: "Make `challenge` at least 16 random bytes on the server, new for every ceremony.",
  confidence: "documented",
  references: [spec("sctn-cryptographic-challenges", "cryptographic challenges")],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey"],
  check({ publicKey }) {
    const challenge = publicKey.member("challenge");
    const length = challenge.byteLength();
    if (length === undefined) return NOT_APPLICABLE;
    const bytes = challenge.bytes();
    const isConstant = bytes !== undefined && length > 0 && bytes.every((byte) => byte === bytes[0]);
    if (length >= 16 && !isConstant) return PASSES;
    const evidence = length >= 16 ? `${challenge.describe()}, all equal` : challenge.describe();
    return { outcome: "fails", at: challenge.at, evidence };
  },
});
