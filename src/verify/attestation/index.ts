import { type AuthenticatorFacts, problemsSaid } from "../authenticatorDataSteps.js";
import type { CeremonyFacts } from "../ceremonyFacts.js";
import { unreadable } from "../clientDataSteps.js";
import type { Step } from "../judgeSteps.js";
import { cannotTell, fail, notApplicable, pass, quoted, type Said } from "../said.js";
import { digest, NO_WEB_CRYPTO } from "../webCrypto.js";
import type { AttestationFormat, AttestationSaid, Attested } from "./attestation.js";
import { none } from "./none.js";

/** By their names in attestation objects. @see https://www.iana.org/assignments/webauthn/webauthn.xhtml */
export const ATTESTATION_FORMATS: ReadonlyMap<string, AttestationFormat> = new Map([["none", none]]);

export interface AttestationFacts extends AuthenticatorFacts {
  attestation: { format: Said; spec: string; said: AttestationSaid };
}

/** The steps about the attestation statement. Which demands they check is the format's affair. */
export const ATTESTATION_STEPS: readonly Step<AttestationFacts>[] = [
  {
    check: "attestation-format",
    spec: "sctn-defined-attestation-formats",
    judge: ({ attestation }) => attestation.format,
  },
  step("statement", "sets no demands on its statement"),
  step("signature", "has no signature"),
  step("certificate", "has no certificate"),
  step("aaguid", "does not repeat the AAGUID"),
  step("nonce", "has no nonce of its own"),
  step("key", "does not repeat the credential public key"),
  step("trust", "leads to no authority that could be trusted"),
];

function step(part: keyof AttestationSaid, without: string): Step<AttestationFacts> {
  return {
    check: `attestation-${part}`,
    spec: "reg-ceremony-verify-attestation",
    judge: ({ attestation: { said, spec, format } }) => ({
      ...(said[part] ??
        notApplicable(
          format.outcome === "pass"
            ? `This attestation ${without}.`
            : "There is no statement that could be judged.",
        )),
      spec,
    }),
  };
}

/** Judges the attestation statement in one go, as its parts are verified together. */
export async function judgeAttestation(
  { decoded, credential }: CeremonyFacts,
  authenticator: AuthenticatorFacts["authenticator"],
  roots: readonly Uint8Array[],
  at: number,
): Promise<AttestationFacts["attestation"]> {
  const nothing = (format: Said) => ({ format, spec: "reg-ceremony-verify-attestation", said: {} });
  const response = credential.member("response");
  if (!decoded.attestationObject)
    return nothing(unreadable(response.member("attestationObject"), "attestationObject"));
  const { attestationFormat: name, attestationStatement: statement } = decoded.attestationObject.value;
  if (name === undefined) return nothing(fail("The attestation object names no format."));
  const format = ATTESTATION_FORMATS.get(name);
  if (!format) return nothing(cannotTell(`The format ${quoted(name)} can’t be verified here.`));
  const known = pass(`The format is ${quoted(name)}.`);
  const clientData = response.member("clientDataJSON").bytes();
  const clientDataHash = clientData && (await digest("SHA-256", clientData));
  if ("outcome" in authenticator || !authenticator.data.rpIdHash || !clientDataHash) {
    const why =
      clientData && !clientDataHash ? NO_WEB_CRYPTO : "authenticator data or client data can’t be read";
    return {
      format: known,
      spec: format.spec,
      said: { statement: cannotTell(`It can’t be judged: ${why}.`) },
    };
  }
  const attested: Attested = {
    statement,
    authData: authenticator.bytes,
    rpIdHash: authenticator.data.rpIdHash,
    attested: authenticator.data.attestedCredentialData ?? {},
    clientDataHash,
    signedBytes: joined(authenticator.bytes, clientDataHash),
    roots,
    at,
  };
  const said = await format.verify(attested);
  const problems = decoded.attestationObject.problems.filter(({ path }) =>
    path?.startsWith("attestationStatement."),
  );
  const malformed = said.statement?.outcome === "fail" ? undefined : problemsSaid(problems);
  return { format: known, spec: format.spec, said: malformed ? { ...said, statement: malformed } : said };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
