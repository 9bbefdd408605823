import type { HookEvent } from "../../src/recording/hookEvent.js";
import type { Api, Call, Environment, Outcome } from "../../src/recording/recording.js";
import type { Snapshot } from "../../src/recording/snapshot.js";
import { createCopySnapshot } from "./copySnapshot.js";
import { createDescribeError } from "./describeError.js";
import type { Trap } from "./disguise.js";
import { bareArray, type Natives, type Scope } from "./natives.js";
import { createReadEnvironment } from "./readEnvironment.js";
import { createStacks } from "./stacks.js";

/** Arguments that are copied; the API takes one. */
const MAX_ARGUMENTS = 8;

/** What is known of a call before it goes to the browser, and the stack that it came from. */
interface Start {
  api: Api;
  isReplacement: boolean;
  startedAt: number;
  clock: number;
  activation: Environment["userActivation"];
  caller: string | undefined;
  args: unknown[];
}

/** Makes the traps that let a call through to the browser and say what it was and what became of it. */
export function createRecordCalls(natives: Natives, scope: Scope, say: (event: HookEvent) => void) {
  const { apply, defineProperty, deleteProperty, getPrototypeOf, promisePrototype, setPrototypeOf } = natives;
  const { promiseThen, weakDelete, weakGet, weakSet } = natives;
  const { copy, copyOutcome } = createCopySnapshot(natives);
  const describeError = createDescribeError(natives);
  const { readActivation, readEnvironment } = createReadEnvironment(natives, scope);
  const { callerOf, removeOwnFrames } = createStacks(natives, scope);
  const isAborted = natives.getter<boolean>("AbortSignal", "aborted");
  const reasonOf = natives.getter("AbortSignal", "reason");

  let isActive = true;
  /** The page's objects are being read: a call that one of their getters makes now is of our making. */
  let isReading = false;
  let nextSeq = 0;
  /** options → the API whose replacement has them in hand, and may pass them on to the browser's own */
  const inHand = new natives.WeakMap<object, Api>();

  return {
    /** `isReplacement`: the function is another script's, not the browser's. */
    trapFor(api: Api, isReplacement: boolean): Trap {
      const trap: Trap = (target, self, args) => {
        const options = args[0];
        // What a replacement passes on unchanged is one call of the page, and told already.
        if (
          !isActive ||
          isReading ||
          (!isReplacement && isObject(options) && weakGet(inHand, options) === api)
        )
          return apply(target, self, args as never[]);

        const startedAt = natives.now();
        const clock = readClock();
        const activation = readActivation();
        if (isReplacement && isObject(options)) weakSet(inHand, options, api);
        let result: unknown;
        try {
          result = apply(target, self, args as never[]);
        } catch (error) {
          const caller = callerOf(trap);
          removeOwnFrames(error, caller);
          tellStart({ api, isReplacement, startedAt, clock, activation, caller, args }, rejected(error));
          throw error;
        }
        const start = { api, isReplacement, startedAt, clock, activation, caller: callerOf(trap), args };
        if (isObject(result) && !isSynchronous(api)) return follow(result, start);
        tellStart(start, fulfilled(result));
        return result;
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

    stop() {
      isActive = false;
    },
  };

  /**
   * Tells how the promise settles, and returns what the page gets instead of it: a promise derived
   * from it, which settles with the same value or reason, one microtask later.
   *
   * The page can't get the browser's own promise: to see a rejection one has to handle it, and
   * then the browser reports no `unhandledrejection` for it, whatever the page does. The derived
   * promise is unhandled as long as the page doesn't handle it, is the one that the event names, and
   * is the only one. It is derived without handlers, after ours, so that no frame or throw of ours
   * stands between the reason and the page.
   *
   * A replacement may return something else than a promise of this realm (Zone.js does): nothing is known
   * of how that could be watched without being noticed, so it is handed through and the call stays pending.
   */
  function follow(promise: object, start: Start): object {
    const prototype = getPrototypeOf(promise);
    if (start.isReplacement && prototype !== promisePrototype) {
      tellStart(start, pending());
      return promise;
    }
    let told: { seq: number; stopWatching(): void } | undefined;
    const settle = (outcome: () => Outcome) => {
      if (start.isReplacement && isObject(start.args[0])) weakDelete(inHand, start.args[0]);
      contain(() => {
        if (!told) return;
        told.stopWatching();
        if (isActive)
          say({
            __proto__: null,
            kind: "settled",
            seq: told.seq,
            duration: since(start),
            outcome: outcome(),
          } as HookEvent);
      });
    };
    let derived: object;
    try {
      // Otherwise `then` would ask the page's Promise.prototype.constructor what to make.
      defineProperty(promise, "constructor", { __proto__: null, configurable: true } as PropertyDescriptor);
      promiseThen(
        promise,
        (value: unknown) => settle(() => fulfilled(value)),
        (reason: unknown) => {
          removeOwnFrames(reason, start.caller);
          settle(() => rejected(reason));
        },
      );
      derived = promiseThen(promise);
      // The promise of another realm's navigator.credentials, called through our function.
      if (prototype !== promisePrototype) setPrototypeOf(derived, prototype);
    } catch {
      derived = promise;
    }
    contain(() => deleteProperty(promise, "constructor"));
    told = tellStart(start, pending());
    return derived;
  }

  function tellStart(start: Start, outcome: Outcome): { seq: number; stopWatching(): void } | undefined {
    const wasReading = isReading;
    isReading = true;
    let signal: object | undefined;
    const copies = bareArray<Snapshot>(natives);
    try {
      const { length } = start.args;
      for (let i = 0; i < length && i < MAX_ARGUMENTS; i++)
        copies[i] = copy(start.args[i], (seen) => {
          signal ??= seen;
        });
      const call = {
        __proto__: null,
        seq: nextSeq,
        api: start.api,
        startedAt: start.startedAt,
        environment: readEnvironment(start.activation, start.isReplacement),
        arguments: copies,
        outcome,
      } as Omit<Call, "id" | "realmId">;
      if (outcome.status !== "pending") call.duration = since(start);
      if (start.caller) call.initiator = start.caller;
      const seq = nextSeq++;
      const isFired = signal !== undefined && isAborted(signal);
      if (isFired) call.aborted = firing(signal!, start.startedAt);
      say({ __proto__: null, kind: "call", call } as HookEvent);
      const stopWatching = signal && !isFired && outcome.status === "pending" ? watch(signal, seq) : () => {};
      return { seq, stopWatching };
    } catch {
      return undefined;
    } finally {
      isReading = wasReading;
    }
  }

  /** Tells when the signal fires. What comes back ends that, and tells late where a listener kept it from us. */
  function watch(signal: object, seq: number): () => void {
    let isTold = false;
    const onAbort = () =>
      contain(() => {
        if (isTold || !isAborted(signal)) return;
        isTold = true;
        say({ __proto__: null, kind: "aborted", seq, aborted: firing(signal, natives.now()) } as HookEvent);
      });
    natives.addEventListener(signal, "abort", onAbort);
    return () => {
      natives.removeEventListener(signal, "abort", onAbort);
      onAbort();
    };
  }

  function firing(signal: object, at: number): NonNullable<Call["aborted"]> {
    return reading(
      () => ({ __proto__: null, at, reason: copy(reasonOf(signal)) }) as NonNullable<Call["aborted"]>,
    );
  }

  function pending(): Outcome {
    return { __proto__: null, status: "pending" } as Outcome;
  }

  function fulfilled(value: unknown): Outcome {
    return reading(() => ({ __proto__: null, status: "fulfilled", value: copyOutcome(value) }) as Outcome);
  }

  function rejected(reason: unknown): Outcome {
    return reading(() => {
      let error = { __proto__: null, name: "", message: "", isDOMException: false };
      try {
        error = describeError(reason) as typeof error;
      } catch {
        // a page's own getters on its own reason
      }
      return { __proto__: null, status: "rejected", error } as Outcome;
    });
  }

  function reading<T>(read: () => T): T {
    const wasReading = isReading;
    isReading = true;
    try {
      return read();
    } finally {
      isReading = wasReading;
    }
  }

  function readClock(): number {
    try {
      return natives.clock(natives.performance);
    } catch {
      return natives.now();
    }
  }

  function since(start: Start): number {
    return readClock() - start.clock;
  }
}

function isSynchronous(api: Api): boolean {
  return (
    api === "PublicKeyCredential.parseCreationOptionsFromJSON" ||
    api === "PublicKeyCredential.parseRequestOptionsFromJSON"
  );
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Whatever goes wrong in the hook is no affair of the page. */
function contain(act: () => void): void {
  try {
    act();
  } catch {
    // nobody to tell
  }
}
