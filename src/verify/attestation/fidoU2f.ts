import type { FidoU2fStatement } from "../../decode/attestation/fidoU2f.js";
import { cannotTell, fail, pass } from "../said.js";
import { type Attested, judgeSignature, type VerifyStatement } from "./attestation.js";
import { judgeCertificate, judgeTrust, readCertificateChain } from "./certificateChain.js";

export const verifyFidoU2f: VerifyStatement<FidoU2fStatement> = async (statement, attested) => {
  const { signature, certificates = [] } = statement;
  const chain = await readCertificateChain(certificates);
  const { curve } = chain.leafKey;
  const point = rawPoint(attested);
  const aaguid = attested.credential.aaguid;
  return {
    statement:
      certificates.length === 1
        ? pass("The statement has a signature and one certificate.")
        : fail(`The statement has ${certificates.length} certificates; the format has exactly one.`),
    certificate: judgeCertificate(chain, [
      [curve === "P-256", `The certificate’s key is on ${curve ?? "no known curve"}; it must be on P-256.`],
    ]),
    key: point
      ? pass("The credential public key is a point of P-256, as U2F has them.")
      : fail("The credential public key is not a point of P-256, as U2F has them."),
    signature: point
      ? await judgeSignature(
          "the attestation certificate",
          chain.leafKey,
          ES256,
          signature,
          u2fSigned(attested, point),
        )
      : fail("Without a U2F key there is nothing that could have been signed."),
    aaguid:
      aaguid === ZERO_AAGUID
        ? pass("The AAGUID is all zeros, as U2F knows none.")
        : cannotTell(`The AAGUID is ${aaguid}; U2F knows none, and some servers demand zeros.`),
    trust: await judgeTrust(chain, attested),
  };
};

const ES256 = -7;
const ZERO_AAGUID = "00000000-0000-0000-0000-000000000000";

/** @see https://www.w3.org/TR/webauthn-3/#sctn-fido-u2f-attestation */
function u2fSigned(attested: Attested, point: Uint8Array): Uint8Array {
  const { rpIdHash, clientDataHash, credential } = attested;
  return Uint8Array.from([0, ...rpIdHash, ...clientDataHash, ...(credential.credentialId ?? []), ...point]);
}

/** The key uncompressed, as ANSI X9.62 writes points. */
function rawPoint({ credential: { coseKey } }: Attested): Uint8Array | undefined {
  const { x, y } = coseKey ?? {};
  return x?.length === 32 && y?.length === 32 ? Uint8Array.from([4, ...x, ...y]) : undefined;
}
