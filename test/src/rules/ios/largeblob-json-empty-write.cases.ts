import { bytes, call, create, get, raw, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const parseCreation = (largeBlob: object) =>
  call("PublicKeyCredential.parseCreationOptionsFromJSON", { challenge: "AAAA", extensions: { largeBlob } });
const parseRequest = (largeBlob: object) =>
  call("PublicKeyCredential.parseRequestOptionsFromJSON", { challenge: "AAAA", extensions: { largeBlob } });

export default [
  {
    when: "the page has a registration with largeBlob parsed",
    says: "fails",
    calls: [parseCreation({ support: "preferred" })],
    finding: {
      severity: "warning",
      at: "/arguments/0/extensions/largeBlob",
      experience: /may be rejected/,
      fix: /delete options\.extensions\.largeBlob\.write/,
    },
  },
  {
    when: "a registration carries the empty write",
    says: "fails",
    calls: [create({ extensions: { largeBlob: { support: "preferred", write: bytes(0) } } })],
    finding: { at: "/arguments/0/publicKey/extensions/largeBlob/write", evidence: "Uint8Array, 0 bytes" },
  },
  {
    when: "a sign-in that reads carries it",
    says: "fails",
    calls: [get({ extensions: { largeBlob: { read: true, write: bytes(0) } } })],
  },
  { when: "a request is parsed", says: "fails", calls: [parseRequest({ read: true })] },
  {
    when: "this Safari's parser was seen to add none",
    says: "passes",
    calls: [
      parseCreation({ support: "preferred" }).returns({
        extensions: { largeBlob: { support: "preferred" } },
      }),
    ],
    page: { browser: safari("26.6") },
  },
  {
    when: "the JSON has something to write",
    says: "not-applicable",
    calls: [parseRequest({ write: "AAAA" })],
  },
  {
    when: "an empty write is meant, to clear the blob",
    says: "not-applicable",
    calls: [get({ extensions: { largeBlob: { write: bytes(0) } } })],
  },
  {
    when: "there is something to write",
    says: "not-applicable",
    calls: [get({ extensions: { largeBlob: { read: true, write: bytes(3) } } })],
  },
  {
    when: "judged as iOS 18.3, which has no parser",
    says: "not-applicable",
    calls: [parseCreation({ support: "preferred" })],
    judgedAs: ios("18.3"),
  },
  { when: "largeBlob is not asked for", says: "not-applicable", calls: [create()] },
  {
    when: "this Safari's parser was seen to add one",
    says: "fails",
    calls: [
      parseCreation({ support: "preferred" }).returns({
        extensions: { largeBlob: { support: "preferred", write: bytes(0) } },
      }),
    ],
    page: { browser: safari("26.6") },
  },
  {
    when: "another browser's parser adds none",
    says: "fails",
    calls: [
      parseCreation({ support: "preferred" }).returns({
        extensions: { largeBlob: { support: "preferred" } },
      }),
    ],
  },
  {
    when: "the parser has not answered",
    says: "fails",
    calls: [parseCreation({ support: "preferred" })],
    page: { browser: safari("26.6") },
  },
  {
    when: "the parser's answer could not be kept",
    says: "fails",
    calls: [parseCreation({ support: "preferred" }).returns(raw({ $: "unreadable", error: "Error" }))],
    page: { browser: safari("26.6") },
  },
  {
    when: "JSON without largeBlob is parsed",
    says: "not-applicable",
    calls: [call("PublicKeyCredential.parseCreationOptionsFromJSON", { challenge: "AAAA" })],
  },
] satisfies RuleCase[];
