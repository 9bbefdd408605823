import { Worker } from "node:worker_threads";
import { keepInput } from "./keepInput.js";

/** Milliseconds of processor time that one input may take, and bytes that the process may have, before it is ended. */
const PATIENCE_MS = 60_000;
/** How many times as long it may take on the clock: others on the machine lengthen that, and what waits for ever takes no time. */
const CLOCK = 20;
const MEMORY = 3 * 2 ** 30;
const ROOM = 8 * 2 ** 20;

/**
 * Looks on from a thread of its own, as what hangs cannot say so: ends the process with the input that
 * it was given last.
 */
export function startWatchdog(): (target: string, input: unknown) => void {
  const shared = new SharedArrayBuffer(ROOM);
  const [count, length] = [new Int32Array(shared, 0, 1), new Int32Array(shared, 4, 1)];
  const text = new Uint8Array(shared, 8);
  const worker = new Worker(LOOK_ON, { eval: true, workerData: { shared, PATIENCE_MS, CLOCK, MEMORY } });
  worker.unref();
  return (target, input) => {
    const { written } = new TextEncoder().encodeInto(
      JSON.stringify({ target, input: keepInput(input) }),
      text,
    );
    Atomics.store(length, 0, written);
    Atomics.add(count, 0, 1);
  };
}

const LOOK_ON = `
const { workerData: { shared, PATIENCE_MS, CLOCK, MEMORY } } = require("node:worker_threads");
const { writeFileSync, writeSync, mkdirSync } = require("node:fs");
const [count, length] = [new Int32Array(shared, 0, 1), new Int32Array(shared, 4, 1)];
const worked = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
let [last, since, workedBefore] = [-1, Date.now(), worked()];
setInterval(() => {
  const now = Atomics.load(count, 0);
  if (now !== last) [last, since, workedBefore] = [now, Date.now(), worked()];
  const { rss } = process.memoryUsage();
  const [took, work] = [Date.now() - since, worked() - workedBefore];
  if (work < PATIENCE_MS && took < CLOCK * PATIENCE_MS && rss < MEMORY) return;
  mkdirSync("test-results/fuzz", { recursive: true });
  const text = Buffer.from(shared.slice(8, 8 + Atomics.load(length, 0))).toString();
  writeFileSync("test-results/fuzz/ended.json", text);
  writeSync(2, "FOUND an input that takes " + Math.round(work) + " ms of work, " + took + " ms on the clock or " + (rss >> 20) + " MiB: test-results/fuzz/ended.json\\n");
  process.kill(process.pid, "SIGKILL");
}, 500);
`;
