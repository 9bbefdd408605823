import type { Snapshot } from "../../src/recording/snapshot.js";
import { createCopyCredential } from "./copyCredential.js";
import { createDescribeError } from "./describeError.js";
import { createFingerprint } from "./fingerprint.js";
import { bareArray, type Natives } from "./natives.js";

/** What one argument or result may cost in the log. Requests of real sites stay far below all of these. */
export const LIMITS = {
  /** bytes of one buffer */
  bytes: 64 * 1024,
  /** UTF-16 units of one string */
  characters: 64 * 1024,
  /** members of one object, elements of one array */
  members: 1_000,
  /** objects inside objects */
  depth: 16,
  /** values in one copy, all levels together */
  values: 10_000,
  /** bytes and UTF-16 units in one copy, all together */
  size: 512 * 1024,
} as const;

export type Members = { [name: string]: Snapshot };

/** An object on the way down to the value being copied: tells a cycle, a secret and the depth. */
interface Place {
  value: object;
  /** the name under which its parent holds it */
  key: string | undefined;
  secret: boolean;
  depth: number;
  parent: Place | undefined;
}

/**
 * Makes the functions that copy what a page passed or got, types kept, secrets masked. Getters and
 * proxies of the page run, and may throw: that is recorded as `unreadable` and never thrown.
 */
