import { computed, type ReadonlySignal, signal } from "@preact/signals";
import {
  type Analysis,
  alignCalls,
  analyze,
  type Call,
  type CallId,
  importAnything,
  type Problem,
  type Recording,
} from "../../src/index.js";

/** Another recording beside the open log, to compare its calls with. */
export interface Second {
  name: string;
  takenFor: string;
  analysis: Analysis;
}

/** A call of the open log, or of the second recording. */
export interface Partner {
  callId: CallId;
  isInSecond: boolean;
}

/** What the selected call is compared with. */
export interface Comparing {
  readonly second: ReadonlySignal<Second | undefined>;
  /** a call of the open log that waits for another to be compared with */
  readonly markedId: ReadonlySignal<CallId | undefined>;
  /** why a second recording could not be opened */
  readonly problems: ReadonlySignal<{ name: string; problems: readonly Problem[] } | undefined>;
  /** chosen; or the counterpart in the second recording; or the call that is marked */
  partnerOf(call: Call): Partner | undefined;
  /** Compares this call with the partner, until another is chosen. */
  choose(callId: CallId, partner: Partner | undefined): void;
  mark(callId: CallId | undefined): void;
  /** Lets go of what was marked and chosen: the log is another one. */
  forget(): void;
  openSecond(input: string | Uint8Array, name: string): Promise<boolean>;
  closeSecond(): void;
}

export function openComparing(recording: ReadonlySignal<Recording>): Comparing {
  const second = signal<Second | undefined>(undefined);
  const markedId = signal<CallId | undefined>(undefined);
  const problems = signal<{ name: string; problems: readonly Problem[] } | undefined>(undefined);
  const chosen = signal<ReadonlyMap<CallId, Partner>>(new Map());
  const counterparts = computed(() =>
    second.value ? alignCalls({ recording: recording.value }, second.value.analysis) : undefined,
  );
  let turn = 0;

  return {
    second,
    markedId,
    problems,
    partnerOf(call) {
      const own = chosen.value.get(call.id);
      if (own && (!own.isInSecond || second.value)) return own;
      const counterpart = counterparts.value?.get(call);
      if (counterpart) return { callId: counterpart.id, isInSecond: true };
      const marked = markedId.value;
      return marked !== undefined && marked !== call.id ? { callId: marked, isInSecond: false } : undefined;
    },
    choose(callId, partner) {
      const next = new Map(chosen.peek());
      if (partner) next.set(callId, partner);
      else next.delete(callId);
      chosen.value = next;
    },
    mark(callId) {
      markedId.value = callId;
    },
    forget() {
      markedId.value = undefined;
      chosen.value = new Map();
    },
    async openSecond(input, name) {
      const own = ++turn;
      problems.value = undefined;
      const { recording: opened, problems: found, takenFor = "" } = await importAnything(input);
      if (own !== turn) return false;
      if (!opened) {
        problems.value = { name, problems: found };
        return false;
      }
      const analysis = await analyze(opened);
      if (own !== turn) return false;
      chosen.value = new Map();
      second.value = { name, takenFor, analysis };
      return true;
    },
    closeSecond() {
      turn++;
      second.value = undefined;
      chosen.value = new Map([...chosen.peek()].filter(([, { isInSecond }]) => !isInSecond));
    },
  };
}
