import type { PackedStatement } from "../../decode/attestation/packed.js";
import { describeCoseAlgorithm } from "../../spec/cose.js";
import { cannotTell, fail, notApplicable, pass, type StepSentence, sentence, shorten } from "../said.js";
import { type AttestationSaid, type Attested, judgeSignature, type VerifyStatement } from "./attestation.js";
import {
  type CertificateChain,
  judgeAaguid,
  judgeCertificate,
  judgeTrust,
  readCertificateChain,
  subjectAttribute,
} from "./certificateChain.js";

export const verifyPacked: VerifyStatement<PackedStatement> = async (statement, attested) => {
  if (statement.kind === "self") return verifySelf(statement, attested);
  if (statement.kind === "ecdaa") return { signature: cannotTell("statement-ecdaa") };
  const { algorithm, signature, certificates } = statement;
  const chain = await readCertificateChain(certificates);
  const { signedBytes } = attested;
  return {
    statement: pass("statement-signed"),
    signature: await judgeSignature("of-certificate", chain.leafKey, algorithm, signature, signedBytes),
    certificate: judgeCertificate(chain, demands(chain)),
    aaguid: judgeAaguid(chain, attested),
    trust: await judgeTrust(chain, attested),
  };
};

async function verifySelf(
  { algorithm, signature }: PackedStatement,
  attested: Attested,
): Promise<AttestationSaid> {
  const key = attested.credential.coseKey ?? {};
  const isSame = algorithm === key.algorithm;
  const words = (each: number | undefined) =>
    each === undefined ? sentence("none") : describeCoseAlgorithm(each);
  return {
    statement: isSame
      ? pass("statement-algorithm", { algorithm: words(algorithm) })
      : fail("statement-algorithm-other", {
          algorithm: words(algorithm),
          credentials: words(key.algorithm),
        }),
    signature: await judgeSignature("of-credential", key, key.algorithm, signature, attested.signedBytes),
    trust: notApplicable("trust-self"),
  };
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements */
function demands(chain: CertificateChain): [boolean, StepSentence][] {
  const { leaf } = chain;
  const [country, organization, unit, commonName] = ["C", "O", "OU", "CN"].map((type) =>
    subjectAttribute(chain, type),
  );
  const aaguid = leaf.extensions?.find(({ id }) => id === AAGUID_EXTENSION);
  return [
    [leaf.version === 3, sentence("certificate-version", { version: `${leaf.version}` })],
    [
      country !== undefined && /^[A-Z]{2}$/i.test(country),
      sentence("certificate-country", { country: shorten(country ?? "") }),
    ],
    [!!organization, sentence("certificate-no-organization")],
    [unit === "Authenticator Attestation", sentence("certificate-unit", { unit: shorten(unit ?? "") })],
    [!!commonName, sentence("certificate-no-common-name")],
    [!leaf.basicConstraints?.isAuthority, sentence("certificate-of-authority")],
    [aaguid?.critical !== true, sentence("certificate-aaguid-critical")],
  ];
}

const AAGUID_EXTENSION = "1.3.6.1.4.1.45724.1.1.4";
