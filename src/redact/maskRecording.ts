import { decodeBase64url, encodeBase64url } from "../bytes/base64url.js";
import type { Call, Realm, Recording } from "../recording/recording.js";
import type { Snapshot } from "../recording/snapshot.js";
import { browsersWords } from "../spec/errorMessages.js";
import type { Addresses } from "./addresses.js";
import { type FreeText, freeTextMask } from "./freeText.js";
import { maskEncoded } from "./maskEncoded.js";
import { type MaskedKind, PLACES, type Place, REASON, UNKNOWN } from "./places.js";
import type { Pseudonyms } from "./pseudonyms.js";
import { type Masks, maskStructure } from "./responseBytes.js";
import { isKeyword, isKnownWord, isMemberName, maskWords } from "./vocabulary.js";

/** A value and what stands for it, as often as it was replaced. */
export interface MaskedValue {
  kind: MaskedKind;
  original: string;
  masked: string;
  count: number;
}

export interface MaskedRecording {
  recording: Recording;
  /** in the order in which they were met first */
  values: MaskedValue[];
  /** what any other text of this recording (a verdict, say) becomes */
  maskText(text: string): string;
}

/** A recording without a word that tells who it was: see {@link redact}, which also carries verdicts along. */
export function maskRecording(
  recording: Recording,
  {
    keepsHosts,
    rpIdHashes,
    ...known
  }: {
    keepsHosts: boolean;
    rpIdHashes: ReadonlyMap<string, string>;
    pseudonyms: Pseudonyms;
    addresses: Addresses;
  },
): MaskedRecording {
  const masks = { ...known, rpIdHashes };
  const structures = new Map<string, string>();
  // Once to get to know every value; then sentences and names in which one stands can be masked, too.
  new Masking(masks, keepsHosts, { known: (text) => text, sentence: (text) => text }, structures).recording(
    recording,
  );
  const freeText = freeTextMask(masks.pseudonyms, masks.addresses);
  const masking = new Masking(masks, keepsHosts, freeText, structures);
  return { recording: masking.recording(recording), values: masking.values(), maskText: freeText.sentence };
}

class Masking {
  readonly #values = new Map<string, MaskedValue>();

  constructor(
    private readonly masks: Masks,
    private readonly keepsHosts: boolean,
    private readonly free: FreeText,
    /** what bytes with members have become */
    private readonly structures: Map<string, string>,
  ) {}

