import { call, chromeOnIphone, create, get, passkey, safari, webview } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const fast = { after: 40 };
const inApp = { browser: webview("17.5") };
const isUvpaa = () => call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable");
const isConditionalAvailable = () => call("PublicKeyCredential.isConditionalMediationAvailable");

export default [
  {
    when: "a sign-in is rejected faster than a person can decline",
    says: "fails",
    calls: [get().rejects("NotAllowedError", fast)],
    page: inApp,
    finding: {
      severity: "error",
      at: "/outcome/error",
      evidence: "NotAllowedError after 40 ms",
      fix: /ASWebAuthenticationSession/,
    },
  },
  {
    when: "the message of Safari 17.3 names the entitlement",
    says: "fails",
    calls: [
      get().rejects("NotAllowedError", {
        message:
          "The 'navigator.credentials.get' API is only permitted in applications with the 'com.apple.developer.web-browser' entitlement",
      }),
    ],
    page: { browser: webview("17.3") },
  },
  {
    when: "the system says that the app is not associated",
    says: "fails",
    calls: [
      create().rejects("SecurityError", {
        message: "Application with identifier ABC.com.example is not associated with the domain example.com",
      }),
    ],
    page: inApp,
  },
  {
    when: "neither a passkey nor AutoFill is available",
    says: "fails",
    calls: [isUvpaa().returns(false), isConditionalAvailable().returns(false)],
    page: inApp,
    finding: { at: "/outcome/value", related: [0] },
  },
  {
    when: "neither is available, asked in the other order",
    says: "fails",
    calls: [isConditionalAvailable().returns(false), isUvpaa().returns(false)],
    page: inApp,
  },
  {
    when: "one of the two is available",
    says: "not-applicable",
    calls: [isUvpaa().returns(true), isConditionalAvailable().returns(false)],
    page: inApp,
  },
  {
    when: "neither is available on iOS 16.3, which does not know yet",
    says: "not-applicable",
    calls: [isUvpaa().returns(false), isConditionalAvailable().returns(false)],
    page: { browser: webview("16.3") },
  },
  {
    when: "it took as long as a person takes",
    says: "cannot-tell",
    calls: [get().rejects("NotAllowedError")],
    page: inApp,
  },
  {
    when: "the web view hides its version, which is at least 18.6",
    says: "fails",
    calls: [get().rejects("NotAllowedError", fast)],
    page: { browser: webview("26.1") },
  },
  {
    when: "a web view that hides its version has neither passkeys nor AutoFill",
    says: "fails",
    calls: [
      call("PublicKeyCredential.isConditionalMediationAvailable").returns(false),
      call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable").returns(false),
    ],
    page: { browser: webview("26.1") },
    finding: { related: [0] },
  },
  {
    when: "it is rejected at once as insecure, though the RP ID is the page's",
    says: "fails",
    calls: [get().rejects("SecurityError", fast)],
    page: inApp,
  },
  { when: "it works", says: "passes", calls: [get().returns(passkey("A"))], page: inApp },
  {
    when: "in Safari",
    says: "not-applicable",
    calls: [get().rejects("NotAllowedError", fast)],
    page: { browser: safari("17.5") },
  },
  {
    when: "in another browser, which has the entitlement",
    says: "not-applicable",
    calls: [get().rejects("NotAllowedError", fast)],
    page: { browser: chromeOnIphone("17.5") },
  },
  {
    when: "the message names another cause",
    says: "not-applicable",
    calls: [get().rejects("NotAllowedError", { message: "The document is not focused.", ...fast })],
    page: inApp,
  },
  {
    when: "the RP ID is another site's, which is cause enough",
    says: "not-applicable",
    calls: [get({ rpId: "example.org" }).rejects("NotAllowedError", fast)],
    page: inApp,
  },
  {
    when: "the call was aborted",
    says: "not-applicable",
    calls: [get().rejects("AbortError", fast)],
    page: inApp,
  },
  {
    when: "it took 300 ms",
    says: "fails",
    calls: [get().rejects("NotAllowedError", { after: 300 })],
    page: inApp,
  },
  {
    when: "it took 301 ms",
    says: "cannot-tell",
    calls: [get().rejects("NotAllowedError", { after: 301 })],
    page: inApp,
  },
  {
    when: "the page had no focus, which is cause enough",
    says: "not-applicable",
    calls: [
      get()
        .rejects("NotAllowedError", fast)
        .with({ environment: { hasFocus: false } }),
    ],
    page: inApp,
  },
  {
    when: "the RP ID is the domain above the page's",
    says: "fails",
    calls: [get().rejects("NotAllowedError", fast)],
    page: { ...inApp, origin: "https://login.example.com" },
  },
  { when: "the call is open", says: "not-applicable", calls: [get()], page: inApp },
  {
    when: "passkeys are not available, and AutoFill was not asked about",
    says: "not-applicable",
    calls: [isUvpaa().returns(false)],
    page: inApp,
  },
  {
    when: "the words of a NotAllowedError come with another name",
    says: "not-applicable",
    calls: [
      get().rejects("UnknownError", {
        message: "The request is not allowed by the user agent or the platform in the current context",
        ...fast,
      }),
    ],
    page: inApp,
  },
] satisfies RuleCase[];
