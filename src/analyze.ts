import type { Ceremony, CredentialHistory } from "./ceremony/ceremony.js";
import { readCeremonies } from "./ceremony/readCeremony.js";
import type { Explanation } from "./explain/explanation.js";
import { type Outlook, outlookOf } from "./forecast/outlook.js";
import { type AnalyzeOptions, OngoingAnalysis } from "./ongoingAnalysis.js";
import type { CallId, Recording } from "./recording/recording.js";
import { RULES } from "./rules/index.js";
import type { Finding, Undecided } from "./rules/rule.js";
import { runRules } from "./rules/runRules.js";
import { IOS_GENERATIONS, type Platform } from "./spec/platforms.js";

export interface Analysis {
  recording: Recording;
  ceremonies: Ceremony[];
  findings: Finding[];
  /** what could not be told, and why */
  undecided: Undecided[];
  /** one row per credential ever seen, across calls */
  credentials: CredentialHistory[];
  /** why calls were rejected or never settled, one for each such call */
  explanations: Explanation[];
}

/**
 * Decodes, verifies and judges a recording. A call that was recorded on an iPhone or iPad is judged as that
 * device, any other as `elsewhere`; `platform` overrides both. Answers are always judged on the
 * device that gave them: imagining a page on iOS 17 does not change what Chrome once replied.
 */
export async function analyze(recording: Recording, options: AnalyzeOptions = {}): Promise<Analysis> {
  const ongoing = new OngoingAnalysis(options);
  ongoing.follow(recording);
  await ongoing.advance();
  return wholeOf(recording, ongoing);
}

/** What an analysis found out of a recording, in one piece. */
export function wholeOf(recording: Recording, ongoing: OngoingAnalysis): Analysis {
  const results = ongoing.results();
  return {
    recording,
    ceremonies: results.map(({ ceremony }) => ceremony),
    findings: results.flatMap(({ findings }) => findings),
    undecided: results.flatMap(({ undecided }) => undecided),
    credentials: ongoing.credentials(),
    explanations: results.flatMap(({ explanation }) => explanation ?? []),
  };
}

/** A recording as it would fare on one platform. */
export interface Forecast {
  platform: Platform;
  findings: Finding[];
  /** one for each call, in their order */
  outlooks: Outlook[];
}

/**
 * The same recording judged on each iOS generation, or on the platforms given: for each call whether it
 * works there, works differently or fails, and why.
 */
export async function forecast(
  recording: Recording,
  platforms: readonly Platform[] = IOS_GENERATIONS.map(({ platform }) => platform),
): Promise<Forecast[]> {
  const ceremonies = readCeremonies(recording);
  return platforms.map((platform) => {
    const { findings, undecided } = runRules(RULES, recording, ceremonies, () => platform);
    const [found, open] = [byCall(findings), byCall(undecided)];
    const outlooks = recording.calls.map((call) =>
      outlookOf(call, { findings: found.get(call.id) ?? [], undecided: open.get(call.id) ?? [] }, platform),
    );
    return { platform, findings, outlooks };
  });
}

function byCall<Said extends { callId: CallId }>(all: readonly Said[]): ReadonlyMap<CallId, readonly Said[]> {
  const found = new Map<CallId, Said[]>();
  for (const said of all) {
    const known = found.get(said.callId);
    if (known) known.push(said);
    else found.set(said.callId, [said]);
  }
  return found;
}
