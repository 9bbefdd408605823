import type { FidoU2fStatement } from "../../decode/attestation/fidoU2f.js";
import { cannotTell, fail, pass, sentence } from "../said.js";
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
        ? pass("statement-one-certificate")
        : fail("statement-not-one-certificate", { count: certificates.length }),
    certificate: judgeCertificate(chain, [
      [curve === "P-256", sentence("certificate-curve", { curve: curve ?? sentence("no-curve") })],
    ]),
    key: point ? pass("u2f-key") : fail("u2f-key-wrong"),
    signature: point
      ? await judgeSignature("of-certificate", chain.leafKey, ES256, signature, u2fSigned(attested, point))
      : fail("u2f-nothing-signed"),
    aaguid:
      aaguid === ZERO_AAGUID ? pass("u2f-aaguid") : cannotTell("u2f-aaguid-other", { aaguid: `${aaguid}` }),
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
