import type { AndroidKeyStatement } from "../../decode/attestation/androidKey.js";
import type { AndroidAuthorizations } from "../../decode/certificate.js";
import { pass } from "../said.js";
import { judgeKey, judgeNonce, judgeSignature, type VerifyStatement } from "./attestation.js";
import { judgeCertificate, judgeTrust, readCertificateChain } from "./certificateChain.js";

export const verifyAndroidKey: VerifyStatement<AndroidKeyStatement> = async (statement, attested) => {
  const { algorithm, signature, certificates } = statement;
  const chain = await readCertificateChain(certificates);
  const { keyDescription } = chain.leaf;
  const { signedBytes, clientDataHash } = attested;
  return {
    statement: pass("The statement has an algorithm, a signature and certificates."),
    signature: await judgeSignature(
      "the credential’s certificate",
      chain.leafKey,
      algorithm,
      signature,
      signedBytes,
    ),
    certificate: judgeCertificate(chain, [
      [keyDescription !== undefined, "The certificate does not describe its key."],
      ...demands(keyDescription?.softwareEnforced, keyDescription?.teeEnforced),
    ]),
    nonce: judgeNonce(
      "The challenge in the key description",
      keyDescription?.attestationChallenge,
      clientDataHash,
    ),
    key: judgeKey("the certificate", chain.leafKey, attested),
    trust: await judgeTrust(chain, attested),
  };
};

/** @see https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation */
function demands(...lists: (AndroidAuthorizations | undefined)[]): [boolean, string][] {
  const some = lists.filter((list) => list !== undefined);
  const origins = some.flatMap(({ origin }) => origin ?? []);
  const purposes = some.flatMap(({ purpose }) => purpose ?? []);
  return [
    [
      !some.some(({ allApplications }) => allApplications),
      "The key may be used by all applications; a passkey belongs to one relying party.",
    ],
    [
      origins.length > 0 && origins.every((origin) => origin === GENERATED),
      `The key’s origin is ${origins.join(" and ") || "not told"}; it must be ${GENERATED}, generated on the device.`,
    ],
    [
      purposes.includes(SIGN),
      `The key’s purposes are ${purposes.join(", ") || "not told"}; ${SIGN}, signing, must be among them.`,
    ],
  ];
}

/** KM_ORIGIN_GENERATED */
const GENERATED = 0;
/** KM_PURPOSE_SIGN */
const SIGN = 2;
