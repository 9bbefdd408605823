/**
 * Numbers of the Trusted Platform Module that attestation uses.
 *
 * @see https://trustedcomputinggroup.org/resource/tpm-library-specification/ (part 2, structures)
 */

/** TPM_GENERATED_VALUE: what a TPM says it made itself begins with "\xffTCG". */
export const TPM_GENERATED = 0xff544347;
/** TPM_ALG_NULL */
export const TPM_NULL = 0x0010;

/** TPM_ST: kinds of attestation structures. */
export const TPM_STRUCTURES: ReadonlyMap<number, string> = new Map([
  [0x8014, "NV"],
  [0x8015, "COMMAND_AUDIT"],
  [0x8016, "SESSION_AUDIT"],
  [0x8017, "CERTIFY"],
  [0x8018, "QUOTE"],
  [0x8019, "TIME"],
  [0x801a, "CREATION"],
]);

/** TPM_ALG_ID */
export const TPM_ALGORITHMS: ReadonlyMap<number, string> = new Map([
  [0x0001, "RSA"],
  [0x0004, "SHA1"],
  [0x0006, "AES"],
  [0x0007, "MGF1"],
  [0x000b, "SHA256"],
  [0x000c, "SHA384"],
  [0x000d, "SHA512"],
  [0x0010, "NULL"],
  [0x0014, "RSASSA"],
  [0x0015, "RSAES"],
  [0x0016, "RSAPSS"],
  [0x0017, "OAEP"],
  [0x0018, "ECDSA"],
  [0x0019, "ECDH"],
  [0x001a, "ECDAA"],
  [0x001b, "SM2"],
  [0x001c, "ECSCHNORR"],
  [0x0020, "KDF1_SP800_56A"],
  [0x0021, "KDF2"],
  [0x0022, "KDF1_SP800_108"],
  [0x0023, "ECC"],
]);

/** TPM_ECC_CURVE, with COSE's name of the curve where it has one. */
export const TPM_CURVES: ReadonlyMap<number, { name: string; curve?: string }> = new Map([
  [0x0001, { name: "NIST_P192" }],
  [0x0002, { name: "NIST_P224" }],
  [0x0003, { name: "NIST_P256", curve: "P-256" }],
  [0x0004, { name: "NIST_P384", curve: "P-384" }],
  [0x0005, { name: "NIST_P521", curve: "P-521" }],
  [0x0010, { name: "BN_P256" }],
  [0x0011, { name: "BN_P638" }],
  [0x0020, { name: "SM2_P256" }],
]);

/** TPMA_OBJECT: bit and name. */
export const TPM_OBJECT_ATTRIBUTES: readonly (readonly [bit: number, name: string])[] = [
  [1, "fixedTPM"],
  [2, "stClear"],
  [4, "fixedParent"],
  [5, "sensitiveDataOrigin"],
  [6, "userWithAuth"],
  [7, "adminWithPolicy"],
  [10, "noDA"],
  [11, "encryptedDuplication"],
  [16, "restricted"],
  [17, "decrypt"],
  [18, "sign"],
];
