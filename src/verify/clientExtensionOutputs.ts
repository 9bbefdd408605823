import { describeUserVerification } from "../decode/extensionOutputs.js";
import type { Reading } from "../recording/readSnapshot.js";

/** What a client says of one extension. Secrets are told by their length, whether masked or not. */
export interface ClientExtensionOutput {
  identifier: string;
  /** JSON pointer into the call */
  at: string;
  /** an extension that Keyhole knows */
  isKnown: boolean;
  /** what it says, in a few words */
  words: string;
  /** its members, or the output itself where it has none; not-known ones and secrets by type and size */
  fields: { path: string; at: string; words: string }[];
  problems: ExtensionOutputProblem[];
}

export interface ExtensionOutputProblem {
  /** type: not what its definition has; contradiction: two members can't both be so; missing and
   * misplaced: a member, or the whole output, doesn't belong to this ceremony */
  code: `extension-output-${"type" | "contradiction" | "missing" | "misplaced" | "length"}`;
  /** one sentence that names the member */
  message: string;
  at: string;
}

/**
 * The members of `clientExtensionResults`, taken apart as their definitions say. Members that are
 * absent or undefined are left out; what is no object has no outputs.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-defined-extensions
 * @see https://fidoalliance.org/specs/fido-v2.2-ps-20250714/fido-client-to-authenticator-protocol-v2.2-ps-20250714.html#sctn-defined-extensions
 * @see https://www.w3.org/TR/secure-payment-confirmation/#sctn-payment-extension-registration
 */
export function readClientExtensionOutputs(
  results: Reading,
  kind: "registration" | "authentication",
): ClientExtensionOutput[] {
  return results.members().flatMap(([identifier, output]) => {
    if (output.isAbsent) return [];
    const definition = DEFINITIONS.get(identifier);
    const read = new OutputReader(identifier, kind);
    if (definition) definition(read, output);
    else read.note(identifier, output, describeByType(output));
    const { fields, problems } = read;
    const words = fields.map(({ path, words: each }) => (path === identifier ? each : `${path}: ${each}`));
    const short = words.map((each) => each.replace(`${identifier}.`, "")).join(", ");
    return [
      { identifier, at: output.at, isKnown: !!definition, words: short || "nothing", fields, problems },
    ];
  });
}

type Definition = (read: OutputReader, output: Reading) => void;

/** Takes members one by one; what has another type than it must have is a problem. Unknowable values are none. */
class OutputReader {
  readonly fields: ClientExtensionOutput["fields"] = [];
  readonly problems: ExtensionOutputProblem[] = [];

  constructor(
    readonly identifier: string,
    readonly kind: "registration" | "authentication",
  ) {}

  note(path: string, { at }: Reading, words: string): void {
    this.fields.push({ path, at, words });
  }

  problem(code: ExtensionOutputProblem["code"], message: string, { at }: Reading): void {
    this.problems.push({ code, message, at });
  }

  /** An output, or a member of one, that has to be an object; its members are read by `members`. */
  object(output: Reading, path: string, members: (member: (name: string) => Reading) => void): void {
    if (!this.#is(output, path, output.kind === "object", "an object")) return;
    const known = new Set<string>();
    members((name) => {
      known.add(name);
      return output.member(name);
    });
    for (const [name, value] of output.members())
      if (!known.has(name) && !value.isAbsent) this.note(`${path}.${name}`, value, describeByType(value));
  }

