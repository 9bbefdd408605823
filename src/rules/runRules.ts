import type { Ceremony } from "../ceremony/ceremony.js";
import { History } from "../ceremony/history.js";
import { platformOf } from "../recording/platformOf.js";
import { realmOf } from "../recording/realmOf.js";
import type { Api, Realm, Recording } from "../recording/recording.js";
import type { Platform } from "../spec/platforms.js";
import { applicableRules, type Judged, judgeCall } from "./judgeCall.js";
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
  const placeOf = remember((realm: Realm) => {
    const place = { recordedOn: platformOf(realm), platform: platformFor(realm) };
    return { ...place, rulesFor: remember((api: Api) => applicableRules(rules, api, place)) };
  });
  const realmFor = realmOf(recording);
  for (const [index, call] of recording.calls.entries()) {
    const realm = realmFor(call);
    const ceremony = ceremonies[index]!;
    const { recordedOn, platform, rulesFor } = placeOf(realm);
    const judged = judgeCall(rulesFor(call.api), { call, realm, ceremony, history, recordedOn, platform });
    for (const finding of judged.findings) findings.push(finding);
    for (const each of judged.undecided) undecided.push(each);
    history.add(call, ceremony, recordedOn);
  }
  return { findings, undecided, history };
}

/** The same answer for the same question, worked out once. */
function remember<Question, Answer>(work: (question: Question) => Answer): (question: Question) => Answer {
  const known = new Map<Question, Answer>();
  return (question) => {
    const answer = known.get(question) ?? work(question);
    known.set(question, answer);
    return answer;
  };
}
