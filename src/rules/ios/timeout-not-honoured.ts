import { COORDINATOR_PROXY, spec, webkitSource } from "../../spec/references.js";
import { before, SUPPORT } from "../../spec/support.js";
import { defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

/** milliseconds; the shortest that the specification recommends */
const RECOMMENDED = 300_000;

export default defineRule({
  id: "timeout-not-honoured",
  title: "The timeout is shorter than a person needs, or has no effect",
  severity: [{ ...before(SUPPORT.systemSheet), is: "warning" }, { is: "info" }],
  holdsOn: "ios",
  about: "request",
  versions: {},
  experience:
    "Since Safari 17.4 the sheet stays until the person closes it, however short the timeout. Up to 17.3 it goes after the timeout, at the latest after two minutes.",
  fix: "Send `timeout: 300000`, and don't hang anything in the page on it: a timer of the page's own may start a second call while the sheet is still up.",
  confidence: "source",
  references: [
    spec("sctn-timeout-recommended-range", "recommended range for timeouts"),
    COORDINATOR_PROXY,
    webkitSource("WebKit/UIProcess/WebAuthentication/AuthenticatorManager.cpp"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["publicKey", "mediation"],
  check({ publicKey, mediation }) {
    const timeout = publicKey.member("timeout");
    const milliseconds = timeout.number();
    // AutoFill has no timer.
    if (milliseconds === undefined || mediation === "conditional") return NOT_APPLICABLE;
    if (milliseconds >= RECOMMENDED) return PASSES;
    const isEnough = milliseconds >= 120_000;
    return {
      outcome: "fails",
      at: timeout.at,
      evidence: timeout.describe(),
      ...(isEnough && { severity: "info" }),
    };
  },
});
