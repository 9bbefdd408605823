import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import { describe, expect, test } from "vitest";
import { analyze, forecast } from "../../src/analyze.js";
import { decodeBase64url, encodeBase64url } from "../../src/bytes/base64url.js";
import {
  bytes,
  CHROME,
  call,
  chromeOnIphone,
  create,
  credentialId,
  descriptor,
  get,
  passkey,
  recordingOf,
  safari,
  safariOnMac,
  webview,
} from "../support/recordings.js";

const isUvpaa = () => call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable");
const isConditionalAvailable = () => call("PublicKeyCredential.isConditionalMediationAvailable");

describe("a clean, well-built relying party", () => {
  const APPLES = ["internal", "hybrid"];
  const stories = () => [
    isUvpaa().returns(true),
    isConditionalAvailable().returns(true),
    get({}, { mediation: "conditional" }).rejects("AbortError"),
    create().returns(passkey("A")),
    get().returns(passkey("A")),
    get({ allowCredentials: [descriptor("A", APPLES)] }).returns(passkey("A")),
    create({ excludeCredentials: [descriptor("A", APPLES)] }).rejects("InvalidStateError"),
    get().rejects("NotAllowedError", { after: 9_000 }),
    create({ user: { id: bytes(32, 40), name: "bob@example.com" } }).returns(passkey("B")),
    get({ userVerification: "required" }).returns(passkey("B", { userHandle: bytes(32, 40) })),
  ];

  test.each([
    ["Chrome", CHROME],
    ["an iPhone with iOS 16", safari("16.7")],
    ["an iPhone with iOS 18", safari("18.5")],
    ["an iPhone with iOS 26", safari("26.1")],
    ["Safari on a Mac", safariOnMac("26.1")],
    ["Chrome on an iPhone", chromeOnIphone("18.5")],
  ])("has no errors and no warnings in %s", async (_, browser) => {
    const { findings, undecided } = await analyze(recordingOf(stories(), { browser }));
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(undecided.filter(({ why }) => why.includes("broken"))).toEqual([]);
  });

  test("has none on any generation of iOS since 16", async () => {
    const hits = await forecast(recordingOf(stories()));
    for (const { platform, findings } of hits.filter(({ platform }) => platform.safari !== "15.8")) {
      const grave = findings.filter(({ severity }) => severity !== "info");
      expect({ platform, grave }).toEqual({ platform, grave: [] });
    }
  });
});

test("what @simplewebauthn/server makes by default has no errors and no warnings on iOS 26", async () => {
  const registration = await generateRegistrationOptions({
    rpName: "Example",
    rpID: "example.com",
    userName: "alice@example.com",
    excludeCredentials: [{ id: encodeBase64url(credentialId("A")), transports: ["internal", "hybrid"] }],
  });
  const authentication = await generateAuthenticationOptions({
    rpID: "example.com",
    allowCredentials: [{ id: encodeBase64url(credentialId("A")), transports: ["internal", "hybrid"] }],
  });
  const decoded = <Options extends { challenge: string }>({ challenge, ...others }: Options) => ({
    ...others,
    challenge: decodeBase64url(challenge).bytes,
  });
  const withBytes = (descriptors: { id: string }[] = []) =>
    descriptors.map((each) => ({ ...each, id: decodeBase64url(each.id).bytes }));
  const { user, excludeCredentials, ...creation } = registration;
  const { allowCredentials, ...request } = authentication;
  const recording = recordingOf([
    create({
      ...decoded(creation),
      user: { ...user, id: decodeBase64url(user.id).bytes },
      excludeCredentials: withBytes(excludeCredentials),
    }),
    get({ ...decoded(request), allowCredentials: withBytes(allowCredentials) }).returns(passkey("A")),
  ]);
  recording.calls[0]!.duration = 3_000;
  recording.calls[0]!.outcome = {
    status: "rejected",
    error: { name: "InvalidStateError", message: "The object is in an invalid state.", isDOMException: true },
  };
  const { findings } = await analyze(recording);
  expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
});

test("a page that works on the Mac and fails on the iPhone", async () => {
  const signIn = () =>
    get({ userVerification: null, allowCredentials: [descriptor("A", ["internal"])], hints: ["hybrid"] });
  const recording = recordingOf([
    signIn().returns(passkey("A")).in({ browser: CHROME }),
    signIn()
      .rejects("TypeError", { message: "Type error", after: 1 })
      .in({ browser: safari("18.5") }),
  ]);
  const { findings } = await analyze(recording, { elsewhere: { os: "macos" } });
  expect(findings.map(({ ruleId, severity, callId, at }) => [callId, severity, ruleId, at])).toEqual([
    ["call-1", "warning", "allow-internal-only-hides-qr", "/arguments/0/publicKey/allowCredentials"],
    ["call-1", "info", "hints-ignored", "/arguments/0/publicKey/hints"],
    ["call-1", "error", "webidl-enum-typeerror", "/arguments/0/publicKey/userVerification"],
  ]);
});

test("an account whose passkey is overwritten by a second registration", async () => {
  const recording = recordingOf(
    [
      create().returns(passkey("A")),
      create().returns(passkey("B")),
      get({ allowCredentials: [descriptor("A", ["internal", "hybrid"])] }).rejects("NotAllowedError"),
    ],
    { browser: safari("26.1") },
  );
  const { findings, credentials, ceremonies } = await analyze(recording);
  const [overwrite] = findings.filter(({ ruleId }) => ruleId === "user-id-reused-overwrites-passkey");
  expect(overwrite).toMatchObject({ severity: "error", callId: "call-1", relatedCallIds: ["call-0"] });
  expect(credentials.map(({ state, callIds, aaguid }) => ({ state, callIds, aaguid }))).toEqual([
    { state: "overwritten", callIds: ["call-0", "call-2"], aaguid: "fbfc3007-154e-4ecc-8c0b-6e020557d7bd" },
    { state: "active", callIds: ["call-1"], aaguid: "fbfc3007-154e-4ecc-8c0b-6e020557d7bd" },
  ]);
  expect(ceremonies.map(({ kind }) => kind)).toEqual(["registration", "registration", "authentication"]);
});

test("a web view in an app, with a federated sign-in", async () => {
  const recording = recordingOf(
    [
      isUvpaa().returns(false),
      isConditionalAvailable().returns(false),
      get({ rpId: "login.identity.example" }).rejects("NotAllowedError", { after: 12 }),
    ],
    { browser: webview("17.5"), origin: "https://login.identity.example" },
  );
  const { findings } = await analyze(recording);
  const found = findings.filter(({ ruleId }) => ruleId === "webview-rp-not-associated");
  expect(found.map(({ callId, severity }) => [callId, severity])).toEqual([
    ["call-1", "error"],
    ["call-2", "error"],
  ]);
  expect(found[0]?.fix).toContain("ASWebAuthenticationSession");
});
