import { before, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, NOT_APPLICABLE } from "../rule.js";

export default defineRule({
  id: "prf-unsupported-version",
  title: "Safari reads the prf extension from iOS 18 on",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: before(SUPPORT.prf),
  experience:
    "The passkey is made and signs in as usual, and no key material comes with it. Data that is encrypted with it can't be opened on this iPhone.",
  fix: 'Look at `prf.enabled` in `getClientExtensionResults()` of the registration, or at "extension:prf" in `getClientCapabilities()`, and keep another way to unlock the data.',
  reasons: {
    "may-manage": "The page asked first what the browser can do, and may manage without prf.",
  },
  confidence: "documented",
  references: SUPPORT.prf.references,
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "page", "history"],
  check({ api, publicKey, page, history }) {
    const prf = publicKey.member("extensions", "prf");
    if (prf.isUnknown) return cannotTell("extensions-not-kept");
    if (prf.kind !== "object") return NOT_APPLICABLE;
    const fails = { outcome: "fails", at: prf.at, evidence: describeInputs(prf.members()) } as const;
    const asksOnlyForSupport = api === "credentials.create" && prf.member("eval").isAbsent;
    if (asksOnlyForSupport) return { ...fails, severity: "info", effect: "works" };
    if (history.answer(page.realmId, "PublicKeyCredential.getClientCapabilities"))
      return cannotTell("may-manage");
    return fails;
  },
});

function describeInputs(members: readonly [name: string, unknown][]): string {
  const names = members.map(([name]) => name);
  return names.length > 0 ? `prf with ${names.join(" and ")}` : "prf, empty";
}
