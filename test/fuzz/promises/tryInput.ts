import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { keepInput } from "../keepInput.js";
import type { AnyTarget } from "../target.js";
import { sizeOf } from "./sizeOf.js";

/**
 * Gives the target one input and holds it to what every target promises: nothing of the runtime is changed and
 * nothing of the input run, the input stays as it is, and time and answer do not outgrow it.
 */
export async function tryInput({ check, cost = COST }: AnyTarget, input: unknown): Promise<void> {
  const before = prototypes();
  const kept = keepInput(input);
  const ran = watchCanary();
  const begun = processorTime();
  const answer = await check(input);
  let milliseconds = processorTime() - begun;
  assert(!ran(), "what came was run");
  assert.equal(prototypes(), before, "a prototype was changed");
  assert(isDeepStrictEqual(keepInput(input), kept), "the input was changed");

  const size = sizeOf(input);
  const allowed = cost.base + (cost.perThousand * size) / 1000;
  // Once may be the garbage of others, or the compiler.
  for (let again = 0; again < 2 && milliseconds > allowed; again++) {
    const start = processorTime();
    await check(input);
    milliseconds = Math.min(milliseconds, processorTime() - start);
  }
  assert(
    milliseconds <= allowed,
    `${milliseconds.toFixed(0)} ms for an input of ${size}: more than ${allowed.toFixed(0)}`,
  );
  const answered = sizeOf(answer);
  assert(answered <= 20_000 + 200 * size, `an answer of ${answered} to an input of ${size}`);
}

const COST = { base: 400, perThousand: 20 };

/** Milliseconds of this process, which others on the machine do not lengthen. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const BUILT_INS = [
  Object,
  Array,
  Function,
  String,
  Number,
  Boolean,
  Map,
  Set,
  Promise,
  Date,
  RegExp,
  Error,
  Uint8Array,
];

function prototypes(): string {
  return BUILT_INS.map(({ prototype }) => Reflect.ownKeys(prototype).length).join();
}

/** @see ../mutate/edit.ts */
function watchCanary(): () => boolean {
  const scope = globalThis as { keyholeFuzzed?: () => void };
  let ran = false;
  scope.keyholeFuzzed = () => {
    ran = true;
  };
  return () => ran;
}
