import { bytes, create, descriptor, get, passkey, safari, securityKey } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const ZERO = "00000000-0000-0000-0000-000000000000";
const BITWARDEN = "d548826e-79b4-db40-a3d8-11116f7e8349";
const iphone = { browser: safari("18.5") };
const LEGACY = {
  aaguid: "f24a8e70-d0d3-f82c-2937-32523cc4de5a",
  fmt: "apple",
  backupEligible: false,
  backupState: false,
};

export default [
  {
    when: "a second passkey of the same provider came out",
    says: "fails",
    calls: [create().returns(passkey("A")), create().returns(passkey("B"))],
    page: iphone,
    finding: {
      severity: "error",
      at: "/arguments/0/publicKey/user/id",
      related: [0],
      title: /replaced/,
      fix: /excludeCredentials/,
    },
  },
  {
    when: "a second registration is under way",
    says: "fails",
    calls: [create().returns(passkey("A")), create()],
    page: iphone,
    finding: { severity: "warning", related: [0] },
  },
  {
    when: "the account's passkey is known from a sign-in",
    says: "fails",
    calls: [get().returns(passkey("A")), create()],
    finding: { severity: "warning", related: [0] },
  },
  {
    when: "nothing tells the providers of the two",
    says: "fails",
    calls: [
      create().returns(passkey("A", { aaguid: ZERO })),
      create().returns(passkey("B", { aaguid: ZERO })),
    ],
    finding: { severity: "warning", title: /can replace/ },
  },
  {
    when: "Apple's is the only provider there, as on iOS 16",
    says: "fails",
    calls: [
      create().returns(passkey("A", { aaguid: ZERO })),
      create().returns(passkey("B", { aaguid: ZERO })),
    ],
    page: { browser: safari("16.5") },
    finding: { severity: "error" },
  },
  {
    when: "the third replaces the second, which had replaced the first",
    says: "fails",
    calls: [create().returns(passkey("A")), create().returns(passkey("B")), create().returns(passkey("C"))],
    page: iphone,
    finding: { related: [1] },
  },
  {
    when: "the earlier passkey is excluded",
    says: "passes",
    calls: [
      create().returns(passkey("A")),
      create({ excludeCredentials: [descriptor("A", ["internal", "hybrid"])] }).rejects("InvalidStateError"),
    ],
  },
  {
    when: "the second went to another provider",
    says: "passes",
    calls: [create().returns(passkey("A")), create().returns(passkey("B", { aaguid: BITWARDEN }))],
    page: iphone,
  },
  {
    when: "the second went to a security key",
    says: "passes",
    calls: [create().returns(passkey("A")), create().returns(securityKey("K"))],
    page: iphone,
  },
  {
    when: "the first is on a security key",
    says: "passes",
    calls: [create().returns(securityKey("K")), create().returns(passkey("A"))],
  },
  {
    when: "a credential of iOS 15 is upgraded",
    says: "passes",
    calls: [
      create()
        .returns(passkey("A", LEGACY))
        .in({ browser: safari("15.6") }),
      create().returns(passkey("B")),
    ],
    page: iphone,
  },
  {
    when: "the first registration came to nothing",
    says: "passes",
    calls: [create().rejects("NotAllowedError"), create().returns(passkey("A"))],
  },
  {
    when: "it is another account",
    says: "passes",
    calls: [create().returns(passkey("A")), create({ user: { id: bytes(32, 77) } }).returns(passkey("B"))],
  },
  {
    when: "it is another relying party",
    says: "passes",
    calls: [create().returns(passkey("A")), create({ rp: { id: "example.org" } }).returns(passkey("B"))],
  },
  {
    when: "judged as iOS 14",
    says: "not-applicable",
    calls: [create().returns(passkey("A")), create().returns(passkey("B"))],
    judgedAs: ios("14.8"),
  },
  { when: "there is no user.id to compare", says: "not-applicable", calls: [create({ user: undefined })] },
  {
    when: "a security key of the account signed in",
    says: "passes",
    calls: [
      get({ allowCredentials: [descriptor("K", ["usb"])] }).returns(
        securityKey("K", { transports: ["usb"] }),
      ),
      create(),
    ],
  },
  {
    when: "an iPhone's credential that is not backed up is upgraded",
    says: "passes",
    calls: [
      create()
        .returns(passkey("A", { aaguid: ZERO, backupEligible: false, backupState: false }))
        .in({ browser: safari("15.6") }),
      create().returns(passkey("B")),
    ],
    page: iphone,
  },
  {
    when: "a computer's credential that is not backed up may be replaced",
    says: "fails",
    calls: [create().returns(passkey("A", { backupEligible: false, backupState: false })), create()],
  },
] satisfies RuleCase[];
