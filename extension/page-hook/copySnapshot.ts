import type { Snapshot } from "../../src/recording/snapshot.js";
import { createCopyCredential, type Members } from "./copyCredential.js";
import { createDescribeError } from "./describeError.js";
import { fingerprint } from "./fingerprint.js";
import {
  attempt,
  Bytes,
  bareArray,
  describe,
  getPrototypeOf,
  getter,
  indexOf,
  inherits,
  isArray,
  isView,
  NativeError,
  objectPrototype,
  ownKeys,
  type Scope,
  slice,
  uncurry,
} from "./natives.js";

// What one argument or result may cost in the log. Requests of real sites stay far below all of these.
/** bytes of one buffer, UTF-16 units of one string */
export const MAX_SIZE = 64 * 1024;
/** bytes and UTF-16 units in one copy, all together */
export const MAX_TOTAL_SIZE = 512 * 1024;
/** members of one object, elements of one array */
export const MAX_MEMBERS = 1_000;
/** values in one copy, all levels together */
export const MAX_VALUES = 10_000;
/** objects inside objects */
export const MAX_DEPTH = 16;

/**
 * Secrets by the names that lead to them: what PRF and its predecessor put out, what largeBlob holds,
 * the password of `create({ password: { id, password } })`. PRF inputs (`eval`, `evalByCredential`, salts)
 * are no secrets and kept for the rules.
 */
const SECRETS =
  "|largeBlob.write|largeBlob.blob|prf.results|hmacGetSecret.output1|hmacGetSecret.output2|password.password|password|largeBlob|";

const encoder = new TextEncoder();
const encodeUtf8 = uncurry<Uint8Array>(encoder.encode);
const symbolDescription = getter<string | undefined>(Symbol.prototype, "description");
const arrayBufferLength = getter<number>(ArrayBuffer.prototype, "byteLength");
const typedArrayPrototype = getPrototypeOf(Bytes.prototype)!;
const typedArrayName = getter<string | undefined>(typedArrayPrototype, Symbol.toStringTag);
const typedArray = viewGetters(typedArrayPrototype);
const dataView = viewGetters(DataView.prototype);
const setForEach = uncurry(Set.prototype.forEach);

/** An object on the way down to the value that is being copied: tells a cycle, a secret and the depth. */
interface Place {
  value: object;
  /** the name under which its parent holds it */
  key: PropertyKey;
  isSecret: boolean;
  depth: number;
  parent: Place | undefined;
}

/**
 * Makes the functions that copy what a page passed or got, types kept, secrets masked. Getters and
 * proxies of the page run, and may throw: that is recorded as `unreadable` and never thrown.
 */
