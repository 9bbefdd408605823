import { call, chromeOnIphone, create, safari } from "../../../support/recordings.js";
import type { RuleCase } from "../ruleCase.js";

const asks = (answer: boolean) =>
  call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable").returns(answer);
const forKeys = () => create({ authenticatorSelection: { authenticatorAttachment: "cross-platform" } });

export default [
  {
    when: "the page asks for a key after a false",
    says: "fails",
    calls: [asks(false), forKeys()],
    page: { browser: chromeOnIphone("18.5") },
    finding: {
      severity: "error",
      at: "/arguments/0/publicKey/authenticatorSelection/authenticatorAttachment",
      related: [0],
    },
  },
  {
    when: "the API had said true",
    says: "passes",
    calls: [asks(true), forKeys()],
    page: { browser: safari("18.5") },
  },
  { when: "the page never asked", says: "passes", calls: [forKeys()], page: { browser: safari("18.5") } },
  {
    when: "the page leaves the attachment out",
    says: "not-applicable",
    calls: [asks(false), create()],
    page: { browser: safari("18.5") },
  },
  {
    when: "on iOS 15",
    says: "not-applicable",
    calls: [asks(false), forKeys()],
    page: { browser: safari("15.6") },
  },
  {
    when: "on Windows, where false means something",
    says: "not-applicable",
    calls: [asks(false), forKeys()],
  },
] satisfies RuleCase[];
