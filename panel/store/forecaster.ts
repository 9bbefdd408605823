import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type CallId, type Finding, forecast, IOS_GENERATIONS, type Recording } from "../../src/index.js";

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
  /** ids of the rules that have no say */
  switchedOffRules: ReadonlySignal<readonly string[]>,
): Forecaster {
  const judged = signal<{ recording: Recording; byCall: FindingsByCall } | undefined>(undefined);
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
            (generations[index] ?? []).filter(({ ruleId }) => !off.includes(ruleId)),
          ),
        )
      );
    },
    close: stop,
  };
}

const QUIET_MS = 120;

/** For each call the findings on each of IOS_GENERATIONS, in its order. */
type FindingsByCall = ReadonlyMap<CallId, readonly (readonly Finding[])[]>;

async function forecastByCall(recording: Recording): Promise<FindingsByCall> {
  const byCall = new Map<CallId, Finding[][]>();
  for (const [index, { findings }] of (await forecast(recording)).entries()) {
    for (const finding of findings) {
      const generations = byCall.get(finding.callId) ?? IOS_GENERATIONS.map(() => []);
      byCall.set(finding.callId, generations);
      generations[index]!.push(finding);
    }
  }
  return byCall;
}

function outlook(label: string, findings: readonly Finding[]): Outlook {
  const grave = findings.filter(({ severity }) => severity !== "info");
  const fails = grave.some(({ severity }) => severity === "error");
  return {
    label,
    verdict: fails ? "fails" : grave.length > 0 ? "differs" : "works",
    titles: grave.map(({ title }) => title),
  };
}
