import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { describe, expect, test } from "vitest";
import { type Account, RelyingParty } from "../../examples/demo/relyingParty.js";
import { analyze, forecast } from "../../src/analyze.js";
import { decodeBase64url, encodeBase64url } from "../../src/bytes/base64url.js";
import {
  type CallDraft,
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

describe("a clean, well-built relying party, the demo", () => {
  test.each([
    ["Chrome", CHROME],
    ["an iPhone with iOS 16", safari("16.7")],
    ["an iPhone with iOS 18", safari("18.5")],
    ["an iPhone with iOS 26", safari("26.1")],
    ["an iPhone with the newest iOS 26", safari("26.6")],
    ["Safari on a Mac", safariOnMac("26.1")],
    ["Chrome on an iPhone", chromeOnIphone("18.5")],
  ])("has no errors and no warnings in %s", async (_, browser) => {
    const { findings, undecided } = await analyze(recordingOf(await goodPages(), { browser }));
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(undecided.filter(({ why }) => why.includes("broken"))).toEqual([]);
  });

  test("has none on any generation of iOS since 16, and works on each", async () => {
    const generations = await forecast(recordingOf(await goodPages()));
    for (const { platform, findings, outlooks } of generations.filter(
      ({ platform: { safari } }) => safari !== "15.8",
    )) {
      const grave = findings.filter(({ severity }) => severity !== "info");
      const other = outlooks.filter(({ verdict }) => verdict !== "works");
      expect({ platform, grave, other }).toEqual({ platform, grave: [], other: [] });
    }
  });
});

/** The calls of the demo's good pages, with the options that its relying party makes. */
async function goodPages(): Promise<CallDraft[]> {
  const rp = new RelyingParty("example.com", "https://example.com");
  const [alice, bob] = [rp.draft("alice@example.com"), rp.draft("bob@example.com")];
  const asAlice = passkey("A", { userHandle: alice.userId });
  const asBob = passkey("B", { userHandle: bob.userId });
  const register = async (account: Account) => creation(await rp.registrationOptions(account));
  const signIn = async (others: object = {}, account?: Account) =>
    request(await rp.authenticationOptions(account), others);

  const registration = (await register(alice)).returns(asAlice);
  keep(alice, "A");
  return [
    isUvpaa().returns(true),
    isConditionalAvailable().returns(true),
    (await signIn({ mediation: "conditional" })).rejects("AbortError"),
    registration,
    (await signIn()).returns(asAlice),
    (await signIn({}, alice)).returns(asAlice),
    (await register(alice)).rejects("InvalidStateError"),
    (await signIn()).rejects("NotAllowedError", { after: 9_000 }),
    (await register(bob)).returns(asBob),
    (await signIn()).returns(asBob),
  ];
}

/** What `startRegistration` of the demo's pages passes to the browser. */
function creation({
  challenge,
  user,
  excludeCredentials,
  ...others
}: PublicKeyCredentialCreationOptionsJSON): CallDraft {
  const publicKey = {
    ...others,
    challenge: bytesOf(challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: withBytes(excludeCredentials),
  };
  return call("credentials.create", { publicKey });
}

/** What `startAuthentication` passes. */
function request(
  { challenge, allowCredentials, ...options }: PublicKeyCredentialRequestOptionsJSON,
  others: object,
): CallDraft {
  const publicKey = {
    ...options,
    challenge: bytesOf(challenge),
    allowCredentials: withBytes(allowCredentials),
  };
  return call("credentials.get", { publicKey, ...others });
}

function bytesOf(base64url: string): Uint8Array {
  return decodeBase64url(base64url).bytes!;
}

function withBytes(descriptors: readonly { id: string }[] = []) {
  return descriptors.map((each) => ({ ...each, id: bytesOf(each.id) }));
}

/** As the demo's server keeps a passkey of Apple's. */
function keep({ passkeys }: Account, name: string): void {
  const credential = {
    id: encodeBase64url(credentialId(name)),
    publicKey: new Uint8Array(77),
    counter: 0,
    transports: ["internal", "hybrid"] as AuthenticatorTransport[],
  };
  passkeys.push({ credential, aaguid: "", backedUp: true, createdAt: new Date(0) });
}

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
  const [listed] = findings.filter(({ ruleId }) => ruleId === "overwritten-credential-still-accepted");
  expect(listed).toMatchObject({ severity: "warning", callId: "call-2", relatedCallIds: ["call-1"] });
  expect(credentials.map(({ state, callIds, provider }) => ({ state, callIds, provider }))).toEqual([
    { state: "overwritten", callIds: ["call-0", "call-2"], provider: "Apple Passwords" },
    { state: "active", callIds: ["call-1"], provider: "Apple Passwords" },
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

test("an answer whose hash is of another RP ID is found by the rule that looks for it", async () => {
  const foreign = passkey("A").answerTo(get({ rpId: "example.org" }), "https://example.com");
  const { findings } = await analyze(recordingOf([get().returns(foreign)]));
  const found = findings.filter(({ ruleId }) => ruleId === "rpidhash-or-origin-mismatch");
  expect(found.map(({ at, severity, field }) => [at, severity, field])).toEqual([
    ["/outcome/value/value/response/authenticatorData", "error", "rpIdHash"],
  ]);
});
