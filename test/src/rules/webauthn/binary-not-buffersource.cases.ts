import { buffer, bytes, create, get, raw } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

export default [
  {
    when: "the challenge is base64url text",
    says: "fails",
    calls: [get({ challenge: "dGVzdA" })],
    finding: { severity: "error", at: "/arguments/0/publicKey/challenge", evidence: 'string "dGVzdA"' },
  },
  {
    when: "user.id is a list of numbers",
    says: "fails",
    calls: [create({ user: { id: [1, 2, 3] } })],
    finding: { at: "/arguments/0/publicKey/user/id", evidence: "list of 3" },
  },
  {
    when: "two ids in a list are text",
    says: "fails",
    calls: [
      get({
        allowCredentials: [
          { type: "public-key", id: bytes(20) },
          { type: "public-key", id: "QQ" },
          { type: "public-key", id: "Qg" },
        ],
      }),
    ],
    finding: {
      at: "/arguments/0/publicKey/allowCredentials/1/id",
      evidence: 'string "QQ", and 1 more like it',
    },
  },
  {
    when: "a PRF input is text",
    says: "fails",
    calls: [get({ extensions: { prf: { eval: { first: "salt" } } } })],
    finding: { at: "/arguments/0/publicKey/extensions/prf/eval/first" },
  },
  {
    when: "a PRF input for one credential is masked text",
    says: "fails",
    calls: [
      get({
        extensions: {
          prf: {
            evalByCredential: {
              QQ: { first: raw({ $: "masked", type: "string", length: 4, fingerprint: "" }) },
            },
          },
        },
      }),
    ],
    finding: { at: "/arguments/0/publicKey/extensions/prf/evalByCredential/QQ/first" },
  },
  {
    when: "a blob to write is null",
    says: "fails",
    calls: [get({ extensions: { largeBlob: { write: null } } })],
  },
  {
    when: "all are bytes of one kind or another",
    says: "passes",
    calls: [
      create({
        challenge: buffer(bytes(16)),
        user: { id: raw({ $: "bytes", type: "DataView", base64url: "AQID" }) },
        extensions: {
          prf: { eval: { first: bytes(32) } },
          largeBlob: { write: raw({ $: "masked", type: "Uint8Array", length: 4, fingerprint: "" }) },
        },
      }),
    ],
  },
  {
    when: "user.id is text in a sign-in, where nobody reads it",
    says: "passes",
    calls: [get({ user: { id: "x" } })],
  },
  {
    when: "the challenge is missing, which is another rule's affair",
    says: "passes",
    calls: [get({ challenge: undefined })],
  },
  {
    when: "the challenge could not be kept",
    says: "cannot-tell",
    calls: [get({ challenge: raw({ $: "unreadable", error: "Error" }) })],
  },
  {
    when: "the second input of prf is text",
    says: "fails",
    calls: [get({ extensions: { prf: { eval: { first: bytes(32), second: "c2FsdA" } } } })],
    finding: { at: "/arguments/0/publicKey/extensions/prf/eval/second" },
  },
] satisfies RuleCase[];
