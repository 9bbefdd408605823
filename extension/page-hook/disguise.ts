import type { AnyFunction, Natives, Scope } from "./natives.js";

export type Trap = (target: AnyFunction, self: unknown, args: unknown[]) => unknown;

/** Calls `target` for a trap that has nothing to tell. */
export type PassOn = (trap: Trap, target: AnyFunction, self: unknown, args: unknown[]) => unknown;

/**
 * A second run of the hook in the same realm asks `Function.prototype.toString` about this text: the
 * browser's own throws a TypeError, ours answers. So nothing has to be kept where a page could list it.
 */
const QUESTION = "keyhole: installed?";

/**
 * Makes functions that differ from the originals in nothing but that a trap of ours runs. A `Proxy`
 * has its target's name, length, own properties, prototype and refusals; what gives it away in V8 is
 * `Function.prototype.toString`, which leaves out the name, so that function is disguised too.
 *
 * Returns undefined where a hook is at work already.
 */
export function createDisguise(natives: Natives, scope: Scope) {
  if (isInstalled(natives)) return undefined;
  const { defineProperty, describe, weakGet, weakSet } = natives;
  const originals = new natives.WeakMap<object, AnyFunction>();
  const disguises = new natives.WeakMap<object, AnyFunction>();

  const originalOf = <F>(candidate: F): F | AnyFunction =>
    typeof candidate === "function"
      ? ((weakGet(originals, candidate) as AnyFunction) ?? candidate)
      : candidate;

  /** The same function gets the same disguise every time. */
  const disguise = (original: AnyFunction, makeTrap: () => Trap): AnyFunction => {
    const known = weakGet(disguises, original) as AnyFunction | undefined;
    if (known) return known;
    const handler = { __proto__: null, apply: makeTrap() } as ProxyHandler<AnyFunction>;
    const ours = new natives.Proxy(original, handler);
    weakSet(originals, ours, original);
    weakSet(disguises, original, ours);
    return ours;
  };

  /** Returns what takes the disguise away again. */
  const disguiseToString = (passOn: PassOn): (() => void) => {
    const holder = scope.Function.prototype;
    const descriptor = describe(holder, "toString")!;
    const original = descriptor.value as AnyFunction;
    const ours = disguise(original, () => {
      const trap: Trap = (target, self, args) =>
        self === QUESTION ? "" : passOn(trap, target, originalOf(self), args);
      return trap;
    });
    descriptor.value = ours;
    defineProperty(holder, "toString", descriptor);
    return () => {
      const current = describe(holder, "toString");
      if (current?.value !== ours) return;
      current.value = original;
      defineProperty(holder, "toString", current);
    };
  };

  return {
    disguise,
    disguiseToString,
    originalOf,
    isOurs: (candidate: object): boolean => weakGet(originals, candidate) !== undefined,
  };
}

function isInstalled(natives: Natives): boolean {
  try {
    natives.toString(QUESTION);
    return true;
  } catch {
    return false;
  }
}
