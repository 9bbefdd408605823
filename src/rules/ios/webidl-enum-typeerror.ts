import type { Reading } from "../../recording/readSnapshot.js";
import { github, webkitIdl, webkitPull } from "../../spec/references.js";
import { isSupported, SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Fails, type Judgement, PASSES } from "../rule.js";

export default defineRule({
  id: "webidl-enum-typeerror",
  title: "Safari does not know this value, and rejects the whole call",
  severity: "error",
  holdsOn: "ios",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    'Nothing comes up. The call is rejected at once with "TypeError: Type error", though Chrome ignores the value and works.',
  fix: "Leave the member out instead of sending null or an empty string, and drop transports that the list of WebAuthn Level 3 does not have.",
  cases: {
    mediation: {
      fix: 'Send `mediation: "immediate"` only where `getClientCapabilities()` reports `immediateGet`, and leave the member out elsewhere.',
    },
    "may-pass": {
      title: "Safari up to 26.1 does not know this value, and rejects the whole call",
      experience:
        'Up to Safari 26.1 nothing comes up, and the call is rejected at once with "TypeError: Type error". Later versions may pass over the value, as Chrome does.',
    },
  },
  confidence: "source",
  references: [
    webkitIdl("AuthenticatorTransport"),
    webkitIdl("PublicKeyCredentialCreationOptions"),
    github("MasterKale/SimpleWebAuthn#467"),
    github("FusionAuth/fusionauth-issues#1950"),
    github("web-auth/doc#34"),
    webkitPull(1856),
    ...SUPPORT.unknownAttachment.references,
  ],
  on: ["credentials.create", "credentials.get"],
  asks: ["options", "publicKey", "descriptors", "platform"],
  check({ options, publicKey, descriptors, platform }) {
    const selection = publicKey.member("authenticatorSelection");
    const types = [
      ...descriptors.map(({ reading }) => reading),
      ...publicKey.member("pubKeyCredParams").items(),
    ];
    const isBefore16 =
      platform.safari !== undefined && !isSupported(SUPPORT.hybridTransport, platform.safari);
    const isRelaxed =
      platform.safari !== undefined && isSupported(SUPPORT.unknownAttachment, platform.safari);
    return [
      judge(ATTACHMENTS, [selection.member("authenticatorAttachment")], isRelaxed ? MAY_PASS : {}),
      judge(REQUIREMENTS, [selection.member("residentKey")]),
      judge(REQUIREMENTS, [selection.member("userVerification")]),
      judge(REQUIREMENTS, [publicKey.member("userVerification")]),
      judge(ATTESTATIONS, [publicKey.member("attestation")]),
      judge(MEDIATIONS, [options.member("mediation")], { case: "mediation" }),
      judge(
        TYPES,
        types.map((reading) => reading.member("type")),
      ),
      judge(
        isBefore16 ? TRANSPORTS_BEFORE_16 : TRANSPORTS,
        descriptors.flatMap(({ reading }) => reading.member("transports").items()),
      ),
    ];
  },
});

const ATTACHMENTS = ["platform", "cross-platform"];
const REQUIREMENTS = ["required", "preferred", "discouraged"];
const ATTESTATIONS = ["none", "indirect", "direct", "enterprise"];
const MEDIATIONS = ["silent", "optional", "required", "conditional"];
const TYPES = ["public-key"];
const TRANSPORTS_BEFORE_16 = ["usb", "nfc", "ble", "internal", "cable", "smart-card"];
const TRANSPORTS = [...TRANSPORTS_BEFORE_16, "hybrid"];

/** Not confirmed of any release. */
const MAY_PASS: Partial<Fails> = { severity: "warning", effect: "differs", case: "may-pass" };

/** One finding for all of a kind: the same wrong transport in twenty entries is one mistake. */
function judge(
  allowed: readonly string[],
  readings: readonly Reading[],
  special: Partial<Fails> = {},
): Judgement {
  const [wrong, ...others] = readings.filter((reading) => !isAllowed(allowed, reading));
  if (wrong) {
    const more = others.length > 0 ? `, and ${others.length} more like it` : "";
    return { outcome: "fails", at: wrong.at, evidence: `${wrong.describe()}${more}`, ...special };
  }
  if (readings.some(({ isUnknown }) => isUnknown)) return cannotTell("values-not-kept");
  return PASSES;
}

function isAllowed(allowed: readonly string[], reading: Reading): boolean {
  return reading.isAbsent || reading.isUnknown || allowed.includes(reading.text() ?? "");
}
