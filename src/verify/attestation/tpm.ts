import { DER, derContent, derOid, readDerItems, readDerSequence } from "../../bytes/der.js";
import type { TpmPubArea, TpmStatement } from "../../decode/attestation/tpm.js";
import type { PublicKey } from "../../decode/publicKey.js";
import { describeCoseAlgorithm } from "../../spec/cose.js";
import { TPM_GENERATED } from "../../spec/tpm.js";
import {
  cannotTell,
  fail,
  pass,
  type Said,
  type StepSentence,
  sameBytes,
  sentence,
  shorten,
  shownBytes,
} from "../said.js";
import { hashOf } from "../verifySignature.js";
import { digest, type HashName } from "../webCrypto.js";
import { judgeKey, judgeNonce, judgeSignature, type VerifyStatement } from "./attestation.js";
import {
  type CertificateChain,
  judgeAaguid,
  judgeCertificate,
  judgeTrust,
  readCertificateChain,
} from "./certificateChain.js";

export const verifyTpm: VerifyStatement<TpmStatement> = async (statement, attested) => {
  const { algorithm, signature, certificates, certInfoBytes = new Uint8Array() } = statement;
  const chain = await readCertificateChain(certificates);
  const key = judgeKey("pubArea", keyOf(statement.pubArea ?? {}), attested);
  return {
    statement: judgeStatement(statement),
    signature: await judgeSignature("of-certificate", chain.leafKey, algorithm, signature, certInfoBytes),
    certificate: judgeCertificate(chain, demands(chain)),
    aaguid: judgeAaguid(chain, attested),
    nonce: await judgeExtraData(statement, attested.signedBytes),
    key: key.outcome === "pass" ? await judgeName(statement) : key,
    trust: await judgeTrust(chain, attested),
  };
};

function judgeStatement({ version, certInfo = {} }: TpmStatement): Said {
  if (version !== "2.0") return fail("tpm-version", { version: shorten(version ?? "") });
  if (certInfo.magic !== TPM_GENERATED)
    return fail("tpm-magic", { found: `${certInfo.magic}`, wanted: `${TPM_GENERATED}` });
  return certInfo.type === "CERTIFY"
    ? pass("tpm-certifies")
    : fail("tpm-type", { type: certInfo.type ?? sentence("none") });
}

async function judgeExtraData({ algorithm, certInfo }: TpmStatement, signedBytes: Uint8Array): Promise<Said> {
  const hash = algorithm === undefined ? undefined : hashOf(algorithm);
  if (!hash)
    return cannotTell("tpm-extra-data-unknown", {
      algorithm: algorithm === undefined ? sentence("no-algorithm") : describeCoseAlgorithm(algorithm),
    });
  return judgeNonce("extra-data-in-cert-info", certInfo?.extraData, (await digest(hash, signedBytes))!);
}

/** certInfo has to certify pubArea: its name is the hash algorithm in two bytes, then the hash. */
async function judgeName({ certInfo, pubArea, pubAreaBytes }: TpmStatement): Promise<Said> {
  const name = certInfo?.name;
  if (!name || !pubAreaBytes) return fail("tpm-no-key");
  const known = NAME_HASHES.get(name[0]! * 256 + name[1]!);
  if (!known) return cannotTell("tpm-key-hash-unknown", { name: shownBytes(name) });
  if (pubArea?.nameAlgorithm !== known.tpm)
    return fail("tpm-key-hash-other", { found: known.tpm, asked: `${pubArea?.nameAlgorithm}` });
  const hash = (await digest(known.hash, pubAreaBytes))!;
  return sameBytes(name.subarray(2), hash)
    ? pass("tpm-key")
    : fail("tpm-key-other", { certified: shownBytes(name.subarray(2)), hash: shownBytes(hash) });
}

/** TPM_ALG_ID */
const NAME_HASHES: ReadonlyMap<number, { tpm: string; hash: HashName }> = new Map([
  [0x0004, { tpm: "SHA1", hash: "SHA-1" }],
  [0x000b, { tpm: "SHA256", hash: "SHA-256" }],
  [0x000c, { tpm: "SHA384", hash: "SHA-384" }],
  [0x000d, { tpm: "SHA512", hash: "SHA-512" }],
]);

function keyOf({ type, modulus, exponent, curve, x, y }: TpmPubArea): PublicKey {
  if (type === "RSA" && modulus)
    return { keyType: "RSA", n: modulus, e: bigEndian(exponent || DEFAULT_EXPONENT) };
  if (type === "ECC" && curve !== undefined && x && y) return { keyType: "EC2", curve, x, y };
  return {};
}

const DEFAULT_EXPONENT = 65537;

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-tpm-cert-requirements */
function demands({ leaf }: CertificateChain): [boolean, StepSentence][] {
  const subject = leaf.subject?.text ?? "";
  const missing = missingTpmAttribute(leaf.extensions?.find(({ id }) => id === ALTERNATIVE_NAME)?.value);
  return [
    [leaf.version === 3, sentence("certificate-version", { version: `${leaf.version}` })],
    [subject === "", sentence("certificate-subject", { subject: shorten(subject) })],
    [!missing, sentence("certificate-tpm-attribute", { attribute: sentence(missing ?? "none") })],
    [leaf.extendedKeyUsage?.includes(ATTESTATION_IDENTITY_KEY) === true, sentence("certificate-not-for-aik")],
    [!leaf.basicConstraints?.isAuthority, sentence("certificate-of-authority")],
  ];
}

const ALTERNATIVE_NAME = "2.5.29.17";
/** 2.23.133.8.3, as certificates are decoded */
const ATTESTATION_IDENTITY_KEY = "TPM attestation identity key";

/** The first of the attributes that the TCG demands and the name hasn't. */
function missingTpmAttribute(alternativeName: Uint8Array | undefined) {
  const found = new Set(alternativeName ? attributesOf(alternativeName) : []);
  return TPM_ATTRIBUTES.find(([oid]) => !found.has(oid))?.[1];
}

/** @see https://trustedcomputinggroup.org/resource/tcg-ek-credential-profile-for-tpm-family-2-0/ (3.2.9) */
const TPM_ATTRIBUTES = [
  ["2.23.133.2.1", "tpm-manufacturer"],
  ["2.23.133.2.2", "tpm-model"],
  ["2.23.133.2.3", "tpm-firmware"],
] as const;

/** Object identifiers of the attributes of a directory name: SEQUENCE OF [4] { SEQUENCE OF SET OF SEQUENCE { OID, value } }. */
function attributesOf(bytes: Uint8Array): string[] {
  const inside = (items: ReturnType<typeof readDerItems> = [], tag: number) =>
    items.filter((item) => item.tag === tag).flatMap((item) => readDerItems(bytes, item) ?? []);
  const sequences = inside(readDerSequence(bytes), DIRECTORY_NAME);
  const attributes = inside(inside(sequences, DER.sequence), DER.set);
  return inside(attributes, DER.sequence)
    .filter((item) => item.tag === DER.oid && derContent(bytes, item).length > 0)
    .flatMap((item) => derOid(bytes, item) ?? []);
}

const DIRECTORY_NAME = 0xa4;
