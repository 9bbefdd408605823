import { decodeBase64url } from "../bytes/base64url.js";
import { shorten } from "../bytes/shorten.js";
import type { Snapshot } from "./snapshot.js";

/** What a snapshot stands for, as a JavaScript programmer would call it. */
export type Kind =
  | "absent" // no such member, or undefined
  | "null"
  | "boolean"
  | "number"
  | "string"
  | "bigint"
  | "symbol"
  | "function"
  | "bytes" // ArrayBuffer and its views
  | "masked" // a secret, kept as length and fingerprint
  | "list"
  | "object"
  | "signal" // AbortSignal
  | "unknown"; // was there, but couldn't be kept: a getter that threw, a cycle, too large

/**
 * A way into a snapshot that never fails: every question has an answer, and the place goes along.
 *
 *     readSnapshot(call.arguments[0], "/arguments/0").member("publicKey", "user", "id").bytes()
 */
export function readSnapshot(snapshot: Snapshot | undefined, at = ""): Reading {
  return new Reading(snapshot, at);
}

export class Reading {
  /** where the pointer starts, or the reading that this one is a member of */
  readonly #from: Reading | string;
  readonly #steps: readonly string[];

  constructor(
    /** undefined: there is nothing at this place */
    readonly snapshot: Snapshot | undefined,
    from: Reading | string,
    steps: readonly string[] = [],
  ) {
    this.#from = from;
    this.#steps = steps;
  }

  /** JSON pointer to this place, e.g. "/arguments/0/publicKey/user/id". @see https://www.rfc-editor.org/rfc/rfc6901 */
  get at(): string {
    const from = typeof this.#from === "string" ? this.#from : this.#from.at;
    return this.#steps.reduce((at, step) => `${at}/${escapePointer(step)}`, from);
  }

  get kind(): Kind {
    return kindOf(this.snapshot);
  }

  /** The member is missing, or is there and undefined: the same to every WebAuthn dictionary. */
  get isAbsent(): boolean {
    return this.kind === "absent";
  }

  /** Something was here that the recording couldn't keep, so that nothing can be said about it. */
  get isUnknown(): boolean {
    return this.kind === "unknown";
  }

  /** A member, or a member of a member. What lies below an unknown place is unknown too. */
  member(...names: string[]): Reading {
    let reading: Reading = this;
    for (const name of names) reading = reading.#step(name);
    return reading;
  }

  /** The members by the names that the page gave them, in the page's order; none unless an object. */
  members(): [name: string, reading: Reading][] {
    const { holder, within } = this.#members();
    return Object.keys(holder).map((key) => {
      const name = key !== "$" && ONLY_DOLLARS.test(key) ? key.slice(1) : key;
      return [name, new Reading(holder[key], this, [...within, key])];
    });
  }

  /** The items of a list; none unless a list. */
  items(): Reading[] {
    if (!Array.isArray(this.snapshot)) return [];
    return this.snapshot.map((item, index) => new Reading(item, this, [String(index)]));
  }

  /** A string that is one; undefined otherwise. */
  text(): string | undefined {
    return typeof this.snapshot === "string" ? this.snapshot : undefined;
  }

  /** A number that is one, NaN and the infinities included; undefined otherwise. */
  number(): number | undefined {
    if (typeof this.snapshot === "number") return this.snapshot;
    const special = this.#special("number");
    return special && Number(plain(special.value));
  }

  boolean(): boolean | undefined {
    return typeof this.snapshot === "boolean" ? this.snapshot : undefined;
  }

  /** The bytes of an ArrayBuffer or a view of one; undefined otherwise, and for masked bytes. */
  bytes(): Uint8Array | undefined {
    const base64url = this.base64url();
    return base64url === undefined ? undefined : decodeBase64url(base64url).bytes;
  }

  /** The same bytes as base64url, as the recording keeps them: enough to compare. */
  base64url(): string | undefined {
    const bytes = this.#special("bytes");
    return typeof bytes?.base64url === "string" ? bytes.base64url : undefined;
  }

  /** Number of bytes of an ArrayBuffer or a view of one, masked or not; undefined otherwise. */
  byteLength(): number | undefined {
    const masked = this.#special("masked");
    if (masked) return masked.type === "string" ? undefined : Number(plain(masked.length));
    const base64url = this.base64url();
    return base64url === undefined ? undefined : Math.floor((base64url.replace(/=+$/, "").length * 3) / 4);
  }

  /** By which a masked secret can be compared with another: the first bytes of its hash, hex; undefined if not masked. */
  fingerprint(): string | undefined {
    const fingerprint = this.#special("masked")?.fingerprint;
    return typeof fingerprint === "string" && fingerprint !== "" ? fingerprint : undefined;
  }

  /** Kind and value in a few words, ready to show as evidence: `string "abc"`, `ArrayBuffer, 16 bytes`. */
  describe(): string {
    return describeSnapshot(this.snapshot);
  }

