import type { Reading } from "../../recording/readSnapshot.js";
import { github, webkitIdl } from "../../spec/references.js";
import { cannotTell, defineRule, type Judgement, PASSES } from "../rule.js";

export default defineRule({
  id: "binary-not-buffersource",
  title: "Something else stands where bytes are required",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    'The call is rejected at once with a TypeError, in Safari often just "Type error". No sheet comes up.',
  fix: "Decode the base64url text of the server to a `Uint8Array` first, or let `PublicKeyCredential.parseCreationOptionsFromJSON()` and `parseRequestOptionsFromJSON()` do it (Safari 18.4 and later).",
  confidence: "observed",
  references: [
    webkitIdl("PublicKeyCredentialCreationOptions"),
    webkitIdl("PublicKeyCredentialRequestOptions"),
    github("passwordless-lib/fido2-net-lib#375"),
    github("MasterKale/SimpleWebAuthn#467"),
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["api", "publicKey", "descriptors"],
  check({ api, publicKey, descriptors }) {
    const extensions = publicKey.member("extensions");
    const byCredential = extensions.member("prf", "evalByCredential").members();
    const single = [
      publicKey.member("challenge"),
      ...(api === "credentials.create" ? [publicKey.member("user", "id")] : []),
      ...[extensions.member("prf", "eval"), ...byCredential.map(([, salts]) => salts)].flatMap(saltsOf),
      extensions.member("largeBlob", "write"),
    ];
    return [
      ...single.map((reading) => judge([reading])),
      judge(descriptors.map(({ reading }) => reading.member("id"))),
    ];
  },
});

/** One finding for all of a kind: a list of a hundred string ids is one mistake. */
function judge(readings: readonly Reading[]): Judgement {
  const [wrong, ...others] = readings.filter((reading) => !isAllowed(reading));
  if (wrong) {
    const more = others.length > 0 ? `, and ${others.length} more like it` : "";
    return { outcome: "fails", at: wrong.at, evidence: `${wrong.describe()}${more}` };
  }
  if (readings.some(({ isUnknown }) => isUnknown)) return cannotTell("values-not-kept");
  return PASSES;
}

function isAllowed(reading: Reading): boolean {
  return reading.isAbsent || reading.isUnknown || reading.byteLength() !== undefined;
}

function saltsOf(salts: Reading): Reading[] {
  return [salts.member("first"), salts.member("second")];
}
