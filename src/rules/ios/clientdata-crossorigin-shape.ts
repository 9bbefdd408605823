import { github, webkitSource } from "../../spec/references.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "clientdata-crossorigin-shape",
  title: "The client data has other members than elsewhere",
  severity: "info",
  holdsOn: "ios",
  about: "answer",
  versions: {},
  experience:
    "Nothing is to be seen. A server that checks the client data against a strict schema refuses Safari alone.",
  fix: "Take a missing `crossOrigin` for false, and let members pass that the server does not know.",
  confidence: "source",
  references: [
    webkitSource("WebCore/Modules/webauthn/WebAuthenticationUtils.cpp"),
    github("kanidm/webauthn-rs#243"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["ceremony", "result"],
  check({ ceremony: { decoded, credential }, result }) {
    if (!credential) return NOT_APPLICABLE;
    const clientData = decoded.clientData?.value;
    if (clientData?.type === undefined) return cannotTell("client-data-unread");
    const { at } = result.member("response", "clientDataJSON");
    if (clientData.topOrigin !== undefined)
      return { outcome: "fails", at, field: "topOrigin", evidence: "topOrigin is there" };
    return clientData.crossOrigin === undefined
      ? { outcome: "fails", at, evidence: "crossOrigin absent" }
      : PASSES;
  },
});
