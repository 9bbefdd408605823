import type { Snapshot } from "../../src/recording/snapshot.js";
import { createCopyCredential, type Members } from "./copyCredential.js";
import { createDescribeError } from "./describeError.js";
import { fingerprint } from "./fingerprint.js";
import {
  attempt,
  Bytes,
  bareArray,
  climb,
  describe,
  getPrototypeOf,
  getter,
  indexOf,
  inherits,
  isArray,
  isObject,
  isView,
  min,
  NativeError,
  objectPrototype,
  ownKeys,
  type Scope,
  shorten,
  uncurry,
} from "./natives.js";

// What one argument or result may cost in the log. Requests of real sites stay far below all of these.
/** bytes of one buffer, UTF-16 units of one string */
const MAX_SIZE = 64 * 1024;
/**
 * bytes and UTF-16 units in all copies together, names of members and `VALUE_COST` of each value included;
 * so much is there again when the page has not called for some hundred milliseconds
 */
const MAX_TOTAL_SIZE = 1024 * 1024;
/** what comes back of it in a millisecond */
const REFILL = 2 * 1024;
/** what a value costs whatever its size, and a key whether or not its value is copied */
const VALUE_COST = 50;
/** members of one object, elements of one array */
const MAX_MEMBERS = 1_000;
/** objects inside objects */
const MAX_DEPTH = 16;
const MAX_BIGINT = 2n ** 256n;

/**
 * Members that the API reads, in requests and in what a password manager answers, inside others that it reads.
 * The getter of another one would not run without us, so it does not run; a `get` of a proxy neither.
 */
const READ_BY_THE_API =
  "|publicKey|password|mediation|signal|rp|id|name|displayName|user|challenge|pubKeyCredParams|alg|type|timeout|excludeCredentials|allowCredentials|transports|authenticatorSelection|authenticatorAttachment|residentKey|userVerification|attestation|hints|extensions|rpId|appid|prf|eval|evalByCredential|first|second|largeBlob|support|read|write|userId|credentialId|allAcceptedCredentialIds|";

/**
 * Secrets by the names that lead to them: what PRF and its predecessor put out, what largeBlob and credBlob hold,
 * the password of `create({ password: { id, password } })`. PRF inputs (`eval`, `evalByCredential`, salts)
 * are no secrets and kept for the rules.
 */
const SECRETS =
  "|largeBlob|largeBlob.write|largeBlob.blob|prf.results|hmacGetSecret.output1|hmacGetSecret.output2|password|credBlob|getCredBlob|";

const encoder = new TextEncoder();
const encodeUtf8 = uncurry<Uint8Array>(encoder.encode);
const symbolDescription = getter<string | undefined>(Symbol.prototype, "description");
const arrayBufferLength = getter<number>(ArrayBuffer.prototype, "byteLength");
const typedArrayPrototype = getPrototypeOf(Bytes.prototype)!;
const typedArrayName = getter<string | undefined>(typedArrayPrototype, Symbol.toStringTag);
const typedArray = viewGetters(typedArrayPrototype);
const dataView = viewGetters(DataView.prototype);
const setForEach = uncurry(Set.prototype.forEach);

/** Base64url, or bytes of which the content script makes that. */
export type EncodeBytes = (bytes: Uint8Array, length: number) => string | Uint8Array;

/** An object on the way down to the value that is being copied: tells a cycle, a secret and the depth. */
interface Place {
  value: object;
  /** the name under which its parent holds it */
  key: PropertyKey;
  isSecret: boolean;
  /** the API reads its members, as far as it knows them */
  isRead: boolean;
  depth: number;
  parent: Place | undefined;
}

/**
 * Makes the functions that copy what a page passed or got, types kept, secrets masked. Getters and proxies of
 * the page run where the browser ran them, and may throw: that is recorded as `unreadable` and never thrown.
 *
 * clock: milliseconds that never go back. encode: makes of bytes, which the page may change in the next
 * moment, what the link can carry.
 */
