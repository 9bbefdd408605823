import { effect, type ReadonlySignal, signal } from "@preact/signals";
import {
  type CallAnalysis,
  type CallId,
  type Outlook as EngineOutlook,
  gravestEffect,
  IOS_GENERATIONS,
} from "../../src/index.js";
import { sayOutlookReason } from "../words/engineWords.js";
import type { Analyst } from "./analysis.js";
import { pause, SLICE_MS } from "./slices.js";

/** How a call fares on one iOS generation, as far as the rules can tell. */
export interface Outlook {
  /** of the generation: "iOS 18.4" */
  label: string;
  verdict: EngineOutlook["verdict"];
  /** what makes it fail or differ there, or may */
  titles: readonly string[];
}

export interface Forecaster {
  /** undefined until that is known */
  outlookOf(callId: CallId): readonly Outlook[] | undefined;
  close(): void;
}

/** Judges the call that someone looks at on every iOS generation, in slices. */
export function startForecaster(
  analyst: Pick<Analyst, "judgements" | "ongoing">,
  /** the call whose forecast is in view */
  wanted: ReadonlySignal<CallId | undefined>,
  /** ids of the rules that have no say */
  switchedOffRules: ReadonlySignal<readonly string[]>,
): Forecaster {
  const outlooks = new WeakMap<CallAnalysis, readonly EngineOutlook[]>();
  /** counts what became known */
  const turn = signal(0);

  const stop = effect(() => {
    const callId = wanted.value;
    const result = callId === undefined ? undefined : analyst.judgements.value?.resultOf(callId);
    if (callId === undefined || !result || outlooks.has(result)) return;
    let isOver = false;
    void work();
    return () => {
      isOver = true;
    };

    async function work() {
      // What is asked for by the arrow keys on their way is not worth the work.
      await pause();
      let begun = performance.now();
      while (!isOver) {
        const found = analyst.ongoing()?.outlooks(callId!, undefined, CALLS_AT_ONCE);
        if (found) {
          outlooks.set(result!, found);
          turn.value++;
          return;
        }
        if (performance.now() - begun < SLICE_MS && analyst.ongoing()) continue;
        await pause();
        begun = performance.now();
      }
    }
  });

  return {
    outlookOf(callId) {
      const off = switchedOffRules.value;
      const result = turn.value >= 0 ? analyst.judgements.value?.resultOf(callId) : undefined;
      const found = result && outlooks.get(result);
      return found?.map(({ reasons }, index) => {
        const counted = reasons.filter(({ ruleId }) => ruleId === undefined || !off.includes(ruleId));
        const label = IOS_GENERATIONS[index]!.label;
        return {
          label,
          verdict: gravestEffect(counted),
          titles: counted.map(sayOutlookReason),
        };
      });
    },
    close: stop,
  };
}

const CALLS_AT_ONCE = 200;
