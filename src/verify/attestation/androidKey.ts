import type { AndroidKeyStatement } from "../../decode/attestation/androidKey.js";
import type { AndroidAuthorizations } from "../../decode/certificate.js";
import { pass, type StepSentence, sentence } from "../said.js";
import { judgeKey, judgeNonce, judgeSignature, type VerifyStatement } from "./attestation.js";
import { judgeCertificate, judgeTrust, readCertificateChain } from "./certificateChain.js";

export const verifyAndroidKey: VerifyStatement<AndroidKeyStatement> = async (statement, attested) => {
  const { algorithm, signature, certificates } = statement;
  const chain = await readCertificateChain(certificates);
  const { keyDescription } = chain.leaf;
  const { signedBytes, clientDataHash } = attested;
  return {
    statement: pass("statement-signed"),
    signature: await judgeSignature(
      "of-credentials-certificate",
      chain.leafKey,
      algorithm,
      signature,
      signedBytes,
    ),
    certificate: judgeCertificate(chain, [
      [keyDescription !== undefined, sentence("certificate-no-key-description")],
      ...demands(keyDescription?.softwareEnforced, keyDescription?.teeEnforced),
    ]),
    nonce: judgeNonce("challenge-in-key-description", keyDescription?.attestationChallenge, clientDataHash),
    key: judgeKey(sentence("the-certificate"), chain.leafKey, attested),
    trust: await judgeTrust(chain, attested),
  };
};

/** @see https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation */
function demands(...lists: (AndroidAuthorizations | undefined)[]): [boolean, StepSentence][] {
  const some = lists.filter((list) => list !== undefined);
  const origins = some.flatMap(({ origin }) => origin ?? []);
  const purposes = some.flatMap(({ purpose }) => purpose ?? []);
  return [
    [!some.some(({ allApplications }) => allApplications), sentence("key-for-all-applications")],
    [
      origins.length > 0 && origins.every((origin) => origin === GENERATED),
      sentence("key-origin", { found: origins.join(" and ") || sentence("not-told"), wanted: GENERATED }),
    ],
    [
      purposes.includes(SIGN),
      sentence("key-purposes", { found: purposes.join(", ") || sentence("not-told"), wanted: SIGN }),
    ],
  ];
}

/** KM_ORIGIN_GENERATED */
const GENERATED = 0;
/** KM_PURPOSE_SIGN */
const SIGN = 2;