export function createCopySnapshot(scope: Scope, clock: () => number, encode: EncodeBytes) {
  const describeError = createDescribeError(scope);
  const copyCredential = createCopyCredential(scope);
  const signalAborted = getter<boolean>(scope.AbortSignal?.prototype, "aborted");
  const eventTargetPrototype = scope.EventTarget.prototype;
  const exceptionPrototype = scope.DOMException.prototype;
  let sizeLeft = MAX_TOTAL_SIZE;
  let refilledAt = 0;

  return {
    /**
     * An argument, of which the API reads the first, number 0. `sawSignal` gets the AbortSignal that stands where
     * the API looks for it.
     */
    copy: (value: unknown, index: number, sawSignal?: (signal: object) => void) =>
      copyValue(value, index, false, sawSignal),
    /** Out of the API: an object of the shape of a credential is one, even if a password manager made it. */
    copyOutcome: (value: unknown) => copyValue(value, 0, true),
  };

  function copyValue(
    value: unknown,
    index: number,
    isOutcome: boolean,
    sawSignal?: (signal: object) => void,
  ): Snapshot {
    const now = clock();
    sizeLeft = min(MAX_TOTAL_SIZE, sizeLeft + (now - refilledAt) * REFILL);
    refilledAt = now;
    return copy(value, index);

    function copy(value: unknown, key: PropertyKey, parent?: Place): Snapshot {
      try {
        sizeLeft -= VALUE_COST;
        const type = typeof value;
        if (value === null || type === "boolean") return value as Snapshot;
        if (value === undefined) return { __proto__: null, $: "undefined" };
        if (typeof value === "function")
          return { __proto__: null, $: type, name: ownName(value) } as Snapshot;
        if (typeof value === "symbol")
          return { __proto__: null, $: type, name: shorten(symbolDescription(value) ?? "") };
        // The secret itself where the member ought to be an object: a string, a list, bytes.
        const isSecret =
          !!parent &&
          (parent.isSecret ||
            holds(`${parent.key as string}.${key as string}`) ||
            (holds(key as string) && !isPlain(value)));
        if (typeof value === "string") return copyText(value, isSecret);
        if (typeof value === "object") return copyObject(value, key, isSecret, parent);
        if (isSecret) return masked(type, 0);
        if (typeof value === "bigint")
          // To write down a million digits takes seconds.
          return value < MAX_BIGINT && value > -MAX_BIGINT
            ? { __proto__: null, $: "bigint", value: `${value}` }
            : truncated(type);
        return copyNumber(value as number);
      } catch (error) {
        return unreadable(error);
      }
    }

    function holds(path: string): boolean {
      return indexOf(SECRETS, `|${path}|`) >= 0;
    }

    function copyText(text: string, isSecret: boolean): Snapshot {
      const { length } = text;
      if (!fits(length, isSecret)) return truncated("string", length);
      if (!isSecret) return text;
      const bytes = encodeUtf8(encoder, text);
      return masked("string", length, fingerprint(bytes, typedArray.size(bytes)));
    }

    /** By offset and length of the view; a detached or outgrown buffer has no bytes. */
    function copyBytes(value: object, isSecret: boolean): Snapshot | undefined {
      let type = "ArrayBuffer";
      let buffer = value;
      let offset = 0;
      let size: number | undefined;
      if (isView(value)) {
        type = typedArrayName(value) ?? "DataView";
        const view = type === "DataView" ? dataView : typedArray;
        buffer = view.buffer(value);
        // A DataView throws where its buffer is detached or has shrunk; a typed array says 0.
        size = attempt(() => view.size(value)) ?? 0;
        offset = size && view.offset(value);
      } else {
        size = attempt(() => arrayBufferLength(value));
        if (size === undefined) return undefined;
      }
      if (!fits(size, isSecret)) return truncated(type, size);
      const bytes = size ? new Bytes(buffer as ArrayBuffer, offset, size) : new Bytes(0);
      if (isSecret) return masked(type, size, fingerprint(bytes, size));
      return { __proto__: null, $: "bytes", type, base64url: encode(bytes, size) as string };
    }

    function fits(size: number, isSecret: boolean): boolean {
      if (size > MAX_SIZE || size > sizeLeft) return false;
      if (!isSecret) sizeLeft -= size;
      return true;
    }

    function copyObject(value: object, key: PropertyKey, isSecret: boolean, parent?: Place): Snapshot {
      const isList = isArray(value);
      // Most objects of a request are plain; asking these for their brand would only cost time.
      const isUsual = isList || isPlain(value);
      const bytes = isUsual ? undefined : copyBytes(value, isSecret);
      if (bytes) return bytes;
      // A fingerprint of each character (a String, a list, a Set) would give the whole away.
      if (isSecret && key !== "results") return masked(className(value), 0);
      for (let above = parent; above; above = above.parent)
        if (above.value === value) return { __proto__: null, $: "cycle" };
      const isRead = parent ? isReadByTheApi(key, parent) : !key;
      const place: Place = { value, key, isSecret, isRead, depth: (parent?.depth ?? 0) + 1, parent };
      if (place.depth > MAX_DEPTH || sizeLeft < 0) return truncated(isList ? "array" : "object");
      if (isList) return copyArray(value, place);
      if (!isUsual || (isOutcome && !parent)) {
        const aborted = attempt(() => signalAborted(value));
        if (aborted !== undefined) {
          if (key === "signal" && parent?.depth === 1) sawSignal?.(value);
          return { __proto__: null, $: "AbortSignal", aborted };
        }
        const credential = copyCredential(value, isOutcome && !parent, (members, name, read) => {
          const copied = copyRead(read, name, place);
          if (!isObject(copied) || (copied as { $?: unknown }).$ !== "undefined") members[name] = copied;
        });
        if (credential) return credential;
      }
      return isUsual ? copyMembers(value, place) : copyInstance(value, place);
    }

    function copyArray(list: unknown[], place: Place): Snapshot {
      const copies = bareArray<Snapshot>();
      const { length } = list;
      for (let i = 0; i < length; i++) {
        if (i >= MAX_MEMBERS || sizeLeft < 0) {
          copies[i] = truncated("array", length);
          break;
        }
        copies[i] = copyMember(list, i, place);
      }
      return copies;
    }

    function copyInstance(value: object, place: Place): Snapshot {
      const name = className(value);
      let members: Members = { __proto__: null } as never;
      if (inherits(value, NativeError.prototype) || inherits(value, exceptionPrototype)) {
        const error = describeError(value);
        members.name = error.name;
        members.message = error.message;
      } else if (!inherits(value, eventTargetPrototype)) {
        // A node or a window is no dictionary: reading its hundreds of members would disturb the page.
        const elements = bareArray<unknown>();
        const isSet = attempt(() => {
          setForEach(value, (element: unknown) => {
            if (elements.length <= MAX_MEMBERS) elements[elements.length] = element;
          });
          return true;
        });
        if (isSet) members.values = copyArray(elements, place);
        // The characters of a String are members of their own, and may be millions.
        else if ((describe(value, "length")?.value as number) > MAX_MEMBERS) return truncated("object");
        else {
          const copied = copyMembers(value, place);
          if (name === "Object" || !name || "$" in copied) return copied;
          members = copied;
        }
      }
      return { __proto__: null, $: "object", class: name, value: members };
    }

    /** Own members, and all but the methods of the prototypes: among them what WebIDL would read. */
    function copyMembers(value: object, place: Place): Members {
      const members: Members = { __proto__: null } as never;
      let count = 0;
      const isCut = climb<number>(value, (holder) => {
        if (isRoot(holder)) return 0;
        const keys = ownKeys(holder);
        const { length } = keys;
        // To list them takes as long as to make them, whatever is copied of it.
        sizeLeft -= length * VALUE_COST;
        if (length > MAX_MEMBERS) return length;
        for (let i = 0; i < length; i++) {
          const key = keys[i]!;
          if (typeof key === "symbol") continue;
          const name = escapeDollars(key);
          if (holder !== value && (name in members || !isAttribute(holder, key))) continue;
          if (++count > MAX_MEMBERS || !fits(key.length, false)) return length;
          members[name] = copyMember(value, key, place, holder);
        }
        return undefined;
      });
      return isCut ? (truncated("object", isCut) as Members) : members;
    }

    /** `holder`: the object itself or the one of its prototypes that has the member. */
    function copyMember(value: object, key: string | number, place: Place, holder = value): Snapshot {
      return copyRead(
        () => {
          const own = isReadByTheApi(key, place) ? undefined : describe(holder, key);
          if (own?.get) throw { __proto__: null, name: "Getter", message: "not run" };
          return own ? own.value : (value as Record<PropertyKey, unknown>)[key];
        },
        key,
        place,
      );
    }

    function copyRead(read: () => unknown, key: PropertyKey, place: Place): Snapshot {
      try {
        return copy(read(), key, place);
      } catch (error) {
        return unreadable(error);
      }
    }
  }

  function unreadable(error: unknown): Snapshot {
    const { name, message } = describeError(error);
    return { __proto__: null, $: "unreadable", error: shorten(`${name}: ${message}`) };
  }
}

