import { COMPOUND } from "../../decode/attestation/compound.js";
import { ATTESTATION_FORMATS, type AttestationStatement } from "../../decode/attestation/index.js";
import { type AuthenticatorFacts, problemsSaid } from "../authenticatorDataSteps.js";
import type { CeremonyFacts } from "../ceremonyFacts.js";
import { unreadable } from "../clientDataSteps.js";
import type { Step } from "../judgeSteps.js";
import { cannotTell, fail, notApplicable, pass, type Said, sentence, shorten } from "../said.js";
import { digest } from "../webCrypto.js";
import { verifyAndroidKey } from "./androidKey.js";
import { verifyAndroidSafetynet } from "./androidSafetynet.js";
import { verifyApple } from "./apple.js";
import type { AttestationSaid, Attested } from "./attestation.js";
import { verifyCompound } from "./compound.js";
import { verifyFidoU2f } from "./fidoU2f.js";
import { verifyNone } from "./none.js";
import { verifyPacked } from "./packed.js";
import { verifyTpm } from "./tpm.js";

export interface AttestationFacts extends AuthenticatorFacts {
  attestation: {
    format: Said;
    /** anchor of the format's section */
    spec: string;
    said: AttestationSaid;
  };
}

/** The steps about the attestation statement. What each of them checks is the format's affair. */
export const ATTESTATION_STEPS: readonly Step<AttestationFacts>[] = [
  {
    check: "attestation-format",
    spec: "sctn-defined-attestation-formats",
    fields: ["attestationObject.attestationFormat"],
    judge: ({ attestation }) => attestation.format,
  },
  stepOf("statement", inStatement("")),
  stepOf("signature", inStatement(".signature", ".response.signature")),
  stepOf("certificate", inStatement(".certificates[0]", ".certificates", ".response.header")),
  stepOf("aaguid", ["authenticatorData.attestedCredentialData.aaguid"]),
  stepOf(
    "nonce",
    inStatement(
      ".certInfo.extraData",
      ".certificates[0].extensions",
      ".response.payload",
      ".certificates[0]",
    ),
  ),
  stepOf("key", inStatement(".pubArea", ".certificates[0].publicKey", ".certificates[0]")),
  stepOf("trust", inStatement(".certificates", ".response.header")),
];

/** Members of the statement, and where those of a compound one begin. */
function inStatement(...members: string[]): string[] {
  return [...members, ""].map((member) => `attestationObject.attestationStatement${member}`);
}

function stepOf(part: keyof AttestationSaid, fields: readonly string[]): Step<AttestationFacts> {
  return {
    check: `attestation-${part}`,
    spec: "reg-ceremony-verify-attestation",
    fields,
    judge: ({ attestation: { said, spec, format } }) => ({
      ...(said[part] ?? notApplicable(format.outcome === "pass" ? `without-${part}` : "attestation-nothing")),
      spec,
    }),
  };
}

/** Judges the attestation statement in one go: its parts are verified together. */
export async function judgeAttestation(
  { decoded, credential, at }: CeremonyFacts,
  authenticator: AuthenticatorFacts["authenticator"],
  roots: readonly Uint8Array[],
): Promise<AttestationFacts["attestation"]> {
  const without = (format: Said) => ({ format, spec: "reg-ceremony-verify-attestation", said: {} });
  const response = credential.member("response");
  if (!decoded.attestationObject)
    return without(unreadable(response.member("attestationObject"), "attestationObject"));
  const { value, problems } = decoded.attestationObject;
  const { attestationFormat: name, statement } = value;
  if (name === undefined) return without(fail("attestation-no-format"));
  const spec = ANCHORS.get(name);
  if (spec === undefined) return without(fail("attestation-format-unknown", { format: shorten(name) }));
  const judged = (said: AttestationSaid) => ({
    format: pass("attestation-format", { format: shorten(name) }),
    spec,
    said,
  });

  const malformed = problemsSaid(problems.filter(isOfStatement));
  if (!statement) return judged({ statement: malformed ?? fail("attestation-no-statement") });
  const clientData = response.member("clientDataJSON").bytes();
  const clientDataHash = clientData && (await digest("SHA-256", clientData));
  if (clientData && !clientDataHash)
    return judged({ statement: cannotTell("attestation-unchecked", { reason: sentence("no-web-crypto") }) });
  if ("outcome" in authenticator || !authenticator.data.rpIdHash || !clientDataHash)
    return judged({ statement: cannotTell("attestation-unread") });
  const said = await verifyStatement(statement, {
    authData: authenticator.bytes,
    rpIdHash: authenticator.data.rpIdHash,
    credential: authenticator.data.attestedCredentialData ?? {},
    clientDataHash,
    signedBytes: joined(authenticator.bytes, clientDataHash),
    roots,
    at,
  });
  return judged(malformed && said.statement?.outcome !== "fail" ? { ...said, statement: malformed } : said);
}

/** Whether a problem of an attestation object is one of the statement inside. */
export function isOfStatement({ code, path }: { code: string; path?: string }): boolean {
  return path?.startsWith("attestationStatement") === true && !code.startsWith("attestation-object-");
}

const ANCHORS: ReadonlyMap<string, string> = new Map(
  [...ATTESTATION_FORMATS, COMPOUND].map(({ identifier, anchor }) => [identifier, anchor]),
);

function verifyStatement(
  statement: AttestationStatement,
  attested: Attested,
): AttestationSaid | Promise<AttestationSaid> {
  switch (statement.format) {
    case "none":
      return verifyNone(statement, attested);
    case "packed":
      return verifyPacked(statement, attested);
    case "fido-u2f":
      return verifyFidoU2f(statement, attested);
    case "apple":
      return verifyApple(statement, attested);
    case "tpm":
      return verifyTpm(statement, attested);
    case "android-key":
      return verifyAndroidKey(statement, attested);
    case "android-safetynet":
      return verifyAndroidSafetynet(statement, attested);
    case "compound":
      return verifyCompound(verifyStatement)(statement, attested);
    case "unknown":
      return {
        statement: cannotTell("attestation-format-in-compound-unknown", {
          format: shorten(statement.identifier),
        }),
      };
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
