import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Analysis, AnalyzeOptions, Recording } from "../../src/index.js";

/** One thing to judge: a log's recording, and how to judge it. */
export interface Judged {
  /** changes when another log is opened: what is known of the old one must not show on the new one */
  logId: object;
  recording: Recording;
  /** the same object as long as nothing about it changes */
  options: AnalyzeOptions;
}

export interface Analyst {
  /** undefined until the open log was judged for the first time */
  readonly analysis: ReadonlySignal<Analysis | undefined>;
  /** the analysis shown is older than the log */
  readonly isWorking: ReadonlySignal<boolean>;
  /** why judging failed, in words */
  readonly problem: ReadonlySignal<string | undefined>;
  close(): void;
}

/**
 * Judges what `judged` holds whenever it changes. One analysis runs at a time, a burst of changes
 * costs one, and the last state is always judged. The pause grows with what an analysis costs, so
 * that a long log leaves the panel time to answer.
 */
export function startAnalyst(
  judged: ReadonlySignal<Judged>,
  analyze: (recording: Recording, options: AnalyzeOptions) => Promise<Analysis>,
): Analyst {
  const analysis = signal<Analysis | undefined>(undefined);
  const isWorking = signal(false);
  const problem = signal<string | undefined>(undefined);
  let logId: object | undefined;
  let judgedBy: AnalyzeOptions | undefined;
  let pauseMs = 0;
  let isDirty = false;
  let isRunning = false;
  let isClosed = false;

  const run = async () => {
    isRunning = true;
    while (isDirty && !isClosed) {
      if (pauseMs > 0) await pause(pauseMs);
      isDirty = false;
      const { logId: judgedLog, recording, options } = judged.peek();
      const begun = performance.now();
      const outcome = await settle(analyze(recording, options));
      pauseMs = Math.max(MIN_PAUSE_MS, 2 * (performance.now() - begun));
      if (isClosed || judgedLog !== judged.peek().logId) continue;
      problem.value = outcome.problem;
      if (outcome.analysis) analysis.value = outcome.analysis;
    }
    isRunning = false;
    isWorking.value = false;
  };

  const stop = effect(() => {
    if (judged.value.logId !== logId) {
      logId = judged.value.logId;
      pauseMs = 0;
      analysis.value = undefined;
    }
    // Someone chose, and waits for the answer.
    if (judged.value.options !== judgedBy) pauseMs = 0;
    judgedBy = judged.value.options;
    isDirty = true;
    isWorking.value = true;
    if (!isRunning) void run();
  });

  return {
    analysis,
    isWorking,
    problem,
    close() {
      isClosed = true;
      stop();
    },
  };
}

const MIN_PAUSE_MS = 60;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function settle(promise: Promise<Analysis>): Promise<{ analysis?: Analysis; problem?: string }> {
  try {
    return { analysis: await promise };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
