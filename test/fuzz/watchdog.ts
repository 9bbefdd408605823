import { Worker } from "node:worker_threads";
import { keepInput } from "./keepInput.js";

/** Milliseconds that one input may take, and bytes that the process may have, before it is ended. */
const PATIENCE_MS = 60_000;
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
  const worker = new Worker(LOOK_ON, { eval: true, workerData: { shared, PATIENCE_MS, MEMORY } });
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
const { workerData: { shared, PATIENCE_MS, MEMORY } } = require("node:worker_threads");
const { writeFileSync, writeSync, mkdirSync } = require("node:fs");
const [count, length] = [new Int32Array(shared, 0, 1), new Int32Array(shared, 4, 1)];
let [last, since] = [-1, Date.now()];
setInterval(() => {
  const now = Atomics.load(count, 0);
  if (now !== last) [last, since] = [now, Date.now()];
  const { rss } = process.memoryUsage();
  if (Date.now() - since < PATIENCE_MS && rss < MEMORY) return;
  mkdirSync("test-results/fuzz", { recursive: true });
  const text = Buffer.from(shared.slice(8, 8 + Atomics.load(length, 0))).toString();
  writeFileSync("test-results/fuzz/ended.json", text);
  writeSync(2, "FOUND an input that takes " + (Date.now() - since) + " ms or " + (rss >> 20) + " MiB: test-results/fuzz/ended.json\\n");
  process.kill(process.pid, "SIGKILL");
}, 500);
`;
