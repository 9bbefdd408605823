import type { Ceremony } from "../ceremony/ceremony.js";
import { History } from "../ceremony/history.js";
import { platformOf } from "../recording/platformOf.js";
import { realmOf } from "../recording/realmOf.js";
import type { Realm, Recording } from "../recording/recording.js";
import type { Platform } from "../spec/platforms.js";
import { type Judged, judgeCall } from "./judgeCall.js";
import type { Rule } from "./rule.js";

/**
 * Judges the calls of a recording in the order in which they started, each in the light of those
 * before it, and says what became of the credentials. Linear in the number of calls.
 */
export function runRules(
  rules: readonly Rule[],
  recording: Recording,
  /** one for each call */
  ceremonies: readonly Ceremony[],
  platformFor: (realm: Realm) => Platform,
): Judged & { history: History } {
  const history = new History();
  const findings: Judged["findings"] = [];
  const undecided: Judged["undecided"] = [];
  const realmFor = realmOf(recording);
  for (const [index, call] of recording.calls.entries()) {
    const realm = realmFor(call);
    const ceremony = ceremonies[index]!;
    const judged = judgeCall(rules, { call, realm, ceremony, history, platform: platformFor(realm) });
    findings.push(...judged.findings);
    undecided.push(...judged.undecided);
    history.add(call, ceremony, platformOf(realm));
  }
  return { findings, undecided, history };
}