  values(): MaskedValue[] {
    return [...this.#values.values()];
  }

  recording({
    format,
    version,
    createdBy,
    createdAt,
    lostCalls,
    realms,
    calls,
    redaction,
    ...others
  }: Recording): Recording {
    return {
      format,
      version,
      createdBy,
      createdAt,
      ...(lostCalls !== undefined && { lostCalls }),
      ...this.#members(others),
      realms: realms.map((realm) => this.#realm(realm)),
      calls: calls.map((call) => this.#call(call)),
    };
  }

  #realm({
    id,
    url,
    origin,
    ancestorOrigins,
    isSecureContext,
    userAgent,
    maxTouchPoints,
    startedAt,
    frameId,
    hook,
    imported,
    ...others
  }: Realm): Realm {
    return {
      id,
      url: this.#note("address", url, this.masks.addresses.address(url, this.free.known)),
      origin: this.#origin(origin),
      ancestorOrigins: ancestorOrigins.map((each) => this.#origin(each)),
      isSecureContext,
      userAgent,
      maxTouchPoints,
      startedAt,
      ...(frameId !== undefined && { frameId }),
      hook,
      ...this.#imported(imported),
      ...this.#members(others),
    };
  }

  #origin(origin: string): string {
    return this.#note("host", origin, this.masks.addresses.host(origin));
  }

  #call({
    id,
    realmId,
    seq,
    api,
    startedAt,
    duration,
    environment,
    initiator,
    arguments: args,
    aborted,
    outcome,
    imported,
    ...others
  }: Call): Call {
    const places = PLACES[api];
    const masked: Call = {
      id,
      realmId,
      seq,
      api,
      startedAt,
      ...(duration !== undefined && { duration }),
      environment,
      arguments: args.map((argument, index) =>
        this.#snapshot(argument, index === 0 ? places.argument : UNKNOWN),
      ),
      ...(aborted && { aborted: { ...aborted, reason: this.#snapshot(aborted.reason, REASON) } }),
      outcome: this.#outcome(outcome, places.result),
      ...this.#imported(imported),
      ...this.#members(others),
    };
    if (initiator !== undefined) masked.initiator = this.#note("stack", initiator, this.#stack(initiator));
    return masked;
  }

  /** Where it stood in a file of somebody else's. */
  #imported(imported: Call["imported"]): Pick<Call, "imported"> {
    if (!imported) return {};
    const { at } = imported;
    return { imported: at === undefined ? imported : { ...imported, at: this.free.sentence(at) } };
  }

  #outcome(outcome: Call["outcome"], place: Place): Call["outcome"] {
    if (outcome.status === "fulfilled") return { ...outcome, value: this.#snapshot(outcome.value, place) };
    if (outcome.status === "pending") return { ...outcome };
    const { name, message, isDOMException, ...others } = outcome.error;
    const masked = this.#note("message", message, this.#errorMessage(outcome.error));
    const error = { name: this.#keyword(name), message: masked, isDOMException, ...this.#members(others) };
    return { status: "rejected", error };
  }

  /** A browser's own words are nobody's, even where one of them is somebody's name as well. */
  #errorMessage(error: { name: string; message: string }): string {
    const words = browsersWords(error);
    const at = error.message.indexOf(words);
    const [before, after] = [error.message.slice(0, at), error.message.slice(at + words.length)];
    return this.free.sentence(before) + words + this.free.sentence(after);
  }

  /** Members that this version does not know. */
  #members(others: object): object {
    return Object.fromEntries(
      Object.entries(others).map(([name, value]) => [name, this.#snapshot(value as Snapshot, UNKNOWN)]),
    );
  }

  #snapshot(snapshot: Snapshot, place: Place): Snapshot {
    if (typeof snapshot === "string") return this.#text(snapshot, place);
    if (typeof snapshot === "number") return this.#number(snapshot, place);
    if (typeof snapshot !== "object" || snapshot === null) return snapshot;
    if (Array.isArray(snapshot)) return snapshot.map((item) => this.#snapshot(item, place));
    if (Object.hasOwn(snapshot, "$")) return this.#special(snapshot as Special, place);
    return this.#object(snapshot as { [name: string]: Snapshot }, place);
  }

  #object(object: { [name: string]: Snapshot }, place: Place): { [name: string]: Snapshot } {
    const known = place.as === "members" ? place : NO_MEMBERS;
    const others = known.others ?? (place.as === "keep" ? place : UNKNOWN);
    const entries = Object.entries(object).map(([name, value]): [string, Snapshot] => {
      const isNamed = Object.hasOwn(known.members, name);
      const shown = isNamed ? name : this.#name(name, known.names);
      return [shown, this.#snapshot(value, isNamed ? known.members[name]! : others)];
    });
    return Object.fromEntries(entries);
  }

  #name(name: string, kind: MaskedKind | undefined): string {
    const { pseudonyms } = this.masks;
    if (kind) return this.#note(kind, name, maskEncoded(name, pseudonyms));
    return this.#note(
      "other value",
      name,
      isMemberName(name) ? this.free.known(name) : maskWords(name, pseudonyms),
    );
  }

  /** A word of an enumeration, or what a page believes to be one. */
  #keyword(text: string): string {
    if (isKnownWord(text)) return text;
    return this.#note(
      "other value",
      text,
      isKeyword(text) ? this.free.known(text) : this.masks.pseudonyms.text(text),
    );
  }

  #special(special: Special, place: Place): Snapshot {
    const { pseudonyms } = this.masks;
    const { $, ...members } = special;
    switch ($) {
      case "bytes":
        return { ...special, base64url: this.#bytes(String(special.base64url), place) } as Snapshot;
      case "masked": {
        const fingerprint = String(special.fingerprint);
        return {
          ...special,
          fingerprint: this.#note("secret", fingerprint, pseudonyms.fingerprint(fingerprint)),
        } as Snapshot;
      }
      case "bigint":
        return {
          ...special,
          value: this.#note("other value", String(special.value), pseudonyms.digits(String(special.value))),
        } as Snapshot;
      case "symbol":
      case "function":
        return { ...special, name: this.#text(String(special.name), UNKNOWN) } as Snapshot;
      case "PublicKeyCredential":
      case "object":
        // A member of this object may be called "$", too: then it is no snapshot of its own.
        return {
          ...special,
          value: this.#object(special.value as { [name: string]: Snapshot }, place),
        } as Snapshot;
      case "Credential":
        return {
          ...special,
          id: this.#text(String(special.id), { as: "text", kind: "user name" }),
        } as Snapshot;
      case "unreadable":
        return {
          ...special,
          error: this.#note("message", String(special.error), this.free.sentence(String(special.error))),
        } as Snapshot;
      case "undefined":
      case "number":
      case "AbortSignal":
      case "cycle":
      case "truncated":
        return special as Snapshot;
      default:
        return { $, ...this.#members(members) } as Snapshot;
    }
  }

  #text(text: string, place: Place): string {
    const { pseudonyms, addresses } = this.masks;
    switch (place.as) {
      case "keep":
      case "keyword":
        return this.#keyword(text);
      case "host":
        return this.#note("host", text, addresses.host(text));
      case "address":
        return this.#note("address", text, addresses.address(text, this.free.known));
      case "text":
        if (place.kind === "relying party" && this.keepsHosts) return text;
        return this.#note(place.kind, text, pseudonyms.text(text));
      case "id":
      case "structure":
        return this.#note(place.kind, text, maskEncoded(text, pseudonyms));
      case "sentence":
        return this.#note("message", text, this.#stack(text));
      default:
        return this.#note("other value", text, maskWords(text, pseudonyms));
    }
  }

  /** Numbers of up to three digits are options, versions and counts. */
  #number(number: number, place: Place): number {
    if (place.as === "keep" || place.as === "keyword") return number;
    const isValue = place.as === "text" || place.as === "id";
    if (!Number.isFinite(number) || (!isValue && Math.abs(number) < 1_000)) return number;
    // Another exponent could make it infinite.
    const [digits = "", exponent] = String(number).split("e");
    const drawn = Number(`${this.masks.pseudonyms.digits(digits)}e${exponent ?? 0}`);
    const masked = Number.isFinite(drawn) ? drawn : Math.sign(number);
    this.#note("other value", String(number), String(masked));
    return masked;
  }

  #bytes(base64url: string, place: Place): string {
    const { pseudonyms } = this.masks;
    const kind =
      place.as === "id" || place.as === "text" || place.as === "structure" ? place.kind : "other value";
    if (place.as !== "structure") return this.#note(kind, base64url, pseudonyms.base64url(base64url));
    const key = `${place.structure} ${base64url}`;
    let masked = this.structures.get(key);
    if (masked === undefined) {
      const { bytes } = decodeBase64url(base64url);
      masked = bytes
        ? encodeBase64url(maskStructure(bytes, place.structure, this.masks))
        : pseudonyms.text(base64url);
      this.structures.set(key, masked);
    }
    return this.#note(kind, base64url, masked);
  }

  /** Line by line: functions and files have other names, lines and columns stay. */
  #stack(stack: string): string {
    const { words } = this.masks.addresses;
    return stack.replace(/(?:https?|file|blob|[\w-]+-extension):[^\s()]*|[^\s()@:/]+/g, (part) => {
      if (KEPT_IN_STACKS.test(part)) return part;
      const place = /^(.*?)((?::\d+){0,2})$/s.exec(part)!;
      if (!/^[\w-]+:\//.test(part)) return words.text(part);
      const address = this.masks.addresses.address(place[1]!);
      const origin = /^[\w-]+:\/*[^/]*/.exec(address)![0];
      return (
        origin +
        address.slice(origin.length).replace(/[\p{L}\p{N}]+/gu, (word) => maskPathWord(word, words)) +
        place[2]
      );
    });
  }

  #note(kind: MaskedKind, original: string, masked: string): string {
    if (original === masked) return masked;
    const key = `${kind} ${original}`;
    const value = this.#values.get(key);
    if (value) value.count++;
    else this.#values.set(key, { kind, original, masked, count: 1 });
    return masked;
  }
}

type Special = { $: string; [member: string]: unknown };

const NO_MEMBERS: Extract<Place, { as: "members" }> = { as: "members", members: {} };
const KEPT_IN_STACKS =
  /^(?:at|async|await|new|eval|anonymous|<anonymous>|Object|Promise|global|code|native|\d+|\[as|\])$/;

/** The ending of a file tells its kind, and nothing else. */
function maskPathWord(word: string, words: Pseudonyms): string {
  return /^(?:js|mjs|cjs|ts|tsx|jsx|html|php|assets|static|src|dist)$/.test(word) ? word : words.text(word);
}
