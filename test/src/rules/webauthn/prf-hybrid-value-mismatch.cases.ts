import {
  bytes,
  create,
  descriptor,
  get,
  passkey,
  raw,
  safari,
  securityKey,
} from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const prf = { extensions: { prf: { eval: { first: bytes(32) } } } };
const gives = (fingerprint: string, others = {}) =>
  passkey("A", {
    extensionResults: {
      prf: { results: { first: raw({ $: "masked", type: "ArrayBuffer", length: 32, fingerprint }) } },
    },
    ...others,
  });
const crossed = { attachment: "cross-platform" };
const old = { browser: safari("18.2") };

export default [
  {
    when: "a passkey was reached by QR code from iOS 18.2",
    says: "fails",
    calls: [get(prf).returns(gives("aabbccdd", crossed))],
    page: old,
    finding: {
      severity: "error",
      at: "/outcome/value/value/clientExtensionResults/prf/results/first",
      evidence: "prf value from another device",
    },
  },
  {
    when: "the same input gave another value on the device itself",
    says: "fails",
    calls: [get(prf).returns(gives("11223344")), get(prf).returns(gives("aabbccdd", crossed))],
    page: old,
    finding: { related: [0], evidence: /aabbccdd… from another device and 11223344… on the device/ },
  },
  {
    when: "the values differ, seen from a computer",
    says: "fails",
    calls: [create(prf).returns(gives("11223344", crossed)), get(prf).returns(gives("aabbccdd"))],
    finding: { related: [0] },
  },
  {
    when: "both ways give the same value",
    says: "passes",
    calls: [get(prf).returns(gives("11223344")), get(prf).returns(gives("11223344", crossed))],
    page: old,
  },
  {
    when: "the passkey was reached by QR code from iOS 18.4",
    says: "not-applicable",
    calls: [get(prf).returns(gives("aabbccdd", crossed))],
    page: { browser: safari("18.4") },
  },
  {
    when: "the passkey is used on its own device alone",
    says: "not-applicable",
    calls: [get(prf).returns(gives("11223344")), get(prf).returns(gives("11223344"))],
    page: old,
  },
  {
    when: "the inputs differ",
    says: "not-applicable",
    calls: [
      get({ extensions: { prf: { eval: { first: bytes(32, 5) } } } }).returns(gives("11223344", crossed)),
      get(prf).returns(gives("aabbccdd")),
    ],
    page: old,
  },
  {
    when: "a security key answered",
    says: "not-applicable",
    calls: [
      get(prf).returns(securityKey("K", { extensionResults: { prf: { results: { first: bytes(32) } } } })),
    ],
    page: old,
  },
  {
    when: "no value came",
    says: "not-applicable",
    calls: [get(prf).returns(passkey("A", crossed))],
    page: old,
  },
  {
    when: "a computer used a phone, of which nothing is known",
    says: "cannot-tell",
    calls: [get(prf).returns(gives("aabbccdd", crossed))],
  },
  {
    when: "the phone is known to be another provider's",
    says: "not-applicable",
    calls: [
      create(prf).returns(gives("aabbccdd", { ...crossed, aaguid: "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4" })),
    ],
  },
  {
    when: "on iOS 17.6, which gives no value",
    says: "not-applicable",
    calls: [get(prf).returns(gives("aabbccdd", crossed))],
    page: { browser: safari("17.6") },
  },
  {
    when: "a security key gave the value",
    says: "not-applicable",
    calls: [
      get({
        allowCredentials: [descriptor("K", ["usb"])],
        extensions: { prf: { eval: { first: bytes(32) } } },
      }).returns(
        securityKey("K", {
          transports: ["usb"],
          backupEligible: true,
          extensionResults: {
            prf: {
              results: {
                first: raw({ $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "00112233" }),
              },
            },
          },
        }),
      ),
    ],
    page: { browser: safari("17.6") },
  },
] satisfies RuleCase[];
