import { bytes, create, descriptor, get, passkey, securityKey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const prf = { extensions: { prf: { eval: { first: bytes(32) } } } };
const keysOnly = { ...prf, allowCredentials: [descriptor("K", ["usb", "nfc"])] };

export default [
  {
    when: "a security key answered on iOS 18",
    says: "fails",
    calls: [create(prf).returns(securityKey("K"))],
    judgedAs: ios("18.4"),
    finding: {
      severity: "warning",
      at: "/arguments/0/publicKey/extensions/prf",
      evidence: "prf, answered by a security key",
      experience: /no key material comes/,
    },
  },
  {
    when: "only security keys may answer, on iOS 26",
    says: "fails",
    calls: [get(keysOnly)],
    judgedAs: ios("26.6"),
    finding: { evidence: /only choice/, title: /may give a wrong/ },
  },
  {
    when: "only security keys may be registered",
    says: "fails",
    calls: [create({ ...prf, authenticatorSelection: { authenticatorAttachment: "cross-platform" } })],
    judgedAs: ios("26.1"),
  },
  { when: "nobody has tried on iOS 27", says: "cannot-tell", calls: [get(keysOnly)], judgedAs: ios("27.0") },
  { when: "a passkey answered", says: "not-applicable", calls: [create(prf).returns(passkey("A"))] },
  { when: "a passkey may answer", says: "not-applicable", calls: [get(prf)] },
  { when: "prf is not asked for", says: "not-applicable", calls: [create().returns(securityKey("K"))] },
  {
    when: "judged as iOS 17, which knows no prf at all",
    says: "not-applicable",
    calls: [get(keysOnly)],
    judgedAs: ios("17.6"),
  },
  {
    when: "a passkey or a key may answer",
    says: "not-applicable",
    calls: [get({ ...prf, allowCredentials: [descriptor("K", ["usb"]), descriptor("A", ["internal"])] })],
  },
  {
    when: "a passkey answered where keys alone were asked for",
    says: "not-applicable",
    calls: [get(keysOnly).returns(passkey("A"))],
  },
] satisfies RuleCase[];
