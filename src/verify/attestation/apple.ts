import type { AppleStatement } from "../../decode/attestation/apple.js";
import { pass, sentence } from "../said.js";
import { digest } from "../webCrypto.js";
import { judgeKey, judgeNonce, type VerifyStatement } from "./attestation.js";
import { judgeCertificate, judgeTrust, readCertificateChain } from "./certificateChain.js";

/** There is no signature of its own: the certificate is made for the credential, with a nonce inside. */
export const verifyApple: VerifyStatement<AppleStatement> = async ({ certificates }, attested) => {
  const chain = await readCertificateChain(certificates);
  const expected = (await digest("SHA-256", attested.signedBytes))!;
  return {
    statement: pass("statement-certificates"),
    certificate: judgeCertificate(chain, []),
    nonce: judgeNonce("nonce-in-certificate", chain.leaf.appleNonce, expected),
    key: judgeKey(sentence("the-certificate"), chain.leafKey, attested),
    trust: await judgeTrust(chain, attested),
  };
};