export function createCopySnapshot(scope: Scope) {
  const describeError = createDescribeError(scope);
  const copyCredential = createCopyCredential(scope);
  const signalAborted = getter<boolean>(scope.AbortSignal?.prototype, "aborted");
  const eventTargetPrototype = scope.EventTarget.prototype;
  const exceptionPrototype = scope.DOMException.prototype;

  return {
    /** `sawSignal` gets the AbortSignal that stands where the API looks for it. */
    copy: (value: unknown, sawSignal?: (signal: object) => void) => copyValue(value, false, sawSignal),
    /** Out of the API: an object of the shape of a credential is one, even if a password manager made it. */
    copyOutcome: (value: unknown) => copyValue(value, true),
  };

  function copyValue(value: unknown, isOutcome: boolean, sawSignal?: (signal: object) => void): Snapshot {
    let valuesLeft = MAX_VALUES;
    let sizeLeft = MAX_TOTAL_SIZE;
    return copy(value, "");

    function copy(value: unknown, key: PropertyKey, parent?: Place): Snapshot {
      try {
        valuesLeft--;
        const type = typeof value;
        if (value === null || type === "boolean") return value as Snapshot;
        if (value === undefined) return { __proto__: null, $: "undefined" };
        if (typeof value === "function")
          return { __proto__: null, $: type, name: ownName(value) } as Snapshot;
        if (typeof value === "symbol")
          return { __proto__: null, $: "symbol", name: symbolDescription(value) ?? "" };
        // The secret itself where the member ought to be an object: a string, a list, bytes.
        const isSecret =
          !!parent &&
          (parent.isSecret ||
            (typeof key === "string" &&
              (holds(`${parent.key as string}.${key}`) || (holds(key) && !isPlain(value)))));
        if (typeof value === "string") return copyText(value, isSecret);
        if (typeof value === "object") return copyObject(value, key, isSecret, parent);
        if (isSecret) return masked(type, 0);
        if (typeof value === "bigint") return { __proto__: null, $: "bigint", value: `${value}` };
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
      return { __proto__: null, $: "bytes", type, base64url: base64url(bytes, size) };
    }

    function fits(size: number, isSecret: boolean): boolean {
      if (!isSecret) sizeLeft -= size;
      return size <= MAX_SIZE && sizeLeft >= 0;
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
      const place: Place = { value, key, isSecret, depth: (parent?.depth ?? 0) + 1, parent };
      if (place.depth > MAX_DEPTH || valuesLeft < 0) return truncated(isList ? "array" : "object");
      if (isList) return copyArray(value, place);
      if (!isUsual || (isOutcome && !parent)) {
        const aborted = attempt(() => signalAborted(value));
        if (aborted !== undefined) {
          if (key === "signal" && parent?.depth === 1) sawSignal?.(value);
          return { __proto__: null, $: "AbortSignal", aborted };
        }
        const credential = copyCredential(value, isOutcome && !parent, (members, name, read) => {
          members[name] = copyRead(read, name, place);
        });
        if (credential) return credential;
      }
      return isUsual ? copyMembers(value, place) : copyInstance(value, place);
    }

    function copyArray(list: unknown[], place: Place): Snapshot {
      const copies = bareArray<Snapshot>();
      const { length } = list;
      for (let i = 0; i < length; i++) {
        if (i >= MAX_MEMBERS || valuesLeft < 0) {
          copies[i] = truncated("array", length);
          break;
        }
        copies[i] = copyRead(() => list[i], i, place);
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
            elements[elements.length] = element;
          });
          return true;
        });
        if (isSet) members.values = copyArray(elements, place);
        else {
          const copied = copyMembers(value, place);
          if (name === "Object" || !name || "$" in copied) return copied;
          members = copied;
        }
      }
      return { __proto__: null, $: "object", class: name, value: members };
    }

    /** What WebIDL would read: own members, and all but the methods of the prototypes. */
    function copyMembers(value: object, place: Place): Members {
      const members: Members = { __proto__: null } as never;
      let count = 0;
      for (let holder: object | null = value; holder && !isRoot(holder); holder = getPrototypeOf(holder)) {
        const keys = ownKeys(holder);
        const { length } = keys;
        if (length > MAX_MEMBERS) return truncated("object", length) as Members;
        for (let i = 0; i < length; i++) {
          const key = keys[i]!;
          if (typeof key === "symbol") continue;
          const name = escapeDollars(key);
          if (holder !== value && (name in members || !isAttribute(holder, key))) continue;
          if (++count > MAX_MEMBERS || valuesLeft < 0) return truncated("object", length) as Members;
          members[name] = copyRead(() => (value as Record<string, unknown>)[key], key, place);
        }
      }
      return members;
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
    return { __proto__: null, $: "unreadable", error: slice(`${name}: ${message}`, 0, 500) };
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

function className(value: object): string {
  for (let holder = getPrototypeOf(value); holder; holder = getPrototypeOf(holder)) {
    const made = describe(holder, "constructor")?.value;
    if (typeof made === "function") return ownName(made);
  }
  return "";
}

function ownName(target: object): string {
  const name = describe(target, "name")?.value;
  return typeof name === "string" ? slice(name, 0, 200) : "";
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

function base64url(bytes: Uint8Array, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  let text = "";
  let bits = 0;
  let held = 0;
  for (let i = 0; i < length; i++) {
    held = ((held << 8) | bytes[i]!) & 0xffff;
    for (bits += 2; bits >= 0; bits -= 6) text += alphabet[(held >> bits) & 63]!;
    bits += 6;
  }
  return bits ? text + alphabet[(held << (6 - bits)) & 63]! : text;
}
