import {
  type AnyFunction,
  attempt,
  functionToString,
  NativeProxy,
  NativeWeakMap,
  weakGet,
  weakSet,
} from "./natives.js";

export type Trap = (target: AnyFunction, self: unknown, args: unknown[]) => unknown;
/** Calls `target` for a trap that has nothing to tell. */
export type PassOn = (trap: Trap, target: AnyFunction, self: unknown, args: unknown[]) => unknown;

/**
 * A second run of the hook in the same realm asks `Function.prototype.toString` about this text: the
 * browser's own throws a TypeError, ours answers. So nothing has to be kept where a page could list it.
 */
const QUESTION = "keyhole?";
/** Other scripts replace it as well, and theirs may have an answer to anything. */
const ANSWER = "keyhole!";

const originals = new NativeWeakMap<object, AnyFunction>();
const disguises = new NativeWeakMap<object, AnyFunction>();

/**
 * A function that differs from the original in nothing but that a trap of ours runs. A `Proxy` has its
 * target's name, length, own properties, prototype and refusals; what gives it away in V8 is
 * `Function.prototype.toString`, which leaves out the name: see `toStringTrap`. The same function gets
 * the same disguise every time.
 */
export function disguise(original: AnyFunction, makeTrap: () => Trap): AnyFunction {
  const known = weakGet(disguises, original) as AnyFunction | undefined;
  if (known) return known;
  const handler = { __proto__: null, apply: makeTrap() } as ProxyHandler<AnyFunction>;
  const ours = new NativeProxy(original, handler);
  weakSet(originals, ours, original);
  weakSet(disguises, original, ours);
  return ours;
}

/** Of what `disguise` made; undefined for everything else. */
export function originalOf(candidate: unknown): AnyFunction | undefined {
  return weakGet(originals, candidate) as AnyFunction | undefined;
}

/** What is asked first, whatever the arguments: undefined where they are no question of ours. */
export type Answer = (args: unknown[]) => string | undefined;

/** For `Function.prototype.toString`: makes it speak of the originals, itself included. */
export function toStringTrap(passOn: PassOn, answer?: Answer): Trap {
  const trap: Trap = (target, self, args) =>
    self === QUESTION ? ANSWER : answer?.(args) || passOn(trap, target, originalOf(self) ?? self, args);
  return trap;
}

/** Whether a hook is at work in this realm, from this run of the script or an earlier one. */
export function isInstalled(): boolean {
  return attempt(() => functionToString(QUESTION)) === ANSWER;
}
