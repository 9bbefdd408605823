import { COORDINATOR_PROXY, github, spec } from "../../spec/references.js";
import { defineRule, type Judgement, PASSES } from "../rule.js";

export default defineRule({
  id: "transports-not-stored-or-stale",
  title: "The transports are not those that the registration returned",
  severity: "warning",
  holdsOn: "everywhere",
  about: "request",
  effect: "differs",
  versions: {},
  experience:
    "The iPhone shows the wrong sheet: a QR code for a passkey that is on it, or a security key for a person who has none.",
  fix: "Store what `getTransports()` returned with the credential, and send exactly that; leave `transports` out where it was empty.",
  cases: {
    "not-sent": {
      title: "The transports that the registration returned are not sent",
      experience: "It works. The sheet offers more ways than this credential has.",
    },
  },
  confidence: "source",
  references: [
    COORDINATOR_PROXY,
    github("authelia/authelia#2970"),
    spec("dom-authenticatorattestationresponse-gettransports", "getTransports()"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["descriptors", "history"],
  check({ descriptors, history }) {
    return descriptors.map(({ id, transports, reading }): Judgement => {
      const registration = id === undefined ? undefined : history.credential(id)?.registration;
      const returned = registration?.credential.transports ?? [];
      if (!registration || returned.length === 0) return PASSES;
      const sent = new Set(transports);
      const missing = returned.filter((transport) => !sent.has(transport));
      const added = [...sent].filter((transport) => !returned.includes(transport) && transport !== "hybrid");
      if (missing.length === 0 && added.length === 0) return PASSES;
      return {
        outcome: "fails",
        at: reading.member("transports").at,
        evidence: `${[...sent].join(", ") || "absent"}; the registration returned ${returned.join(", ")}`,
        relatedCallIds: [registration.callId],
        ...(sent.size === 0 && { severity: "info", effect: "works", case: "not-sent" }),
      };
    });
  },
});
