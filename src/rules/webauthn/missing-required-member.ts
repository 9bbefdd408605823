import { AUTHENTICATOR_COORDINATOR, spec, webkitIdl } from "../../spec/references.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

const OF_A_CREATION = [
  ["rp", "name"],
  ["user", "id"],
  ["user", "name"],
  ["user", "displayName"],
  ["challenge"],
  ["pubKeyCredParams"],
];

export default defineRule({
  id: "missing-required-member",
  title: "A required member is missing",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    "No sheet comes up. The call is rejected at once with a TypeError that rarely names the member.",
  fix: 'Send the member. `user.displayName` may be "", and an empty `pubKeyCredParams` stands for ES256 and RS256, but both have to be there.',
  cases: {
    named: { title: "{member} is required, and missing" },
  },
  confidence: "source",
  references: [
    spec("dictdef-publickeycredentialcreationoptions", "PublicKeyCredentialCreationOptions"),
    webkitIdl("PublicKeyCredentialCreationOptions"),
    AUTHENTICATOR_COORDINATOR,
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey"],
  check({ api, publicKey }) {
    if (publicKey.isAbsent) return NOT_APPLICABLE;
    if (publicKey.isUnknown) return cannotTell("options-not-kept");
    const required = api === "credentials.create" ? OF_A_CREATION : [["challenge"]];
    return required.map((names): Judgement => {
      const reading = publicKey.member(...names);
      if (!reading.isAbsent) return PASSES;
      const holder = publicKey.member(...names.slice(0, -1));
      return {
        outcome: "fails",
        at: holder.isAbsent ? holder.at : reading.at,
        evidence: "absent",
        case: "named",
        values: { member: names.join(".") },
      };
    });
  },
});
