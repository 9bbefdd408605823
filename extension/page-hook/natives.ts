/** The window of a page, as far as the hook is concerned; a test passes one of its own. */
export type Scope = Window & typeof globalThis;

export type AnyFunction = (...args: never[]) => unknown;
type Uncurried<R = unknown> = (self: unknown, ...args: unknown[]) => R;

/**
 * The built-ins that the hook uses at run time, taken once at start, before a page can replace
 * them. What is absent from the browser throws a TypeError when it is called, so that the caller's
 * `try` treats it like any other failure.
 *
 * The rest of the hook keeps clear of everything that looks a page's replacements up behind the
 * scenes: no iterators, spread or array destructuring, no methods on values, no `await`; objects
 * and arrays that it fills have no prototype, so no setter that a page plants on
 * `Object.prototype` or `Array.prototype` can see or break them.
 */
export function captureNatives(scope: Scope) {
  const { apply, defineProperty, deleteProperty, getPrototypeOf, ownKeys, setPrototypeOf } = scope.Reflect;
  const { getOwnPropertyDescriptor } = scope.Reflect;

  const uncurry = <R = unknown>(method: unknown): Uncurried<R> => {
    return (self, ...args) => apply(method as AnyFunction, self, args as never[]) as R;
  };

  /** Own property as a descriptor that inherits nothing; undefined where there is none. */
  const describe = (target: object, key: PropertyKey): PropertyDescriptor | undefined => {
    const descriptor = getOwnPropertyDescriptor(target, key);
    if (descriptor) setPrototypeOf(descriptor, null);
    return descriptor;
  };

  /** The getter of `Interface.prototype[member]`, which also is the test of an object's brand. */
  const getter = <R = unknown>(interfaceName: string, member: PropertyKey): Uncurried<R> => {
    return uncurry(prototype(interfaceName) && describe(prototype(interfaceName)!, member)?.get);
  };

  const method = <R = unknown>(interfaceName: string, member: PropertyKey): Uncurried<R> => {
    return uncurry(prototype(interfaceName) && describe(prototype(interfaceName)!, member)?.value);
  };

  function prototype(interfaceName: string): object | undefined {
    return (scope as unknown as Record<string, { prototype?: object } | undefined>)[interfaceName]?.prototype;
  }

  return {
    apply,
    defineProperty,
    deleteProperty,
    getPrototypeOf,
    ownKeys,
    setPrototypeOf,
    uncurry,
    describe,
    getter,
    method,
    prototype,
    isArray: scope.Array.isArray,
    isView: scope.ArrayBuffer.isView,
    toStringTag: scope.Symbol.toStringTag,
    objectPrototype: scope.Object.prototype,
    functionPrototype: scope.Function.prototype,
    promisePrototype: scope.Promise.prototype,
    promiseThen: uncurry<Promise<unknown>>(scope.Promise.prototype.then),
    toString: uncurry<string>(scope.Function.prototype.toString),
    indexOf: uncurry<number>(scope.String.prototype.indexOf),
    lastIndexOf: uncurry<number>(scope.String.prototype.lastIndexOf),
    slice: uncurry<string>(scope.String.prototype.slice),
    charCodeAt: uncurry<number>(scope.String.prototype.charCodeAt),
    symbolDescription: getter<string | undefined>("Symbol", "description"),
    now: scope.Date.now,
    clock: uncurry<number>(scope.performance?.now),
    performance: scope.performance,
    Uint8Array: scope.Uint8Array,
    Uint32Array: scope.Uint32Array,
    Proxy: scope.Proxy,
    Error: scope.Error,
    WeakMap: scope.WeakMap,
    weakGet: uncurry(scope.WeakMap.prototype.get),
    weakSet: uncurry(scope.WeakMap.prototype.set),
    weakDelete: uncurry(scope.WeakMap.prototype.delete),
    addEventListener: method("EventTarget", "addEventListener"),
    removeEventListener: method("EventTarget", "removeEventListener"),
    dispatchEvent: method("EventTarget", "dispatchEvent"),
    eventType: getter<string>("Event", "type"),
  };
}

export type Natives = ReturnType<typeof captureNatives>;

/** An array without a prototype: `list[list.length] = x` reaches no setter of a page. */
export function bareArray<T>(natives: Natives): T[] {
  const list: T[] = [];
  natives.setPrototypeOf(list, null);
  return list;
}
