import type { PackedStatement } from "../../decode/attestation/packed.js";
import { describeCoseAlgorithm } from "../../spec/cose.js";
import { cannotTell, fail, notApplicable, pass, quoted } from "../said.js";
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
  if (statement.kind === "ecdaa")
    return { signature: cannotTell("The statement is signed with ECDAA, which Level 2 gave up.") };
  const { algorithm, signature, certificates } = statement;
  const chain = await readCertificateChain(certificates);
  const { signedBytes } = attested;
  return {
    statement: pass("The statement has an algorithm, a signature and certificates."),
    signature: await judgeSignature(
      "the attestation certificate",
      chain.leafKey,
      algorithm,
      signature,
      signedBytes,
    ),
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
  const words = (each: number | undefined) => (each === undefined ? "none" : describeCoseAlgorithm(each));
  return {
    statement: isSame
      ? pass(`The statement’s algorithm is the credential’s, ${words(algorithm)}.`)
      : fail(
          `The statement’s algorithm is ${words(algorithm)}; the credential’s is ${words(key.algorithm)}.`,
        ),
    signature: await judgeSignature(
      "the credential itself",
      key,
      key.algorithm,
      signature,
      attested.signedBytes,
    ),
    trust: notApplicable("The credential attests itself: there is no authority to trust."),
  };
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements */
function demands(chain: CertificateChain): [boolean, string][] {
  const { leaf } = chain;
  const [country, organization, unit, commonName] = ["C", "O", "OU", "CN"].map((type) =>
    subjectAttribute(chain, type),
  );
  const aaguid = leaf.extensions?.find(({ id }) => id === AAGUID_EXTENSION);
  return [
    [leaf.version === 3, `The certificate is of version ${leaf.version}; it must be of version 3.`],
    [
      country !== undefined && /^[A-Z]{2}$/i.test(country),
      `The certificate’s country is ${quoted(country ?? "")}; it must be of two letters.`,
    ],
    [!!organization, "The certificate names no organization (O)."],
    [
      unit === "Authenticator Attestation",
      `The certificate’s OU is ${quoted(unit ?? "")}; it must be “Authenticator Attestation”.`,
    ],
    [!!commonName, "The certificate names no common name (CN)."],
    [!leaf.basicConstraints?.isAuthority, "The certificate is that of an authority; it must not be one."],
    [aaguid?.critical !== true, "The certificate’s AAGUID extension is critical; it must not be."],
  ];
}

const AAGUID_EXTENSION = "1.3.6.1.4.1.45724.1.1.4";
