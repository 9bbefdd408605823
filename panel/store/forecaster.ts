import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type CallId, forecast, IOS_GENERATIONS, type Recording, type Severity } from "../../src/index.js";

/** How a call fares on one iOS generation, as far as the rules can tell. */
export interface Outlook {
  /** of the generation: "iOS 18.4" */
  label: string;
  verdict: "fails" | "differs" | "works";
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
): Forecaster {
  const judged = signal<{ recording: Recording; byCall: ReadonlyMap<CallId, Outlook[]> } | undefined>(
    undefined,
  );
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
      const byCall = await outlooks(wanted).catch(() => undefined);
      if (byCall && !isOver) judged.value = { recording: wanted, byCall };
    }, QUIET_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  });

  return {
    outlookOf(callId) {
      const byCall = shown.value;
      return byCall && (byCall.get(callId) ?? IOS_GENERATIONS.map(({ label }) => ({ label, ...WORKS })));
    },
    close: stop,
  };
}

const QUIET_MS = 120;
const WORKS = { verdict: "works", titles: [] } as const;

async function outlooks(recording: Recording): Promise<Map<CallId, Outlook[]>> {
  const byCall = new Map<CallId, Outlook[]>();
  const forecasts = await forecast(recording);
  for (const [index, { findings }] of forecasts.entries()) {
    for (const { callId, severity, title } of findings) {
      if (!byCall.has(callId))
        byCall.set(
          callId,
          IOS_GENERATIONS.map(({ label }) => ({ label, ...WORKS })),
        );
      const all = byCall.get(callId)!;
      all[index] = worsen(all[index]!, severity, title);
    }
  }
  return byCall;
}

function worsen(outlook: Outlook, severity: Severity, title: string): Outlook {
  if (severity === "info") return outlook;
  const verdict = severity === "error" || outlook.verdict === "fails" ? "fails" : "differs";
  return { ...outlook, verdict, titles: [...outlook.titles, title] };
}
