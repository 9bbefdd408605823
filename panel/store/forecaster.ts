import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import {
  type CallId,
  type Effect,
  forecast,
  gravestEffect,
  IOS_GENERATIONS,
  type OutlookReason,
  type Recording,
} from "../../src/index.js";

/** How a call fares on one iOS generation, as far as the rules can tell. */
export interface Outlook {
  /** of the generation: "iOS 18.4" */
  label: string;
  verdict: Effect;
  /** what makes it fail or differ there */
  titles: readonly string[];
}

export interface Forecaster {
  /** undefined until the open log was judged */
  outlookOf(callId: CallId): readonly Outlook[] | undefined;
  close(): void;
}

/**
 * Judges a recording on every iOS generation, but only while someone looks at it: that costs as
 * much as one analysis for each of them. Waits until the log has been quiet for a moment.
 */
export function startForecaster(
  recording: ReadonlySignal<Recording>,
  isWanted: ReadonlySignal<boolean>,
  /** ids of the rules that have no say */
  switchedOffRules: ReadonlySignal<readonly string[]>,
): Forecaster {
  const judged = signal<{ recording: Recording; byCall: ReasonsByCall } | undefined>(undefined);
  const shown = computed(() => {
    const known = judged.value;
    // What is known of an earlier state of the log holds until the next is judged; of another log, never.
    return known && known.recording.realms[0]?.id === recording.value.realms[0]?.id
      ? known.byCall
      : undefined;
  });

  const stop = effect(() => {
    const wanted = recording.value;
    if (!isWanted.value || judged.peek()?.recording === wanted) return;
    let isOver = false;
    const timer = setTimeout(async () => {
      const byCall = await forecastByCall(wanted).catch(() => undefined);
      if (byCall && !isOver) judged.value = { recording: wanted, byCall };
    }, QUIET_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  });

  return {
    outlookOf(callId) {
      const off = switchedOffRules.value;
      const generations = shown.value && (shown.value.get(callId) ?? []);
      return (
        generations &&
        IOS_GENERATIONS.map(({ label }, index) =>
          outlook(
            label,
            (generations[index] ?? []).filter(({ ruleId }) => ruleId === undefined || !off.includes(ruleId)),
          ),
        )
      );
    },
    close: stop,
  };
}

const QUIET_MS = 120;

/** For each call what speaks against it on each of IOS_GENERATIONS, in its order. */
type ReasonsByCall = ReadonlyMap<CallId, readonly (readonly OutlookReason[])[]>;

async function forecastByCall(recording: Recording): Promise<ReasonsByCall> {
  const byCall = new Map<CallId, OutlookReason[][]>(recording.calls.map(({ id }) => [id, []]));
  for (const { outlooks } of await forecast(recording)) {
    for (const { callId, reasons } of outlooks) byCall.get(callId)?.push(reasons);
  }
  return byCall;
}

function outlook(label: string, reasons: readonly OutlookReason[]): Outlook {
  return { label, verdict: gravestEffect(reasons), titles: reasons.map(({ text }) => text) };
}
