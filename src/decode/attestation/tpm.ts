import { ByteCursor } from "../../bytes/byteCursor.js";
import {
  TPM_ALGORITHMS,
  TPM_CURVES,
  TPM_GENERATED,
  TPM_NULL,
  TPM_OBJECT_ATTRIBUTES,
  TPM_STRUCTURES,
} from "../../spec/tpm.js";
import type { MapReader } from "../mapReader.js";
import {
  type AttestationFormat,
  readAlgorithm,
  readCertificates,
  readSignature,
  type SignedStatement,
  StructureReader,
} from "./attestationFormat.js";

export interface TpmStatement extends SignedStatement {
  format: "tpm";
  /** "2.0" */
  version?: string;
  /** DER, the attestation identity key's first */
  certificates?: Uint8Array[];
  /** what the signature is over */
  certInfoBytes?: Uint8Array;
  certInfo?: TpmCertInfo;
  pubAreaBytes?: Uint8Array;
  pubArea?: TpmPubArea;
}

/** TPMS_ATTEST: what the TPM says of the key. Absent members were cut off. */
export interface TpmCertInfo {
  magic?: number;
  /** name of the structure's type; the number in hexadecimal for unknown ones. A credential's is "CERTIFY" */
  type?: string;
  qualifiedSigner?: Uint8Array;
  /** hash of authenticator data and client data hash, with the statement's algorithm */
  extraData?: Uint8Array;
  clockInfo?: { clock: bigint; resetCount: number; restartCount: number; safe: boolean };
  firmwareVersion?: bigint;
  /** name of the certified key: an algorithm in two bytes and the hash of pubArea with it */
  name?: Uint8Array;
  qualifiedName?: Uint8Array;
}

