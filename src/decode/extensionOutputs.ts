import {
  describeFlags,
  KEY_PROTECTION_TYPES,
  MATCHER_PROTECTION_TYPES,
  USER_VERIFICATION_METHODS,
} from "../spec/userVerificationMethods.js";

/** What an authenticator says of one extension, in its signed data. */
export interface ExtensionOutput {
  identifier: string;
  /** an extension that Keyhole knows, with a value of the type that it has to have */
  understood: boolean;
  /** what it says; values that may be secret are told by their length alone */
  words: string;
}

/**
 * The authenticator extension outputs of {@link AuthenticatorData.extensions}, in words. Extensions
 * that are not known, and known ones with a value of another type, are told by type and size.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-extensions
 * @see https://fidoalliance.org/specs/fido-v2.2-ps-20250714/fido-client-to-authenticator-protocol-v2.2-ps-20250714.html#sctn-defined-extensions
 */
export function describeExtensionOutputs(extensions: ReadonlyMap<unknown, unknown>): ExtensionOutput[] {
  return [...extensions].map(([key, value]) => {
    const identifier = typeof key === "string" ? key : describeValue(key);
    const words = typeof key === "string" ? EXTENSIONS.get(key)?.(value) : undefined;
    return { identifier, understood: words !== undefined, words: words ?? describeValue(value) };
  });
}

/** Words for a value of the right type; undefined for another. */
type Describe = (value: unknown) => string | undefined;

const EXTENSIONS: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ["credProtect", (level) => (isCount(level) ? CRED_PROTECT_LEVELS[level - 1] : undefined)],
  ["hmac-secret", either("can derive secrets", "can't derive secrets", "encrypted secrets")],
  ["hmac-secret-mc", bytesAs("encrypted secrets")],
  ["minPinLength", (length) => (isCount(length) ? `PINs have at least ${length} characters` : undefined)],
  ["credBlob", either("the blob is stored", "the blob is not stored", "the blob")],
  ["largeBlobKey", bytesAs("the key of the large blob")],
  ["uvm", describeUserVerification],
  ["thirdPartyPayment", either("may be used for payments elsewhere", "for payments at this site alone")],
]);

const CRED_PROTECT_LEVELS: readonly (string | undefined)[] = [
  "1: user verification optional",
  "2: user verification optional with a credential ID list",
  "3: user verification required",
];

/** A registration answers with a boolean, an authentication of some extensions with bytes. */
function either(yes: string, no: string, bytes?: string): Describe {
  return (value) => {
    if (typeof value === "boolean") return value ? yes : no;
    return bytes === undefined ? undefined : bytesAs(bytes)(value);
  };
}

function bytesAs(what: string): Describe {
  return (value) => (value instanceof Uint8Array ? `${what}, ${value.length} bytes` : undefined);
}

/** Words for the uvm extension's output; undefined unless it has its type. Up to three factors, each of method, key protection and matcher protection. @see https://www.w3.org/TR/webauthn-2/#sctn-uvm-extension */
export function describeUserVerification(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > 3) return undefined;
  const factors = value.map((factor: unknown) => {
    if (!Array.isArray(factor) || factor.length !== 3 || !factor.every(isCount)) return undefined;
    const [method, key, matcher] = factor as [number, number, number];
    const words = describeFlags(USER_VERIFICATION_METHODS, method);
    const kept = describeFlags(KEY_PROTECTION_TYPES, key);
    return `${words} (key: ${kept}, matcher: ${describeFlags(MATCHER_PROTECTION_TYPES, matcher)})`;
  });
  return factors.includes(undefined) ? undefined : factors.join("; ");
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function describeValue(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Map) return `a map of ${value.size}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
}
