import { effect, type ReadonlySignal, signal } from "@preact/signals";
import {
  type Analysis,
  type AnalyzeOptions,
  type CallAnalysis,
  type CallId,
  type Changes,
  type CredentialHistory,
  OngoingAnalysis,
  type Recording,
  wholeOf,
} from "../../src/index.js";
import { pause, SLICE_MS } from "./slices.js";

/** One thing to judge: a log's recording, and how to judge it. */
export interface Judged {
  /** changes when another log is opened: what is known of the old one must not show on the new one */
  logId: object;
  recording: Recording;
  /** of the log, and how far they are in the recording */
  changes: Changes;
  version: number;
  /** the recording has its calls in the order of the log: a file may have them in another */
  isInOrder: boolean;
  /** the same object as long as nothing about it changes */
  options: AnalyzeOptions;
}

/** What was found out so far. A new object whenever that is more, or other. */
export interface Judgements {
  resultOf(callId: CallId): CallAnalysis | undefined;
  aaguidOf(credentialId: string): string | undefined;
  /** the registration that took a credential's place */
  overwriterOf(credentialId: string): CallId | undefined;
  credentials(): readonly CredentialHistory[];
  /** of what `resultOf` and `aaguidOf` say, by place in the log, and how far they are; undefined if places are not known */
  changes: Changes | undefined;
  version: number;
  /** everything in one piece, put together when first asked for; undefined until every call is judged */
  whole(): Analysis | undefined;
}

export interface Analyst {
  /** undefined until something of the open log was judged */
  readonly judgements: ReadonlySignal<Judgements | undefined>;
  /** what is shown is older than the log */
  readonly isWorking: ReadonlySignal<boolean>;
  /** how far a long analysis is; undefined if there is none to wait for */
  readonly progress: ReadonlySignal<{ done: number; total: number } | undefined>;
  /** why judging failed, in words */
  readonly problem: ReadonlySignal<string | undefined>;
  /** the analysis itself, of the log that is open; undefined before there is one */
  ongoing(): OngoingAnalysis | undefined;
  close(): void;
}

/**
 * Judges what `judged` holds whenever it changes, in slices that leave the panel time to answer. What is
 * known of calls that did not change is kept, so that a call more costs the same at any length.
 */
export function startAnalyst(
  judged: ReadonlySignal<Judged>,
  begin: (options: AnalyzeOptions) => OngoingAnalysis = (options) => new OngoingAnalysis(options),
): Analyst {
  const judgements = signal<Judgements | undefined>(undefined);
  const isWorking = signal(false);
  const progress = signal<{ done: number; total: number } | undefined>(undefined);
  const problem = signal<string | undefined>(undefined);
  let current:
    | { logId: object; options: AnalyzeOptions; ongoing: OngoingAnalysis; version: number }
    | undefined;
  let isDirty = false;
  let isRunning = false;
  let isClosed = false;

  const run = async () => {
    isRunning = true;
    while (isDirty && !isClosed) {
      isDirty = false;
      await judge(judged.peek()).catch((error: unknown) => {
        problem.value = error instanceof Error ? error.message : String(error);
        // What stopped in the middle is not to be built on.
        current = undefined;
      });
    }
    isRunning = false;
    progress.value = undefined;
    isWorking.value = false;
  };

  const judge = async ({ logId, recording, changes, version, isInOrder, options }: Judged) => {
    if (current?.logId !== logId || current.options !== options)
      current = { logId, options, ongoing: begin(options), version: 0 };
    const { ongoing } = current;
    ongoing.follow(recording, changes.since(current.version));
    current.version = version;
    const isFirst = judgements.peek() === undefined;
    const publish = () => {
      judgements.value = judgementsOf(recording, ongoing, isInOrder);
    };
    const total = recording.calls.length;
    // First the list is shown.
    if (total - ongoing.done > AWAITED) {
      await pause();
      if (isClosed || isDirty) return;
    }
    let worked = performance.now();
    let shown = worked;
    while (!(await ongoing.advance(CALLS_AT_ONCE))) {
      if (isClosed || isDirty) return;
      const now = performance.now();
      if (now - worked < SLICE_MS) continue;
      if (now - shown > SHOW_MS) {
        progress.value = { done: ongoing.done, total };
        if (isFirst) publish();
        shown = now;
      }
      await pause();
      worked = performance.now();
    }
    if (isClosed || logId !== judged.peek().logId) return;
    problem.value = undefined;
    publish();
  };

  const stop = effect(() => {
    if (judged.value.logId !== current?.logId) judgements.value = undefined;
    isDirty = true;
    isWorking.value = true;
    if (!isRunning) void run();
  });

  return {
    judgements,
    isWorking,
    progress,
    problem,
    ongoing: () => (current?.logId === judged.peek().logId ? current.ongoing : undefined),
    close() {
      isClosed = true;
      stop();
    },
  };
}

/** milliseconds between two looks at how far it is */
const SHOW_MS = 200;
const CALLS_AT_ONCE = 8;
/** calls that take long enough to let others go first */
const AWAITED = 100;

function judgementsOf(recording: Recording, ongoing: OngoingAnalysis, isInOrder: boolean): Judgements {
  let whole: Analysis | undefined;
  const isComplete = ongoing.done === recording.calls.length;
  return {
    resultOf: (callId) => ongoing.resultOf(callId),
    aaguidOf: (credentialId) => ongoing.credential(credentialId)?.aaguid,
    overwriterOf: (credentialId) => ongoing.credential(credentialId)?.overwrittenBy,
    credentials: () => ongoing.credentials(),
    changes: isInOrder ? ongoing.changes : undefined,
    version: ongoing.changes.version,
    whole() {
      if (isComplete) whole ??= wholeOf(recording, ongoing);
      return whole;
    },
  };
}
