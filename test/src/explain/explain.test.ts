import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze.js";
import type { Cause, Explanation } from "../../../src/index.js";
import type { Environment } from "../../../src/recording/recording.js";
import { ERROR_MESSAGES, findErrorMessage } from "../../../src/spec/errorMessages.js";
import {
  type Browser,
  bytes,
  type CallDraft,
  CHROME,
  call,
  create,
  descriptor,
  get,
  type PageParts,
  passkey,
  recordingOf,
  safari,
  webview,
} from "../../support/recordings.js";
import { resolvePointer } from "../../support/resolvePointer.js";

const FIREFOX: Browser = {
  userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
  maxTouchPoints: 0,
};
const CHROMES_WORDS =
  "The operation either timed out or was not allowed. See: https://www.w3.org/TR/webauthn-2/#sctn-privacy-considerations-client.";

const around: Environment = {
  userActivation: { isActive: true, hasBeenActive: true },
  hasFocus: true,
  visibility: "visible",
};
const onIphone = (version = "18.5") => ({ browser: safari(version) });
const denied = (after: number, message?: string) =>
  ["NotAllowedError", { after, ...(message !== undefined && { message }) }] as const;

/** The explanation of a call, by default the last, whose pointers all lead somewhere. */
async function explained(
  calls: CallDraft[],
  page?: PageParts,
  position = -1,
): Promise<Explanation | undefined> {
  const recording = recordingOf(calls, page);
  const last = recording.calls.at(position)!;
  const { explanations } = await analyze(recording);
  const explanation = explanations.find(({ callId }) => callId === last.id);
  for (const { for: pro, against } of explanation?.causes ?? [])
    for (const { at } of [...pro, ...against]) if (at) resolvePointer(last, at);
  return explanation;
}

interface Row {
  when: string;
  calls: CallDraft[];
  page?: PageParts;
  /** where in `calls` the one stands that is explained; default: the last */
  position?: number;
  /** the likeliest cause */
  is: Cause["id"];
  how?: Cause["likelihood"];
  isAmbiguous?: boolean;
  for?: RegExp;
  /** of another cause than the likeliest */
  against?: [id: Cause["id"], text: RegExp];
  summary?: RegExp;
}