  #step(name: string): Reading {
    if (this.isUnknown) return new Reading(this.snapshot, this, [name]);
    const { holder, within } = this.#members();
    const key = ONLY_DOLLARS.test(name) ? `${name}$` : name;
    return new Reading(Object.hasOwn(holder, key) ? holder[key] : undefined, this, [...within, key]);
  }

  /** The object that holds the members, and the steps to it where the recording wraps it. */
  #members(): { holder: { [key: string]: Snapshot }; within: readonly string[] } {
    const { snapshot } = this;
    if (!isRecord(snapshot)) return NO_MEMBERS;
    if (!Object.hasOwn(snapshot, "$")) return { holder: snapshot, within: [] };
    const wrapped = this.#special("PublicKeyCredential") ?? this.#special("object");
    return isRecord(wrapped?.value) ? { holder: wrapped.value, within: ["value"] } : NO_MEMBERS;
  }

  #special<Tag extends Special["$"]>(tag: Tag): Extract<Special, { $: Tag }> | undefined {
    const special = specialOf(this.snapshot);
    return special?.$ === tag ? (special as Extract<Special, { $: Tag }>) : undefined;
  }
}

type Special = Extract<Snapshot, { $: string }>;

const NO_MEMBERS = { holder: {}, within: [] };
const ONLY_DOLLARS = /^\$+$/;
const SHOWN_LENGTH = 60;

function kindOf(snapshot: Snapshot | undefined): Kind {
  if (snapshot === undefined) return "absent";
  if (snapshot === null) return "null";
  if (Array.isArray(snapshot)) return "list";
  if (typeof snapshot !== "object") return typeof snapshot as "boolean" | "number" | "string";
  const special = specialOf(snapshot);
  if (!special) return "object";
  // Of an object, which a file may have here, not even a name can be made safely.
  return (typeof special.$ === "string" && ownKind(special.$)) || "unknown";
}

function ownKind(tag: string): Kind | undefined {
  return Object.hasOwn(KIND_OF, tag) ? KIND_OF[tag] : undefined;
}

const KIND_OF: Record<string, Kind> = {
  undefined: "absent",
  bytes: "bytes",
  masked: "masked",
  number: "number",
  bigint: "bigint",
  symbol: "symbol",
  function: "function",
  AbortSignal: "signal",
  PublicKeyCredential: "object",
  Credential: "object",
  object: "object",
};

function describeSnapshot(snapshot: Snapshot | undefined): string {
  const special = specialOf(snapshot);
  if (special) return describeSpecial(special);
  if (snapshot === undefined) return "absent";
  if (snapshot === null) return "null";
  if (typeof snapshot === "string") return `string ${quote(snapshot)}`;
  if (Array.isArray(snapshot)) return snapshot.length === 0 ? "empty list" : `list of ${snapshot.length}`;
  if (typeof snapshot === "object") return "object";
  return `${typeof snapshot} ${snapshot}`;
}

function describeSpecial(special: Special): string {
  switch (special.$) {
    case "undefined":
      return "undefined";
    case "bytes":
      return `${plain(special.type)}, ${count(new Reading(special, "").byteLength() ?? 0, "byte")}`;
    case "masked":
      return `${plain(special.type)}, ${count(Number(plain(special.length)), special.type === "string" ? "character" : "byte")}, masked`;
    case "number":
      return `number ${plain(special.value)}`;
    case "bigint":
      return `bigint ${shorten(plain(special.value), SHOWN_LENGTH)}`;
    case "symbol":
    case "function":
      return special.name ? `${special.$} ${shorten(plain(special.name), SHOWN_LENGTH)}` : special.$;
    case "AbortSignal":
      return special.aborted ? "AbortSignal, aborted" : "AbortSignal";
    case "PublicKeyCredential":
      return "PublicKeyCredential";
    case "Credential":
      return `Credential of type ${quote(plain(special.type))}`;
    case "object":
      return special.class && special.class !== "Object"
        ? `object ${shorten(plain(special.class), SHOWN_LENGTH)}`
        : "object";
    case "unreadable":
      return `unreadable: ${shorten(plain(special.error), SHOWN_LENGTH)}`;
    case "cycle":
      return "an object that contains itself";
    case "truncated":
      return `${shorten(plain(special.of), SHOWN_LENGTH)}, too large to keep`;
    default:
      return "unknown";
  }
}

function specialOf(snapshot: Snapshot | undefined): Special | undefined {
  if (!isRecord(snapshot) || !Object.hasOwn(snapshot, "$")) return undefined;
  return snapshot as Special;
}

function isRecord(value: unknown): value is { [key: string]: Snapshot } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A file may hold anything in these places, and of an object not even a text can be made safely. */
function plain(value: unknown): string {
  return typeof value === "object" ? "unknown" : String(value);
}

function quote(text: string): string {
  return `"${shorten(text, SHOWN_LENGTH)}"`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