export function createCopySnapshot(natives: Natives) {
  const { describe, getPrototypeOf, getter, isArray, objectPrototype, ownKeys, uncurry } = natives;
  const fingerprint = createFingerprint(natives);
  const describeError = createDescribeError(natives);
  const copyCredential = createCopyCredential(natives);

  const isView = natives.isView;
  const arrayBufferLength = getter<number>("ArrayBuffer", "byteLength");
  const sharedBufferLength = getter<number>("SharedArrayBuffer", "byteLength");
  const dataViewGetter = <R>(name: string) => getter<R>("DataView", name);
  const typedArrayPrototype = getPrototypeOf(natives.Uint8Array.prototype)!;
  const typedArrayGetter = <R>(name: PropertyKey) => uncurry<R>(describe(typedArrayPrototype, name)?.get);
  const typedArrayName = typedArrayGetter<string | undefined>(natives.toStringTag);
  const views = {
    typedArray: viewGetters(typedArrayGetter),
    dataView: viewGetters(dataViewGetter),
  };
  const signalAborted = getter<boolean>("AbortSignal", "aborted");
  const setForEach = natives.method("Set", "forEach");
  const eventTargetPrototype = natives.prototype("EventTarget");

  return {
    /** `sawSignal` gets the AbortSignal that stands where the API looks for it. */
    copy: (value: unknown, sawSignal?: (signal: object) => void): Snapshot =>
      copyValue(value, false, sawSignal),
    /** Out of the API: an object of the shape of a credential is one, even if a password manager made it. */
    copyOutcome: (value: unknown): Snapshot => copyValue(value, true),
  };

  function copyValue(value: unknown, isOutcome: boolean, sawSignal?: (signal: object) => void): Snapshot {
    const budget = { values: LIMITS.values, size: LIMITS.size };
    return copy(value, undefined, undefined);

    function copy(value: unknown, key: string | undefined, parent: Place | undefined): Snapshot {
      try {
        budget.values--;
        if (value === null || typeof value === "boolean") return value;
        if (typeof value === "undefined") return { __proto__: null, $: "undefined" };
        if (typeof value === "function") return { __proto__: null, $: "function", name: ownName(value) };
        if (typeof value === "symbol")
          return { __proto__: null, $: "symbol", name: natives.symbolDescription(value) ?? "" };
        const secret = isSecret(value, key, parent);
        if (typeof value === "string") return copyString(value, secret);
        if (typeof value === "object") return copyObject(value, key, secret, parent);
        if (secret) return { __proto__: null, $: "masked", type: typeof value, length: 0, fingerprint: "" };
        if (typeof value === "bigint") return { __proto__: null, $: "bigint", value: `${value}` };
        return copyNumber(value as number);
      } catch (error) {
        return unreadable(error);
      }
    }

    function copyString(text: string, secret: boolean): Snapshot {
      const { length } = text;
      if (length > LIMITS.characters) return truncated("string", length);
      if (secret)
        return { __proto__: null, $: "masked", type: "string", length, fingerprint: fingerprintOfText(text) };
      budget.size -= length;
      return budget.size < 0 ? truncated("string", length) : text;
    }

    function copyObject(value: object, key: string | undefined, secret: boolean, parent?: Place): Snapshot {
      const place: Place = { value, key, secret, depth: parent ? parent.depth + 1 : 1, parent };
      if (isArray(value)) {
        if (secret || key === "password")
          return { __proto__: null, $: "masked", type: "Array", length: value.length, fingerprint: "" };
        return enter(place, "array") ?? copyArray(value, place);
      }
      const prototype = getPrototypeOf(value);
      // Most objects of a request are plain; asking these for their brand would only cost time.
      const isPlain = prototype === null || prototype === objectPrototype;
      if (!isPlain) {
        const bytes = copyBytes(value, secret || key === "password");
        if (bytes) return bytes;
        const aborted = attempt(() => signalAborted(value));
        if (aborted !== undefined) {
          if (key === "signal" && parent?.depth === 1) sawSignal?.(value);
          return { __proto__: null, $: "AbortSignal", aborted };
        }
      }
      const beyond = enter(place, "object");
      if (beyond) return beyond;
      const put = (members: Members, name: string, read: () => unknown) => {
        try {
          members[name] = copy(read(), name, place);
        } catch (error) {
          members[name] = unreadable(error);
        }
      };
      if (!isPlain || (isOutcome && !parent)) {
        const credential = copyCredential(value, isOutcome && !parent, put);
        if (credential) return credential;
      }
      if (isPlain) return copyMembers(value, prototype, place);
      return copyInstance(value, place);
    }

    /** The reason why the object is not gone into, if there is one. */
    function enter(place: Place, of: string): Snapshot | undefined {
      for (let above = place.parent; above; above = above.parent)
        if (above.value === place.value) return { __proto__: null, $: "cycle" };
      return place.depth > LIMITS.depth || budget.values < 0 ? truncated(of) : undefined;
    }

    function copyArray(list: unknown[], place: Place): Snapshot {
      const copies = bareArray<Snapshot>(natives);
      const { length } = list;
      for (let i = 0; i < length; i++) {
        if (i >= LIMITS.members || budget.values < 0) {
          copies[i] = truncated("array", length);
          break;
        }
        copies[i] = copyMember(list, i, place);
      }
      return copies;
    }

    function copyInstance(value: object, place: Place): Snapshot {
      const error = describeError(value, true);
      if (error)
        return instance(className(value), { __proto__: null, name: error.name, message: error.message });

      let end: object | null = getPrototypeOf(value);
      while (end && end !== eventTargetPrototype && !isObjectPrototype(end)) end = getPrototypeOf(end);
      const name = className(value);
      // A node or a window is no dictionary: reading its hundreds of members would disturb the page.
      if (end && end === eventTargetPrototype) return instance(name, emptyMembers());

      const elements = bareArray<unknown>(natives);
      const isSet = attempt(() => {
        setForEach(value, (element: unknown) => {
          elements[elements.length] = element;
        });
        return true;
      });
      const members = isSet ? copyMembers(elements, null, place) : copyMembers(value, end, place);
      return name === "Object" || name === "" || isTagged(members)
        ? members
        : instance(name, members as Members);
    }

    /** Own members, and what WebIDL would read from the prototypes before `end`: all but methods. */
    function copyMembers(value: object, end: object | null, place: Place): Snapshot {
      const members = emptyMembers();
      let count = 0;
      for (let holder: object | null = value; holder && holder !== end; ) {
        const keys = ownKeys(holder);
        const size = keys.length;
        if (count + size > LIMITS.members * 2) return truncated("object", count + size);
        for (let i = 0; i < size; i++) {
          const key = keys[i]!;
          const isLengthOfElements = key === "length" && value !== place.value;
          if (typeof key === "symbol" || isLengthOfElements) continue;
          const name = escapeDollars(key);
          if (holder !== value && (!isInheritedMember(holder, key) || name in members)) continue;
          if (++count > LIMITS.members || budget.values < 0) return truncated("object", size);
          members[name] = copyMember(value, key, place);
        }
        holder = getPrototypeOf(holder);
      }
      return members;
    }

    function copyMember(holder: object, key: PropertyKey, place: Place): Snapshot {
      let value: unknown;
      try {
        value = (holder as Record<PropertyKey, unknown>)[key];
      } catch (error) {
        return unreadable(error);
      }
      return copy(value, typeof key === "string" ? key : undefined, place);
    }

    /** By offset and length of the view; a detached or outgrown buffer has length 0. */
    function copyBytes(value: object, secret: boolean): Snapshot | undefined {
      let type = "ArrayBuffer";
      let buffer = value as ArrayBuffer;
      let offset = 0;
      let length: number | undefined;
      if (isView(value)) {
        type = typedArrayName(value) ?? "DataView";
        const view = type === "DataView" ? views.dataView : views.typedArray;
        buffer = view.buffer(value);
        // A DataView throws where its buffer is detached or has shrunk; a typed array says 0.
        length = attempt(() => view.length(value)) ?? 0;
        offset = attempt(() => view.offset(value)) ?? 0;
      } else {
        length = attempt(() => arrayBufferLength(value));
        if (length === undefined) {
          type = "SharedArrayBuffer";
          length = attempt(() => sharedBufferLength(value));
        }
        if (length === undefined) return undefined;
      }
      if (length > LIMITS.bytes) return truncated(type, length);
      const bytes = length ? new natives.Uint8Array(buffer, offset, length) : new natives.Uint8Array(0);
      if (secret)
        return { __proto__: null, $: "masked", type, length, fingerprint: fingerprint(bytes, length) };
      budget.size -= length;
      if (budget.size < 0) return truncated(type, length);
      return { __proto__: null, $: "bytes", type, base64url: base64url(bytes, length) };
    }
  }

  function unreadable(error: unknown): Snapshot {
    const described = attempt(() => describeError(error));
    const text = described ? `${described.name}: ${described.message}` : "";
    return { __proto__: null, $: "unreadable", error: natives.slice(text, 0, 500) };
  }

  function isInheritedMember(holder: object, key: string): boolean {
    if (key === "constructor") return false;
    const descriptor = describe(holder, key);
    return Boolean(
      descriptor && (descriptor.get || ("value" in descriptor && typeof descriptor.value !== "function")),
    );
  }

  /** Object.prototype of this realm or of any other. */
  function isObjectPrototype(candidate: object): boolean {
    return (
      candidate === objectPrototype ||
      (getPrototypeOf(candidate) === null && describe(candidate, "hasOwnProperty") !== undefined)
    );
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
    return typeof name === "string" ? natives.slice(name, 0, 200) : "";
  }

  /** Of its UTF-8 form, made here because the page may have replaced TextEncoder. */
  function fingerprintOfText(text: string): string {
    const bytes = new natives.Uint8Array(text.length * 3);
    let end = 0;
    for (let i = 0; i < text.length; i++) {
      let code = natives.charCodeAt(text, i);
      if (code >= 0xd800 && code < 0xe000) {
        const low = code < 0xdc00 && i + 1 < text.length ? natives.charCodeAt(text, i + 1) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          i++;
        } else code = 0xfffd;
      }
      if (code < 0x80) bytes[end++] = code;
      else {
        if (code < 0x800) bytes[end++] = 0xc0 | (code >> 6);
        else {
          if (code < 0x10000) bytes[end++] = 0xe0 | (code >> 12);
          else {
            bytes[end++] = 0xf0 | (code >> 18);
            bytes[end++] = 0x80 | ((code >> 12) & 63);
          }
          bytes[end++] = 0x80 | ((code >> 6) & 63);
        }
        bytes[end++] = 0x80 | (code & 63);
      }
    }
    return fingerprint(bytes, end);
  }
}

