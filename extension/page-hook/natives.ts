/** The window of a page, as far as the hook is concerned; a test passes one of its own. */
export type Scope = Window & typeof globalThis;

export type AnyFunction = (...args: never[]) => unknown;
type Uncurried<R = unknown> = (self: unknown, ...args: unknown[]) => R;

// The language's built-ins that the hook uses at run time, taken when it is loaded, before a page
// can replace them; each part of the hook takes those of the browser in the same way when it is
// made. What is absent throws a TypeError when called, so that the caller's `try` treats it like
// any other failure.
//
// At run time the hook keeps clear of everything that looks a page's replacements up behind the
// scenes: no iterators, spread or array destructuring, no methods on values, not even the length of a
// typed array. Objects and arrays that are filled, or handed to built-ins as options, have no
// prototype, so nothing that a page plants on `Object.prototype` or `Array.prototype` is asked.

export const {
  apply,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  setPrototypeOf,
} = Reflect;
export const { isArray } = Array;
export const { isView } = ArrayBuffer;
export const { now } = Date;
export const { floor, max, min } = Math;
export const objectPrototype = Object.prototype;
export const functionPrototype = Function.prototype;
export const promisePrototype = Promise.prototype;
export const NativeError = Error;
export const NativeProxy = Proxy;
export const NativeWeakMap = WeakMap;
export const Bytes = Uint8Array;
export const Words = Uint32Array;

const stringPrototype = String.prototype;
const weakMapPrototype = WeakMap.prototype;
export const promiseThen = uncurry<object>(promisePrototype.then);
export const functionToString = uncurry<string>(functionPrototype.toString);
export const numberToString = uncurry<string>(Number.prototype.toString);
export const indexOf = uncurry<number>(stringPrototype.indexOf);
export const lastIndexOf = uncurry<number>(stringPrototype.lastIndexOf);
export const slice = uncurry<string>(stringPrototype.slice);
export const weakGet = uncurry(weakMapPrototype.get);
export const weakSet = uncurry(weakMapPrototype.set);

/** `uncurry(prototype.method)(self, argument)` is what `self.method(argument)` was at the time. */
export function uncurry<R = unknown>(method: unknown): Uncurried<R> {
  return (self, ...args) => apply(method as AnyFunction, self, args as never[]) as R;
}

/** Own property as a descriptor that inherits nothing; undefined where there is none. */
export function describe(target: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(target, key);
  if (descriptor) setPrototypeOf(descriptor, null);
  return descriptor;
}

/** The getter of an attribute, by the prototype that has it. Calling it is the test of an object's brand. */
export function getter<R = unknown>(prototype: object | undefined, name: PropertyKey): Uncurried<R> {
  return uncurry(prototype && describe(prototype, name)?.get);
}

/** An array without a prototype: `list[list.length] = x` reaches no setter of a page. */
export function bareArray<T>(): T[] {
  const list: T[] = [];
  setPrototypeOf(list, null);
  return list;
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Prototypes of one object that are looked at. A proxy can have them without end. */
const MAX_PROTOTYPES = 50;

/** Visits the object and its prototypes until one visit returns something; returns that. */
export function climb<T>(start: object | null, visit: (holder: object) => T | undefined): T | undefined {
  let found: T | undefined;
  for (let i = 0, holder = start; holder && found === undefined && i < MAX_PROTOTYPES; i++) {
    found = visit(holder);
    holder = getPrototypeOf(holder);
  }
  return found;
}

/** Whether one of the object's prototypes is the given one. */
export function inherits(value: object, prototype: object | undefined): boolean | undefined {
  return climb(getPrototypeOf(value), (holder) => holder === prototype || undefined);
}

/** Characters of a name or a message; those of browsers are far shorter. */
const MAX_TEXT = 2_000;

/** A name or a message at a length that is fit to be kept; the mark says that there was more. */
export function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${slice(text, 0, MAX_TEXT)}\u2026` : text;
}

/**
 * What the function returns, undefined where it throws: what a browser lacks, a page forbids or the
 * hook gets wrong is no affair of the page.
 */
export function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
