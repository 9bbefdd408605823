import type { Ceremony, CredentialHistory } from "./ceremony/ceremony.js";
import type { History } from "./ceremony/history.js";
import { readOverlaps } from "./ceremony/overlaps.js";
import { readCeremonies } from "./ceremony/readCeremony.js";
import { type VerifyOptions, verifyCeremonies } from "./ceremony/verifyCeremonies.js";
import { explain } from "./explain/explain.js";
import type { Explanation } from "./explain/explanation.js";
import { type Outlook, outlookOf } from "./forecast/outlook.js";
import { isAppleMobile, platformOf } from "./recording/platformOf.js";
import { realmOf } from "./recording/realmOf.js";
import type { CallId, Realm, Recording } from "./recording/recording.js";
import { RULES } from "./rules/index.js";
import type { Finding, Undecided } from "./rules/rule.js";
import { runRules } from "./rules/runRules.js";
import { CURRENT_IOS, IOS_GENERATIONS, type Platform } from "./spec/platforms.js";

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

export interface AnalyzeOptions extends VerifyOptions {
  /** judge every call as if its page ran there, wherever it really ran */
  platform?: Platform;
  /** judge calls that were not recorded on an iPhone or iPad as if they had run there; default: current iOS */
  elsewhere?: Platform;
}

/**
 * Decodes, verifies and judges a recording. A call that was recorded on an iPhone or iPad is judged as that
 * device, any other as `elsewhere`; `platform` overrides both. Answers are always judged on the
 * device that gave them: imagining a page on iOS 17 does not change what Chrome once replied.
 */
export async function analyze(recording: Recording, options: AnalyzeOptions = {}): Promise<Analysis> {
  const ceremonies = await verifyCeremonies(recording, readCeremonies(recording), options);
  const { findings, undecided, history } = runRules(RULES, recording, ceremonies, platformFor(options));
  const explanations = explainAll(recording, ceremonies, history);
  return { recording, ceremonies, findings, undecided, credentials: history.credentials(), explanations };
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
    const { findings } = runRules(RULES, recording, ceremonies, () => platform);
    const found = findingsByCall(findings);
    const outlooks = recording.calls.map((call) => outlookOf(call, found.get(call.id) ?? [], platform));
    return { platform, findings, outlooks };
  });
}

function findingsByCall(findings: readonly Finding[]): ReadonlyMap<CallId, readonly Finding[]> {
  const byCall = new Map<CallId, Finding[]>();
  for (const finding of findings) {
    const known = byCall.get(finding.callId);
    if (known) known.push(finding);
    else byCall.set(finding.callId, [finding]);
  }
  return byCall;
}

function explainAll(recording: Recording, ceremonies: readonly Ceremony[], history: History): Explanation[] {
  const overlaps = readOverlaps(recording);
  const realmFor = realmOf(recording);
  return recording.calls.flatMap((call, index) => {
    const overlap = overlaps.get(call.id);
    const facts = { call, realm: realmFor(call), ceremony: ceremonies[index]!, history };
    return explain({ ...facts, ...(overlap && { overlap }) }) ?? [];
  });
}

function platformFor({ platform, elsewhere = CURRENT_IOS }: AnalyzeOptions) {
  return (realm: Realm): Platform => {
    if (platform) return platform;
    const recordedOn = platformOf(realm);
    return isAppleMobile(recordedOn) ? recordedOn : elsewhere;
  };
}