function viewGetters(getter: <R>(name: string) => (self: unknown) => R) {
  return {
    buffer: getter<ArrayBuffer>("buffer"),
    offset: getter<number>("byteOffset"),
    length: getter<number>("byteLength"),
  };
}

/**
 * Secrets by the names that lead to them: what PRF and its predecessor put out, what largeBlob holds,
 * and passwords. PRF inputs (`eval`, `evalByCredential`, salts) are no secrets and kept for the rules.
 */
function isSecret(value: unknown, key: string | undefined, parent: Place | undefined): boolean {
  if (!parent || parent.secret) return parent !== undefined;
  const holder = parent.key;
  if (holder === "largeBlob") return key === "write" || key === "blob";
  if (holder === "prf") return key === "results";
  if (holder === "hmacGetSecret") return key === "output1" || key === "output2";
  // `create({ password: { id, password } })`: the inner one.
  return key === "password" && (holder === "password" || typeof value !== "object");
}

function isTagged(members: Snapshot): boolean {
  return "$" in (members as Members);
}

function instance(name: string, value: Members): Snapshot {
  return { __proto__: null, $: "object", class: name, value };
}

function truncated(of: string, length?: number): Snapshot {
  return length === undefined
    ? { __proto__: null, $: "truncated", of }
    : { __proto__: null, $: "truncated", of, length };
}

function emptyMembers(): Members {
  return { __proto__: null } as unknown as Members;
}

/** A page's own "$" would be taken for ours. */
function escapeDollars(name: string): string {
  for (let i = 0; i < name.length; i++) if (name[i] !== "$") return name;
  return name.length ? `${name}$` : name;
}

function copyNumber(value: number): Snapshot {
  let text: string | undefined;
  if (value === 0 && 1 / value < 0) text = "-0";
  // NaN and the infinities
  else if (value - value !== 0) text = `${value}`;
  return text ? ({ __proto__: null, $: "number", value: text } as Snapshot) : value;
}

function base64url(bytes: Uint8Array, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  let text = "";
  for (let i = 0; i < length; i += 3) {
    const left = length - i;
    const group = (bytes[i]! << 16) | ((left > 1 ? bytes[i + 1]! : 0) << 8) | (left > 2 ? bytes[i + 2]! : 0);
    text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!;
    if (left > 1) text += alphabet[(group >> 6) & 63]!;
    if (left > 2) text += alphabet[group & 63]!;
  }
  return text;
}

/** What the function returns; undefined where it throws. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
