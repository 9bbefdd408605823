import { encodeBase64 } from "../../bytes/base64url.js";
import type { AndroidSafetynetStatement } from "../../decode/attestation/androidSafetynet.js";
import { cannotTell, fail, pass, type Said, sentence, shorten } from "../said.js";
import { digest } from "../webCrypto.js";
import { judgeSignature, type VerifyStatement } from "./attestation.js";
import { judgeCertificate, judgeTrust, readCertificateChain, subjectAttribute } from "./certificateChain.js";

export const verifyAndroidSafetynet: VerifyStatement<AndroidSafetynetStatement> = async (
  statement,
  attested,
) => {
  const { response = {}, version } = statement;
  const { header, payload, signature, signedBytes, certificates } = response;
  const chain = await readCertificateChain(certificates);
  const names = [subjectAttribute(chain, "CN"), ...(chain.leaf.subjectAlternativeNames ?? [])];
  const expected = encodeBase64((await digest("SHA-256", attested.signedBytes))!);
  return {
    statement: judgeStatement(version, payload),
    certificate: judgeCertificate(chain, [
      [names.includes(HOST), sentence("certificate-host", { found: shorten(names[0] ?? ""), wanted: HOST })],
    ]),
    nonce: judgeText(payload?.get("nonce"), expected),
    signature: await judgeJws(chain.leafKey, header?.get("alg"), signature, signedBytes),
    trust: await judgeTrust(chain, attested),
  };
};

const HOST = "attest.android.com";

function judgeStatement(
  version: string | undefined,
  payload: ReadonlyMap<string, unknown> | undefined,
): Said {
  if (!version) return fail("safetynet-no-version");
  const matches = payload?.get("ctsProfileMatch");
  return matches === true
    ? pass("safetynet-vouched")
    : fail("safetynet-not-vouched", { found: `${JSON.stringify(matches)?.slice(0, 40)}` });
}

function judgeText(found: unknown, expected: string): Said {
  if (typeof found !== "string") return fail("payload-no-nonce");
  return found === expected
    ? pass("payload-nonce", { expected })
    : fail("payload-nonce-other", { found: shorten(found), expected });
}

async function judgeJws(
  key: Parameters<typeof judgeSignature>[1],
  algorithm: unknown,
  signature: Uint8Array | undefined,
  signedBytes: Uint8Array | undefined,
): Promise<Said> {
  if (!signedBytes) return fail("jws-missing");
  const cose = typeof algorithm === "string" ? JWS_ALGORITHMS.get(algorithm) : undefined;
  if (cose === undefined)
    return cannotTell("jws-algorithm", { algorithm: `${JSON.stringify(algorithm)?.slice(0, 40)}` });
  return judgeSignature("of-certificate", key, cose, signature, signedBytes, "raw");
}

/** With COSE's identifiers. @see https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
const JWS_ALGORITHMS: ReadonlyMap<string, number> = new Map([
  ["RS256", -257],
  ["RS384", -258],
  ["RS512", -259],
  ["PS256", -37],
  ["PS384", -38],
  ["PS512", -39],
  ["ES256", -7],
  ["ES384", -35],
  ["ES512", -36],
]);