function viewGetters(prototype: object) {
  return {
    buffer: getter<object>(prototype, "buffer"),
    offset: getter<number>(prototype, "byteOffset"),
    size: getter<number>(prototype, "byteLength"),
  };
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object") return false;
  const prototype = getPrototypeOf(value as object);
  return prototype === null || prototype === objectPrototype;
}

/** Object.prototype of this realm or of any other. */
function isRoot(holder: object): boolean {
  return (
    holder === objectPrototype || (getPrototypeOf(holder) === null && !!describe(holder, "hasOwnProperty"))
  );
}

function isAttribute(holder: object, key: string): boolean {
  return key !== "constructor" && typeof describe(holder, key)?.value !== "function";
}

/** Of a list that the API reads, it reads the elements. */
function isReadByTheApi(key: PropertyKey, { isRead }: Place): boolean {
  return isRead && (typeof key === "number" || indexOf(READ_BY_THE_API, `|${key as string}|`) >= 0);
}

function className(value: object): string {
  const name = climb(getPrototypeOf(value), (holder) => {
    const made = describe(holder, "constructor")?.value;
    return typeof made === "function" ? ownName(made) : undefined;
  });
  return name ?? "";
}

function ownName(target: object): string {
  const name = describe(target, "name")?.value;
  return typeof name === "string" ? shorten(name) : "";
}

function masked(type: string, length: number, print = ""): Snapshot {
  return { __proto__: null, $: "masked", type, length, fingerprint: print };
}

function truncated(of: string, length?: number): Snapshot {
  const snapshot = { __proto__: null, $: "truncated", of } as { $: "truncated"; of: string; length?: number };
  if (length !== undefined) snapshot.length = length;
  return snapshot;
}

/** A page's own "$" would be taken for ours. */
function escapeDollars(name: string): string {
  for (let i = 0; i < name.length; i++) if (name[i] !== "$") return name;
  return name && `${name}$`;
}

function copyNumber(value: number): Snapshot {
  const isNegativeZero = value === 0 && 1 / value < 0;
  // NaN and the infinities differ from themselves
  if (!isNegativeZero && value - value === 0) return value;
  return { __proto__: null, $: "number", value: isNegativeZero ? "-0" : `${value}` } as Snapshot;
}
