import { encodeBase64url } from "../../../../src/bytes/base64url.js";
import { bytes, call, create, descriptor, passkey } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const named = (name: string, others = {}) => create({ user: { name }, ...others });

export default [
  {
    when: "two names come with one user.id",
    says: "fails",
    calls: [named("alice"), named("bob")],
    finding: {
      severity: "error",
      at: "/arguments/0/publicKey/user/id",
      evidence: 'user.name was string "alice", is string "bob"',
      related: [0],
    },
  },
  {
    when: "the first name comes back after another",
    says: "fails",
    calls: [named("alice"), named("bob"), named("alice")],
    finding: { related: [1] },
  },
  {
    when: "user.id is 16 zero bytes",
    says: "fails",
    calls: [create({ user: { id: new Uint8Array(16) } })],
    finding: { evidence: "Uint8Array, 16 bytes", title: /same byte/ },
  },
  {
    when: "the names differ in case only",
    says: "passes",
    calls: [named("Alice@example.com"), named("alice@EXAMPLE.com")],
  },
  {
    when: "the account was renamed, as its passkey is excluded",
    says: "passes",
    calls: [named("alice").returns(passkey("A")), named("alicia", { excludeCredentials: [descriptor("A")] })],
  },
  {
    when: "the account was renamed, as the page announced",
    says: "passes",
    calls: [
      named("alice"),
      call("PublicKeyCredential.signalCurrentUserDetails", {
        rpId: "example.com",
        userId: encodeBase64url(bytes(32, 1)),
        name: "alicia",
        displayName: "Alicia",
      }),
      named("alicia"),
    ],
  },
  {
    when: "the other name is at another relying party",
    says: "passes",
    calls: [named("alice"), named("bob", { rp: { id: "example.org" } })],
  },
  {
    when: "every account has its own",
    says: "passes",
    calls: [named("alice"), named("bob", { user: { id: bytes(32, 5), name: "bob" } })],
  },
  {
    when: "user.id is a single byte that is not zero",
    says: "passes",
    calls: [create({ user: { id: Uint8Array.of(1) } })],
  },
  { when: "user.id is not bytes", says: "not-applicable", calls: [create({ user: { id: "1" } })] },
  {
    when: "user.id is eight equal bytes",
    says: "fails",
    calls: [create({ user: { id: new Uint8Array(8).fill(5) } })],
  },
  {
    when: "user.id is seven equal bytes",
    says: "passes",
    calls: [create({ user: { id: new Uint8Array(7).fill(5) } })],
  },
  { when: "user.id is a single zero", says: "fails", calls: [create({ user: { id: Uint8Array.of(0) } })] },
  {
    when: "user.id is empty, which is another rule's affair",
    says: "passes",
    calls: [create({ user: { id: new Uint8Array(0) } })],
  },
] satisfies RuleCase[];