const rows: Row[] = [
  {
    when: "nothing speaks for anything, and nobody can have declined so fast",
    calls: [get().rejects(...denied(20))],
    page: onIphone("26.6"),
    is: "no-matching-passkey",
    how: "possible",
    isAmbiguous: false,
    summary: /Perhaps: no passkey/,
  },
  {
    when: "Safari refuses an automatic upgrade, which needs no tap",
    calls: [
      create({}, { mediation: "conditional" }).rejects(
        ...denied(20, "This request has been cancelled by the user."),
      ),
    ],
    page: onIphone("18.5"),
    is: "automatic-upgrade-refused",
    how: "likely",
    against: ["declined", /nothing to decline/],
  },
  {
    when: "a code from a text message is asked for, where the browser has no words for it",
    calls: [call("credentials.get", { otp: { transport: ["sms"] } }).rejects("NotSupportedError")],
    is: "credential-type-unsupported",
    how: "likely",
    for: /does not ask for `publicKey`/,
  },
  {
    when: "Safari keeps quiet after as long as a person takes",
    calls: [get().rejects(...denied(9_000))],
    page: onIphone(),
    is: "declined",
    how: "likely",
    isAmbiguous: true,
    for: /9\.0 s: long enough/,
    summary: /can't tell whether the person declined or something stood in the way/,
  },
  {
    when: "Chrome keeps quiet after as long as a person takes",
    calls: [get().rejects(...denied(9_000, CHROMES_WORDS))],
    page: { browser: CHROME },
    is: "declined",
    isAmbiguous: true,
  },
  {
    when: "Firefox keeps quiet after as long as a person takes",
    calls: [get().rejects(...denied(9_000))],
    page: { browser: FIREFOX },
    is: "declined",
    isAmbiguous: true,
  },
  {
    when: "Safari keeps quiet faster than a person can decline",
    calls: [get({ allowCredentials: [descriptor("A")] }).rejects(...denied(40))],
    page: onIphone(),
    is: "no-matching-passkey",
    isAmbiguous: false,
    for: /takes one credential and no other/,
    against: ["declined", /40 ms: nobody reads/],
  },
  {
    when: "every listed passkey was replaced",
    calls: [
      create().returns(passkey("A")),
      create().returns(passkey("B")),
      get({ allowCredentials: [descriptor("A", ["internal", "hybrid"])] }).rejects(...denied(3_000)),
    ],
    page: onIphone("26.1"),
    is: "no-matching-passkey",
    for: /replaced by a later registration/,
  },
  {
    when: "the time ran out in Chrome",
    calls: [get({ timeout: 60_000 }).rejects(...denied(60_002, CHROMES_WORDS))],
    is: "timed-out",
    isAmbiguous: true,
    for: /60 s, and `timeout` is 60 s/,
  },
  {
    when: "WebKit's own timer ran out",
    calls: [get().rejects(...denied(120_010, "Operation timed out."))],
    page: onIphone("16.7"),
    is: "timed-out",
    how: "certain",
  },
  {
    when: "a web view rejects at once",
    calls: [get().rejects(...denied(25))],
    page: { browser: webview("17.5") },
    is: "web-view-not-associated",
    how: "likely",
    for: /web view of an app/,
  },
  {
    when: "a web view rejects after a while",
    calls: [get().rejects(...denied(6_000))],
    page: { browser: webview("17.5") },
    is: "declined",
    isAmbiguous: true,
  },
  {
    when: "Safari 17.3 names the entitlement",
    calls: [
      get().rejects(
        ...denied(
          5,
          "The 'navigator.credentials.get' API is only permitted in applications with the 'com.apple.developer.web-browser' entitlement",
        ),
      ),
    ],
    page: { browser: webview("17.3") },
    is: "web-view-not-associated",
    how: "certain",
  },
  {
    when: "Safari 17.2 misses a tap",
    calls: [
      get()
        .rejects(...denied(3, "This request has been cancelled by the user."))
        .with({ environment: { ...around, userActivation: { isActive: false, hasBeenActive: true } } }),
    ],
    page: onIphone("17.2"),
    is: "no-user-activation",
    how: "likely",
    for: /Safari 17\.2 asks for one/,
  },
  {
    when: "the person cancelled in Safari 17.2",
    calls: [get().rejects(...denied(4_000, "This request has been cancelled by the user."))],
    page: onIphone("17.2"),
    is: "declined",
    isAmbiguous: false,
  },
  {
    when: "the page had no focus in Safari",
    calls: [
      create()
        .rejects(...denied(2, "The document is not focused."))
        .with({ environment: { ...around, hasFocus: false } }),
    ],
    page: onIphone(),
    is: "not-focused",
    how: "certain",
    for: /did not have the focus/,
    summary: /the message can mean nothing else/,
  },
  {
    when: "the page had no focus in Chrome",
    calls: [
      get().rejects(
        ...denied(2, "The operation is not allowed at this time because the page does not have focus."),
      ),
    ],
    is: "not-focused",
    how: "certain",
  },
  {
    when: "Firefox is asked from a tab in the background",
    calls: [
      get()
        .rejects(...denied(1, "CredentialContainer request is not allowed."))
        .with({ environment: { ...around, hasFocus: false, visibility: "hidden" } }),
    ],
    page: { browser: FIREFOX },
    is: "not-focused",
    how: "likely",
  },
  {
    when: "Firefox is asked from a frame without leave",
    calls: [
      get()
        .rejects(...denied(1, "CredentialContainer request is not allowed."))
        .with({ environment: { ...around, policy: { get: false } } }),
    ],
    page: { browser: FIREFOX, ancestorOrigins: ["https://shop.example"] },
    is: "frame-not-allowed",
    how: "likely",
    for: /a page of https:\/\/shop\.example, whose policy does not allow it/,
  },
  {
    when: "Chrome has a request open",
    calls: [
      get({}, { mediation: "conditional" }),
      get().rejects("OperationError", { message: "A request is already pending.", after: 1 }),
    ],
    is: "overlapping-request",
    how: "certain",
    for: /A request for AutoFill was still open/,
  },
  {
    when: "Safari drops a request for a new one, without saying so",
    calls: [get({}, { mediation: "conditional" }), get().rejects(...denied(40, "Operation failed."))],
    page: onIphone("17.2"),
    is: "overlapping-request",
  },
  {
    when: "Firefox drops a request for a new one",
    calls: [
      get({ timeout: 30_000 }).rejects("AbortError", {
        message: "The operation was aborted. ",
        after: 60_005,
      }),
      get().returns(passkey("A")),
    ],
    page: { browser: FIREFOX },
    position: 0,
    is: "overlapping-request",
    for: /5 ms before this one ended/,
  },
  {
    when: "the page aborted in Safari",
    calls: [
      get({}, { signal: { $: "AbortSignal", aborted: false } })
        .rejects("AbortError", { after: 2_000 })
        .with({ aborted: { at: Date.UTC(2026, 0, 1) + 1_990, reason: "later" } }),
    ],
    page: onIphone(),
    is: "aborted",
    how: "certain",
    for: /fired 2\.0 s after the call/,
  },
  {
    when: "the page aborted with a reason of its own",
    calls: [
      get()
        .rejects("Error", { message: "mine", after: 500 })
        .with({ aborted: { at: Date.UTC(2026, 0, 1) + 499, reason: "mine" } }),
    ],
    is: "aborted",
    how: "certain",
  },
  {
    when: "Safari 17.2 says of an aborted call that it failed",
    calls: [
      get()
        .rejects(...denied(700, "Operation failed."))
        .with({ aborted: { at: Date.UTC(2026, 0, 1) + 650, reason: null } }),
    ],
    page: onIphone("17.2"),
    is: "aborted",
    how: "likely",
  },
  {
    when: "a frame registers in Safari",
    calls: [create().rejects(...denied(2, "The origin of the document is not the same as its ancestors."))],
    page: { ...onIphone(), ancestorOrigins: ["https://www.example.com"] },
    is: "frame-not-allowed",
    how: "certain",
    for: /where Safari makes no passkeys/,
  },
  {
    when: "Chrome's policy keeps a frame out",
    calls: [
      get().rejects(
        ...denied(
          0,
          "The 'publickey-credentials-get' feature is not enabled in this document. Permissions Policy may be used to delegate Web Authentication capabilities to cross-origin child frames.",
        ),
      ),
    ],
    page: { ancestorOrigins: ["https://shop.example"] },
    is: "frame-not-allowed",
    how: "certain",
  },
  {
    when: "the RP ID is another site's in Chrome",
    calls: [
      get({ rpId: "example.org" }).rejects("SecurityError", {
        message:
          "The relying party ID is not a registrable domain suffix of, nor equal to the current domain. Subsequently, an attempt to fetch the .well-known/webauthn resource of the claimed RP ID failed.",
      }),
    ],
    is: "rp-id-not-for-origin",
    how: "certain",
    for: /example\.org does not fit the page's host example\.com/,
  },
  {
    when: "Safari says that it is insecure, and the RP ID is another site's",
    calls: [get({ rpId: "example.org" }).rejects("SecurityError", { after: 30 })],
    page: onIphone(),
    is: "rp-id-not-for-origin",
    how: "likely",
  },
  {
    when: "Safari says that it is insecure, in a web view with the right RP ID",
    calls: [get().rejects("SecurityError", { after: 30 })],
    page: { browser: webview("18.5") },
    is: "web-view-not-associated",
  },
  {
    when: "the page has an IP address",
    calls: [
      get({ rpId: undefined }).rejects("SecurityError", {
        message: "The effective domain of the document is not a valid domain.",
      }),
    ],
    page: { ...onIphone(), origin: "https://10.0.0.7" },
    is: "domain-invalid",
    how: "certain",
  },
  {
    when: "the device has the passkey already",
    calls: [create({ excludeCredentials: [descriptor("A")] }).rejects("InvalidStateError")],
    page: onIphone(),
    is: "already-registered",
    how: "certain",
  },
  {
    when: "Firefox finds the passkey on the device already",
    calls: [
      create({ excludeCredentials: [descriptor("A")] }).rejects("InvalidStateError", {
        message: "An attempt was made to use an object that is not, or is no longer, usable",
      }),
    ],
    page: { browser: FIREFOX },
    is: "already-registered",
    how: "certain",
  },
  {
    when: "Chrome makes none of the algorithms",
    calls: [
      create({ pubKeyCredParams: [{ type: "public-key", alg: -999 }] }).rejects(...denied(1, CHROMES_WORDS)),
    ],
    is: "no-common-algorithm",
    how: "likely",
    for: /ES256 is not among -999/,
  },
  {
    when: "an enumeration has a value that Safari does not know",
    calls: [get({ userVerification: null }).rejects("TypeError", { message: "Type error", after: 0 })],
    page: onIphone(),
    is: "options-malformed",
    how: "certain",
  },
  {
    when: "largeBlob is asked to do both",
    calls: [
      get({ extensions: { largeBlob: { read: true, write: bytes(1) } } }).rejects("NotSupportedError", {
        message: "Only one of the 'largeBlob' extension's 'read' and 'write' parameters is allowed at a time",
      }),
    ],
    is: "extension-input",
    how: "certain",
  },
  {
    when: "only security keys may answer",
    calls: [get({ allowCredentials: [descriptor("K", ["usb", "nfc"])] }).rejects(...denied(800))],
    page: onIphone(),
    is: "declined",
    isAmbiguous: true,
  },
  {
    when: "the security key reports an error",
    calls: [
      get().rejects("UnknownError", { message: "Unknown internal error. Error code: 49", after: 9_000 }),
    ],
    page: onIphone(),
    is: "security-key-failed",
    how: "certain",
  },
  {
    when: "an automatic upgrade is refused",
    calls: [
      create({}, { mediation: "conditional" }).rejects(
        ...denied(30, "This request has been cancelled by the user."),
      ),
    ],
    page: onIphone("18.5"),
    is: "automatic-upgrade-refused",
    how: "likely",
    isAmbiguous: false,
    against: ["declined", /shows nothing to decline/],
  },
  {
    when: "JSON is not base64url",
    calls: [
      call("PublicKeyCredential.parseRequestOptionsFromJSON", { challenge: "a+" }).rejects("EncodingError", {
        message: "Invalid encoding of challenge: a+ (It should be Base64URL encoded.)",
      }),
    ],
    page: onIphone("26.1"),
    is: "not-base64url",
    how: "certain",
  },
  {
    when: "a call is open and waits for AutoFill",
    calls: [get({}, { mediation: "conditional" }).with({ environment: { ...around, webauthnFields: 1 } })],
    page: onIphone("26.1"),
    is: "waiting-for-the-person",
    how: "likely",
    isAmbiguous: false,
    summary: /^It has not settled/,
  },
  {
    when: "a call waits for AutoFill, and there is no field",
    calls: [get({}, { mediation: "conditional" }).with({ environment: { ...around, webauthnFields: 0 } })],
    page: onIphone("26.1"),
    is: "no-field-for-autofill",
    how: "likely",
    for: /the iPhone offers passkeys in such a field alone/,
  },
  {
    when: "the sheet is open",
    calls: [get()],
    page: onIphone("26.1"),
    is: "waiting-for-the-person",
  },
  {
    when: "a signal never settles in Safari 26.1",
    calls: [call("PublicKeyCredential.signalUnknownCredential", { rpId: "example.com", credentialId: "AA" })],
    page: onIphone("26.1"),
    is: "promise-never-settles",
    how: "likely",
  },
  {
    when: "the message is one that nobody knows",
    calls: [get().rejects(...denied(9_000, "Computer says no."))],
    is: "declined",
    isAmbiguous: true,
  },
];

