import type { HookEvent } from "../../src/recording/hookEvent.js";
import type { Api, Call, Outcome } from "../../src/recording/recording.js";
import type { Snapshot } from "../../src/recording/snapshot.js";
import { createCopySnapshot, type EncodeBytes } from "./copySnapshot.js";
import { createDescribeError } from "./describeError.js";
import type { Trap } from "./disguise.js";
import {
  apply,
  attempt,
  bareArray,
  defineProperty,
  deleteProperty,
  floor,
  getPrototypeOf,
  getter,
  indexOf,
  isObject,
  max,
  NativeWeakMap,
  now,
  promisePrototype,
  promiseThen,
  type Scope,
  setPrototypeOf,
  slice,
  uncurry,
  weakGet,
  weakSet,
} from "./natives.js";
import { createReadEnvironment } from "./readEnvironment.js";
import { callerOf, removeOwnFrames } from "./stacks.js";

/** Arguments that are copied; the API takes one. */
const MAX_ARGUMENTS = 8;
/** characters of a stack; a page may ask for stacks of any length */
const MAX_STACK = 16 * 1024;

/** Makes the traps that let a call through to the browser and say what it was and what became of it. */
export function createRecordCalls(scope: Scope, say: (event: HookEvent) => void, encode: EncodeBytes) {
  const { performance } = scope;
  const clock = uncurry<number>(performance.now);
  const ticks = () => clock(performance);
  const { copy, copyOutcome } = createCopySnapshot(scope, ticks, encode);
  const describeError = createDescribeError(scope);
  const { readActivation, readEnvironment } = createReadEnvironment(scope);
  const addEventListener = uncurry(scope.addEventListener);
  const removeEventListener = uncurry(scope.removeEventListener);
  const isAborted = getter<boolean>(scope.AbortSignal?.prototype, "aborted");
  const reasonOf = getter(scope.AbortSignal?.prototype, "reason");

  /** The page's objects are being read: a call that one of their getters makes now is of our making. */
  let isReading = false;
  let nextSeq = 0;
  let startOfTicks = 0;
  /** options → the API whose replacement has them in hand, and may pass them on to the browser's own */
  const inHand = new NativeWeakMap<object, Api>();

  return {
    /** `isReplacement`: the function is another script's, not the browser's. */
    trapFor(api: Api, isReplacement: boolean): Trap {
      const trap: Trap = (target, self, args) => {
        const options = args[0];
        // What a replacement passes on unchanged is one call of the page, and told already.
        const isPassedOn = !isReplacement && isObject(options) && weakGet(inHand, options) === api;
        if (isReading || isPassedOn) return apply(target, self, args as never[]);

        const startedAt = time();
        const startedTicks = ticks();
        const activation = readActivation();
        const since = () => ticks() - startedTicks;
        if (isReplacement && isObject(options)) weakSet(inHand, options, api);
        let result: unknown;
        let caller: string | undefined;
        try {
          result = apply(target, self, args as never[]);
        } catch (error) {
          const duration = since();
          caller = callerOf(trap);
          removeOwnFrames(error, caller);
          tellCall(rejected(error), duration);
          throw error;
        }
        const duration = since();
        caller = callerOf(trap);
        // The parse…FromJSON functions are the synchronous ones.
        if (isObject(result) && indexOf(api, "FromJSON") < 0) return follow(result);
        tellCall(fulfilled(result), duration);
        return result;

        /**
         * Tells how the promise settles, and returns what the page gets instead of it: a promise derived
         * from it, which settles with the same value or reason, one microtask later.
         *
         * The page can't get the browser's own promise: to see a rejection one has to handle it, and then
         * the browser reports no `unhandledrejection` for it, whatever the page does. The derived promise
         * is unhandled as long as the page doesn't handle it, is the one that the event names, and is the
         * only one. It is derived without handlers, after ours, so that no frame or throw of ours stands
         * between the reason and the page.
         *
         * A replacement may return something else than a promise of this realm (Zone.js does). How that
         * could be watched without being noticed isn't known, so it is handed through and stays pending.
         */
        function follow(promise: object): object {
          const prototype = getPrototypeOf(promise);
          let derived = promise;
          let told: ReturnType<typeof tellCall>;
          if (!isReplacement || prototype === promisePrototype) {
            const settle = (outcome: () => Outcome) =>
              attempt(() => {
                if (isReplacement && isObject(options)) weakSet(inHand, options, undefined);
                if (!told) return;
                told.stop?.();
                say({
                  __proto__: null,
                  kind: "settled",
                  seq: told.seq,
                  duration: since(),
                  outcome: outcome(),
                } as HookEvent);
              });
            attempt(() => {
              // Otherwise `then` would ask the page's Promise.prototype.constructor what to make.
              defineProperty(promise, "constructor", { __proto__: null, configurable: true } as object);
              promiseThen(
                promise,
                (value: unknown) => void settle(() => fulfilled(value)),
                (reason: unknown) => {
                  removeOwnFrames(reason, caller);
                  settle(() => rejected(reason));
                },
              );
              derived = promiseThen(promise);
              // The promise of another realm's navigator.credentials, called through our function.
              if (prototype !== promisePrototype) setPrototypeOf(derived, prototype);
            });
            attempt(() => deleteProperty(promise, "constructor"));
          }
          told = tellCall({ __proto__: null, status: "pending" } as Outcome);
          return derived;
        }

        function tellCall(outcome: Outcome, duration?: number) {
          return reading(() => {
            const copies = bareArray<Snapshot>();
            let signal: object | undefined;
            for (let i = 0; i < args.length && i < MAX_ARGUMENTS; i++)
              copies[i] = copy(args[i], i, (seen) => {
                signal = seen;
              });
            const seq = nextSeq;
            const call = {
              __proto__: null,
              seq,
              api,
              startedAt,
              environment: readEnvironment(activation, isReplacement),
              arguments: copies,
              outcome,
            } as Omit<Call, "id" | "realmId">;
            if (duration !== undefined) call.duration = duration;
            if (caller) call.initiator = slice(caller, 0, MAX_STACK);
            const hasFired = signal && isAborted(signal);
            if (hasFired) call.aborted = firing(signal!, startedAt);
            nextSeq++;
            say({ __proto__: null, kind: "call", call } as HookEvent);
            const isWatched = signal && !hasFired && duration === undefined;
            return { seq, stop: isWatched ? watch(signal!, seq) : undefined };
          });
        }
      };
      return trap;
    },

    /** For functions that are wrapped for other reasons: nothing is told, no frame of ours is left. */
    passOn(trap: Trap, target: (...args: never[]) => unknown, self: unknown, args: unknown[]): unknown {
      try {
        return apply(target, self, args as never[]);
      } catch (error) {
        removeOwnFrames(error, callerOf(trap));
        throw error;
      }
    },
  };

  /** Epoch milliseconds that never go back: when a person sets the clock, order and distances stay right. */
  function time(): number {
    startOfTicks = max(startOfTicks, now() - ticks());
    return floor(startOfTicks + ticks());
  }

  /** Tells when the signal fires. What comes back ends that, and tells late where a listener kept it from us. */
  function watch(signal: object, seq: number): () => void {
    let isTold = false;
    const onAbort = () =>
      attempt(() => {
        if (isTold || !isAborted(signal)) return;
        isTold = true;
        say({ __proto__: null, kind: "aborted", seq, aborted: firing(signal, time()) } as HookEvent);
      });
    addEventListener(signal, "abort", onAbort);
    return () => {
      removeEventListener(signal, "abort", onAbort);
      onAbort();
    };
  }

  function firing(signal: object, at: number) {
    const reason = reading(() => copy(reasonOf(signal), 1));
    return { __proto__: null, at, reason } as NonNullable<Call["aborted"]>;
  }

  function fulfilled(value: unknown): Outcome {
    return { __proto__: null, status: "fulfilled", value: reading(() => copyOutcome(value)) } as Outcome;
  }

  function rejected(reason: unknown): Outcome {
    return { __proto__: null, status: "rejected", error: reading(() => describeError(reason)) } as Outcome;
  }

  function reading<T>(read: () => T): T | undefined {
    const wasReading = isReading;
    isReading = true;
    const result = attempt(read);
    isReading = wasReading;
    return result;
  }
}
