import { join } from "node:path";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Platform } from "../../src/index.js";

export interface Question {
  /** of a recording */
  text: string;
  /** a severity, which stands for the graver ones too, or the id of a rule */
  what: string;
  platform?: string | Platform;
  ignore: readonly string[];
}

export interface Answer {
  /** number of findings */
  count: number;
  /** in words */
  judgedAs: string;
  /** Markdown, of those findings */
  report: string;
}

/** A question on its way to the worker. `signal` becomes 1 when `port` has the answer, or the error. */
export interface Errand {
  question: Question;
  port: import("node:worker_threads").MessagePort;
  signal: Int32Array;
}

export type Reply = { answer: Answer } | { error: string };

/**
 * Judges a recording, and returns when it is judged. To verify signatures takes promises, and an assertion that
 * has to be awaited is one that someone forgets to await: so the engine runs in a thread of its own,
 * and this one waits. Throws an Error where the question makes no sense.
 */
export function judgeNow(question: Question): Answer {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  worker ??= startWorker();
  worker.postMessage({ question, port: port2, signal } satisfies Errand, [port2]);
  if (Atomics.wait(signal, 0, 0, PATIENCE_MS) === "timed-out")
    throw new Error("Keyhole did not answer in time.");
  const reply = receiveMessageOnPort(port1)?.message as Reply;
  port1.close();
  if ("error" in reply) throw new Error(reply.error);
  return reply.answer;
}

const PATIENCE_MS = 120_000;

/** Serves every question of this process, and does not keep it alive. */
let worker: Worker | undefined;

function startWorker(): Worker {
  const started = new Worker(join(import.meta.dirname, "judgeWorker.js"), { execArgv: [] });
  started.unref();
  return started;
}