describe("explain", () => {
  test("does not blame a missing tap for a conditional call, which needs none", async () => {
    const refused = get({}, { mediation: "conditional" })
      .rejects(...denied(3, "This request has been cancelled by the user."))
      .with({ environment: { ...around, userActivation: { isActive: false, hasBeenActive: true } } });
    const { causes } = (await explained([refused], onIphone("17.2")))!;
    expect(causes.map(({ id }) => id)).not.toContain("no-user-activation");
  });

  test.each(rows)("$is when $when", async (row) => {
    const explanation = await explained(row.calls, row.page, row.position);
    const [best] = explanation!.causes;
    expect(best?.id).toBe(row.is);
    if (row.how) expect(best?.likelihood).toBe(row.how);
    if (row.isAmbiguous !== undefined) expect(explanation!.isAmbiguous).toBe(row.isAmbiguous);
    if (row.for) expect(best!.for.map(({ text }) => text).join("\n")).toMatch(row.for);
    if (row.summary) expect(explanation!.summary).toMatch(row.summary);
    if (row.against) {
      const other = explanation!.causes.find(({ id }) => id === row.against![0]);
      expect(other?.against.map(({ text }) => text).join("\n")).toMatch(row.against[1]);
    }
    expect(best!.next.length).toBeGreaterThan(0);
    const ranks = explanation!.causes.map(({ rank }) => rank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks[0]).toBe(1);
  });

  test("has nothing to say of a call that succeeded", async () => {
    expect(await explained([get().returns(passkey("A"))])).toBeUndefined();
  });

  test("says what the specification means by a name where nothing else is known", async () => {
    const explanation = await explained([get().rejects("DataError", { message: "?" })]);
    expect(explanation?.causes).toEqual([]);
    expect(explanation?.summary).toMatch(/^It was rejected after 2\.0 s\. Nothing is known/);
  });

  test.each(ERROR_MESSAGES.filter(({ message }) => typeof message === "string"))(
    "knows what $engine means by $name: $message",
    async ({ engine, name, message, causes }) => {
      const browsers = { webkit: safari("18.5"), chromium: CHROME, firefox: FIREFOX };
      const rejected = create().rejects(name, { message: String(message), after: 1_000 });
      const explanation = await explained([rejected], { browser: browsers[engine] });
      expect(causes).toContain(explanation?.causes[0]?.id);
      if (causes.length === 1) expect(explanation?.causes[0]?.likelihood).toBe("certain");
    },
  );

  test("points at the other call where two overlap", async () => {
    const explanation = await explained([
      get(),
      get().rejects("OperationError", { message: "A request is already pending.", after: 1 }),
    ]);
    expect(explanation?.causes[0]?.for.map(({ callId }) => callId)).toContain("call-0");
  });
});

describe("the table of messages", () => {
  test("names each message of an engine once", () => {
    const keys = ERROR_MESSAGES.map(({ engine, name, message }) => `${engine} ${name} ${message}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("prefers the engine that spoke", () => {
    const insecure = { name: "SecurityError", message: "The operation is insecure." };
    expect(findErrorMessage(insecure, "webkit")?.causes).toContain("web-view-not-associated");
    expect(findErrorMessage(insecure, "firefox")?.causes).not.toContain("web-view-not-associated");
  });
});
