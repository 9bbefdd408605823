import { call, raw, safari } from "../../../support/recordings.js";
import { ios, type RuleCase } from "../ruleCase.js";

const json = { challenge: "AAAA", user: { id: "AAAA", name: "alice" }, extensions: { credProps: true } };
const parseCreation = (members: object = {}) =>
  call("PublicKeyCredential.parseCreationOptionsFromJSON", { ...json, ...members });
const parseRequest = (members: unknown) => call("PublicKeyCredential.parseRequestOptionsFromJSON", members);

export default [
  {
    when: "judged as iOS 18.3, which has no parser",
    says: "fails",
    calls: [parseCreation()],
    judgedAs: ios("18.3"),
    finding: { severity: "error", at: "/arguments/0", title: /before 18.4/ },
  },
  {
    when: "hints are sent",
    says: "fails",
    calls: [parseCreation({ hints: ["security-key"] })],
    finding: { severity: "info", at: "/arguments/0/hints" },
  },
  {
    when: "an extension is sent that Safari does not know",
    says: "fails",
    calls: [parseRequest({ challenge: "AAAA", extensions: { credBlob: true } })],
    finding: { at: "/arguments/0/extensions/credBlob" },
  },
  {
    when: "the challenge is base64",
    says: "fails",
    calls: [parseRequest({ challenge: "ab+/" })],
    finding: { severity: "error", at: "/arguments/0/challenge", evidence: 'string "ab+/"' },
  },
  {
    when: "an id of the list is no base64url",
    says: "fails",
    calls: [parseRequest({ challenge: "AAAA", allowCredentials: [{ id: "a!b", type: "public-key" }] })],
    finding: { at: "/arguments/0/allowCredentials/0/id" },
  },
  {
    when: "a prf input is no base64url",
    says: "fails",
    calls: [parseCreation({ extensions: { prf: { evalByCredential: { AAAA: { first: "a!b" } } } } })],
    finding: { at: "/arguments/0/extensions/prf/evalByCredential/AAAA/first" },
  },
  {
    when: "parsing failed",
    says: "fails",
    calls: [
      parseRequest({ challenge: "AAA=" }).rejects("EncodingError", {
        message: "Invalid encoding of challenge: AAA= (It should be Base64URL encoded.)",
      }),
    ],
    page: { browser: safari("26.6") },
    finding: { severity: "error", at: "/arguments/0/challenge", evidence: /^EncodingError: Invalid/ },
  },
  {
    when: "the challenge is padded, and nobody knows",
    says: "cannot-tell",
    calls: [parseRequest({ challenge: "AAA=" })],
  },
  {
    when: "the JSON could not be kept",
    says: "cannot-tell",
    calls: [parseRequest(raw({ $: "truncated", of: "object" }))],
  },
  { when: "nothing is lost", says: "passes", calls: [parseCreation()] },
  { when: "hints are empty", says: "passes", calls: [parseCreation({ hints: [] })] },
  {
    when: "iOS 17 parsed it, by a polyfill",
    says: "passes",
    calls: [parseCreation()],
    page: { browser: safari("17.6") },
  },
  { when: "judged as Windows", says: "not-applicable", calls: [parseCreation()], judgedAs: { os: "other" } },
  {
    when: "formats of attestation are sent",
    says: "fails",
    calls: [parseCreation({ attestationFormats: ["packed"] })],
    finding: { at: "/arguments/0/attestationFormats" },
  },
  {
    when: "extensions are sent that Safari knows",
    says: "passes",
    calls: [
      parseCreation({
        extensions: { appid: "https://example.com", largeBlob: {}, prf: {}, credProps: true },
      }),
    ],
  },
  {
    when: "parsing failed for nothing that shows",
    says: "fails",
    calls: [parseCreation().rejects("EncodingError", { message: "?" })],
    finding: { at: "/outcome/error", severity: "error", effect: "fails" },
  },
  {
    when: "a polyfill stands in the way, judged as iOS 18.3",
    says: "passes",
    calls: [parseCreation().with({ environment: { replaced: true } })],
    judgedAs: ios("18.3"),
  },
] satisfies RuleCase[];