/** TPMT_PUBLIC: the key itself. Absent members were cut off. */
export interface TpmPubArea {
  /** "RSA" or "ECC"; the number in hexadecimal for others */
  type?: string;
  nameAlgorithm?: string;
  objectAttributes?: string[];
  authPolicy?: Uint8Array;
  symmetric?: string;
  scheme?: string;
  /** of RSA; an exponent of 0 stands for 65537 */
  keyBits?: number;
  exponent?: number;
  modulus?: Uint8Array;
  /** of ECC: COSE's name of the curve, or the TPM's */
  curve?: string;
  kdf?: string;
  x?: Uint8Array;
  y?: Uint8Array;
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation */
export const tpm: AttestationFormat<TpmStatement> = {
  identifier: "tpm",
  anchor: "sctn-tpm-attestation",
  read(statement, bytes) {
    const version = statement.text("ver", "version");
    if (version !== undefined && version !== "2.0") {
      const { item } = statement.entries.find(({ label }) => label === "ver")!;
      const message = `The version is ${JSON.stringify(version.slice(0, 40))}; "2.0" is specified.`;
      statement.problem("version", message, item.offset, item.length, "version");
    }
    const certInfo = structure(statement, "certInfo", bytes);
    const pubArea = structure(statement, "pubArea", bytes);
    return {
      format: "tpm",
      ...(version !== undefined && { version }),
      ...readAlgorithm(statement),
      ...readSignature(statement),
      ...readCertificates(statement),
      ...(certInfo && { certInfoBytes: certInfo.bytes, certInfo: readCertInfo(certInfo.read) }),
      ...(pubArea && { pubAreaBytes: pubArea.bytes, pubArea: readPubArea(pubArea.read) }),
    };
  },
};

function structure(
  statement: MapReader,
  member: "certInfo" | "pubArea",
  bytes: Uint8Array,
): { bytes: Uint8Array; read: StructureReader } | undefined {
  const entry = statement.entry(member, member);
  if (!entry) return undefined;
  const { item } = entry;
  if (item.type !== "bytes" || item.indefinite) {
    statement.mistyped(entry, member, "a byte string");
    return undefined;
  }
  const cursor = new ByteCursor(bytes, item.offset + item.headLength, item.end);
  const code = member === "certInfo" ? "tpm-cert-info" : "tpm-pub-area";
  return {
    bytes: item.content,
    read: new StructureReader(cursor, statement.decoding, statement.at(member), code),
  };
}

function readCertInfo(read: StructureReader): TpmCertInfo {
  const magic = read.unsigned("magic", 4);
  if (magic !== undefined && magic !== TPM_GENERATED)
    read.problem(
      "magic",
      `The magic is ${hex(magic)}, not ${hex(TPM_GENERATED)}: no TPM made this.`,
      "magic",
      4,
    );
  const type = read.unsigned("type", 2);
  const qualifiedSigner = read.sized("qualifiedSigner");
  const extraData = read.sized("extraData");
  const clock = read.unsigned64("clockInfo.clock");
  const resetCount = read.unsigned("clockInfo.resetCount", 4);
  const restartCount = read.unsigned("clockInfo.restartCount", 4);
  const safe = read.unsigned("clockInfo.safe", 1);
  const firmwareVersion = read.unsigned64("firmwareVersion");
  const certInfo: TpmCertInfo = present({
    magic,
    type: type === undefined ? undefined : (TPM_STRUCTURES.get(type) ?? hex(type)),
    qualifiedSigner,
    extraData,
    clockInfo:
      safe === undefined
        ? undefined
        : { clock: clock!, resetCount: resetCount!, restartCount: restartCount!, safe: safe !== 0 },
    firmwareVersion,
  });
  // What comes last depends on the type; other types than a certification stay as they are.
  if (certInfo.type !== "CERTIFY") return certInfo;
  Object.assign(certInfo, present({ name: read.sized("name"), qualifiedName: read.sized("qualifiedName") }));
  read.end();
  return certInfo;
}

function readPubArea(read: StructureReader): TpmPubArea {
  const type = algorithm(read, "type");
  const nameAlgorithm = algorithm(read, "nameAlgorithm");
  const attributes = read.unsigned("objectAttributes", 4);
  const pubArea: TpmPubArea = present({
    type,
    nameAlgorithm,
    objectAttributes: attributes === undefined ? undefined : objectAttributes(attributes),
    authPolicy: read.sized("authPolicy"),
  });
  if (type !== "RSA" && type !== "ECC") return pubArea;
  Object.assign(pubArea, present({ symmetric: symmetric(read), scheme: scheme(read, "scheme") }));
  if (type === "RSA") {
    const keyBits = read.unsigned("keyBits", 2);
    const exponent = read.unsigned("exponent", 4);
    Object.assign(pubArea, present({ keyBits, exponent, modulus: read.sized("modulus") }));
  } else {
    const id = read.unsigned("curve", 2);
    const curve = id === undefined ? undefined : TPM_CURVES.get(id);
    const name = id === undefined ? undefined : (curve?.curve ?? curve?.name ?? hex(id));
    const kdf = scheme(read, "kdf");
    Object.assign(pubArea, present({ curve: name, kdf, x: read.sized("x"), y: read.sized("y") }));
  }
  read.end();
  return pubArea;
}

/** TPMT_SYM_DEF_OBJECT */
function symmetric(read: StructureReader): string | undefined {
  const id = read.unsigned("symmetric", 2);
  if (id !== undefined && id !== TPM_NULL) {
    read.unsigned("symmetric.keyBits", 2);
    read.unsigned("symmetric.mode", 2);
  }
  return nameOf(id);
}

/** TPMT_RSA_SCHEME, TPMT_ECC_SCHEME and TPMT_KDF_SCHEME: an algorithm, and for most a hash. */
function scheme(read: StructureReader, member: string): string | undefined {
  const name = nameOf(read.unsigned(member, 2));
  if (name === undefined || name === "NULL" || name === "RSAES") return name;
  const hash = nameOf(read.unsigned(`${member}.hash`, 2));
  if (name === "ECDAA") read.unsigned(`${member}.count`, 2);
  return hash === undefined ? name : `${name} with ${hash}`;
}

function algorithm(read: StructureReader, member: string): string | undefined {
  return nameOf(read.unsigned(member, 2));
}

function nameOf(id: number | undefined): string | undefined {
  return id === undefined ? undefined : (TPM_ALGORITHMS.get(id) ?? hex(id));
}

function objectAttributes(bits: number): string[] {
  return TPM_OBJECT_ATTRIBUTES.filter(([bit]) => (bits >>> bit) & 1).map(([, name]) => name);
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** Without the members that are undefined. */
function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