  boolean(value: Reading, path: string): boolean | undefined {
    if (!this.#is(value, path, value.kind === "boolean", "a boolean")) return undefined;
    this.note(path, value, String(value.boolean()));
    return value.boolean();
  }

  text(value: Reading, path: string): string | undefined {
    if (!this.#is(value, path, value.kind === "string", "a string")) return undefined;
    this.note(path, value, `“${value.text()!.slice(0, 60)}”`);
    return value.text();
  }

  number(value: Reading, path: string): number | undefined {
    if (!this.#is(value, path, value.kind === "number", "a number")) return undefined;
    this.note(path, value, String(value.number()));
    return value.number();
  }

  /** Bytes, told by their length alone. */
  bytes(value: Reading, path: string, length?: number): boolean {
    const isBytes = value.kind === "bytes" || (value.kind === "masked" && value.byteLength() !== undefined);
    if (!this.#is(value, path, isBytes, "bytes")) return false;
    const size = value.byteLength() ?? 0;
    this.note(path, value, `${size} bytes${value.kind === "masked" ? ", masked" : ""}`);
    if (length !== undefined && size !== length)
      this.problem("extension-output-length", `${path} has ${size} bytes; it has ${length}.`, value);
    return true;
  }

  list(value: Reading, path: string): Reading[] | undefined {
    return this.#is(value, path, value.kind === "list", "a list") ? value.items() : undefined;
  }

  /** The whole output, or a member, comes with one kind of ceremony only. */
  onlyIn(kind: "registration" | "authentication", value: Reading, path: string): void {
    if (value.isAbsent || this.kind === kind) return;
    const wrong = kind === "registration" ? "an authentication" : "a registration";
    const right = kind === "registration" ? "a registration" : "an authentication";
    this.problem("extension-output-misplaced", `${path} came with ${wrong}; it belongs to ${right}.`, value);
  }

  missing(value: Reading, path: string, holder: Reading): void {
    if (value.isAbsent && !value.isUnknown)
      this.problem("extension-output-missing", `${path} is missing.`, holder);
  }

  #is(value: Reading, path: string, fits: boolean, wanted: string): boolean {
    if (value.isAbsent) return false;
    if (fits) return true;
    this.note(path, value, describeByType(value));
    if (!value.isUnknown)
      this.problem("extension-output-type", `${path} is ${describeByType(value)}, not ${wanted}.`, value);
    return false;
  }
}

const DEFINITIONS: ReadonlyMap<string, Definition> = new Map<string, Definition>([
  ["credProps", credProps],
  ["prf", prf],
  ["largeBlob", largeBlob],
  ["appid", flag("authentication")],
  ["appidExclude", flag("registration")],
  ["uvm", uvm],
  ["payment", payment],
  ["credBlob", flag("registration")],
  ["getCredBlob", secret("authentication")],
  ["hmacCreateSecret", flag("registration")],
  ["hmacGetSecret", hmacGetSecret],
  ["minPinLength", (read, output) => minPinLength(read, output)],
  ["credProtect", credProtect],
  ["credentialProtectionPolicy", credProtect],
  ["devicePubKey", devicePubKey],
  ["supplementalPubKeys", supplementalPubKeys],
]);

/** An extension whose output is true or false. */
function flag(kind: "registration" | "authentication"): Definition {
  return (read, output) => {
    read.boolean(output, read.identifier);
    read.onlyIn(kind, output, read.identifier);
  };
}

function secret(kind: "registration" | "authentication"): Definition {
  return (read, output) => {
    read.bytes(output, read.identifier);
    read.onlyIn(kind, output, read.identifier);
  };
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-credential-properties-extension */
function credProps(read: OutputReader, output: Reading): void {
  read.object(output, "credProps", (member) => {
    read.boolean(member("rk"), "credProps.rk");
    read.text(member("authenticatorDisplayName"), "credProps.authenticatorDisplayName");
  });
  read.onlyIn("registration", output, "credProps");
}

/** @see https://www.w3.org/TR/webauthn-3/#prf-extension */
function prf(read: OutputReader, output: Reading): void {
  read.object(output, "prf", (member) => {
    const enabled = member("enabled");
    const isEnabled = read.boolean(enabled, "prf.enabled");
    read.onlyIn("registration", enabled, "prf.enabled");
    if (read.kind === "registration") read.missing(enabled, "prf.enabled", output);
    const results = member("results");
    read.object(results, "prf.results", (result) => {
      read.bytes(result("first"), "prf.results.first", PRF_LENGTH);
      read.missing(result("first"), "prf.results.first", results);
      read.bytes(result("second"), "prf.results.second", PRF_LENGTH);
    });
    if (isEnabled === false && results.kind === "object")
      read.problem(
        "extension-output-contradiction",
        "prf.enabled is false, and yet there are results.",
        results,
      );
  });
}

/** HMAC-SHA-256 */
const PRF_LENGTH = 32;

/** @see https://www.w3.org/TR/webauthn-3/#sctn-large-blob-extension */
function largeBlob(read: OutputReader, output: Reading): void {
  read.object(output, "largeBlob", (member) => {
    const [supported, blob, written] = [member("supported"), member("blob"), member("written")];
    read.boolean(supported, "largeBlob.supported");
    read.onlyIn("registration", supported, "largeBlob.supported");
    if (read.kind === "registration") read.missing(supported, "largeBlob.supported", output);
    read.bytes(blob, "largeBlob.blob");
    read.onlyIn("authentication", blob, "largeBlob.blob");
    read.boolean(written, "largeBlob.written");
    read.onlyIn("authentication", written, "largeBlob.written");
    if (!blob.isAbsent && !written.isAbsent)
      read.problem(
        "extension-output-contradiction",
        "largeBlob has both blob and written; a request either reads or writes.",
        output,
      );
  });
}

/** @see https://www.w3.org/TR/webauthn-2/#sctn-uvm-extension */
function uvm(read: OutputReader, output: Reading): void {
  const factors = read.list(output, "uvm");
  if (!factors) return;
  const numbers = factors.map((factor) => factor.items().map((item) => item.number()));
  const words = describeUserVerification(numbers);
  read.note("uvm", output, words ?? describeByType(output));
  if (words === undefined)
    read.problem(
      "extension-output-type",
      "uvm is not a list of one to three factors of three numbers.",
      output,
    );
}

/** @see https://www.w3.org/TR/secure-payment-confirmation/#sctn-payment-extension-registration */
function payment(read: OutputReader, output: Reading): void {
  read.object(output, "payment", (member) => {
    const bound = member("browserBoundSignature");
    read.object(bound, "payment.browserBoundSignature", (part) => {
      read.bytes(part("signature"), "payment.browserBoundSignature.signature");
      read.missing(part("signature"), "payment.browserBoundSignature.signature", bound);
    });
  });
}

function hmacGetSecret(read: OutputReader, output: Reading): void {
  read.object(output, "hmacGetSecret", (member) => {
    read.bytes(member("output1"), "hmacGetSecret.output1", PRF_LENGTH);
    read.missing(member("output1"), "hmacGetSecret.output1", output);
    read.bytes(member("output2"), "hmacGetSecret.output2", PRF_LENGTH);
  });
  read.onlyIn("authentication", output, "hmacGetSecret");
}

/** Only the authenticator has an output by its definition; clients have been seen to repeat that, or that they asked. */
function minPinLength(read: OutputReader, output: Reading): void {
  if (output.kind === "boolean") read.boolean(output, "minPinLength");
  else read.number(output, "minPinLength");
  read.onlyIn("registration", output, "minPinLength");
}

/** As {@link minPinLength}: the level as a number, or by its name. */
function credProtect(read: OutputReader, output: Reading): void {
  const { identifier } = read;
  const level = output.kind === "string" ? read.text(output, identifier) : read.number(output, identifier);
  const isLevel =
    typeof level === "string" ? CRED_PROTECT_LEVELS.includes(level) : [1, 2, 3].includes(level ?? 1);
  if (!isLevel)
    read.problem("extension-output-type", `${identifier} is ${describeByType(output)}, no level.`, output);
  read.onlyIn("registration", output, identifier);
}

/** Level 1 first. @see https://fidoalliance.org/specs/fido-v2.2-ps-20250714/fido-client-to-authenticator-protocol-v2.2-ps-20250714.html#sctn-credProtect-extension */
export const CRED_PROTECT_LEVELS: readonly string[] = [
  "userVerificationOptional",
  "userVerificationOptionalWithCredentialIDList",
  "userVerificationRequired",
];

/** Of a draft of Level 3, and given up since. @see https://www.w3.org/TR/2023/WD-webauthn-3-20230927/#sctn-device-publickey-extension */
function devicePubKey(read: OutputReader, output: Reading): void {
  read.object(output, "devicePubKey", (member) => {
    for (const name of ["authenticatorOutput", "signature"]) {
      read.bytes(member(name), `devicePubKey.${name}`);
      read.missing(member(name), `devicePubKey.${name}`, output);
    }
  });
}

/** Of a draft of Level 3. @see https://www.w3.org/TR/2023/WD-webauthn-3-20230927/ */
function supplementalPubKeys(read: OutputReader, output: Reading): void {
  read.object(output, "supplementalPubKeys", (member) => {
    const path = "supplementalPubKeys.signatures";
    const signatures = member("signatures");
    read.missing(signatures, path, output);
    for (const [index, each] of (read.list(signatures, path) ?? []).entries())
      read.bytes(each, `${path}[${index}]`);
  });
}

/** Never the bytes, nor a text that may be long. */
function describeByType(value: Reading): string {
  const length = value.byteLength();
  if (length !== undefined) return `${length} bytes${value.kind === "masked" ? ", masked" : ""}`;
  return value.describe();
}
