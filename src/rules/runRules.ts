import type { Ceremony } from "../ceremony/ceremony.js";
import { History } from "../ceremony/history.js";
import { platformOf } from "../recording/platformOf.js";
import { realmOf } from "../recording/realmOf.js";
import type { Api, Call, Realm, Recording } from "../recording/recording.js";
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
  const judge = judgeBy(rules, platformFor);
  const realmFor = realmOf(recording);
  for (const [index, call] of recording.calls.entries()) {
    const realm = realmFor(call);
    const ceremony = ceremonies[index]!;
    const judged = judge(call, realm, ceremony, history);
    for (const finding of judged.findings) findings.push(finding);
    for (const each of judged.undecided) undecided.push(each);
    history.add(call, ceremony, platformOf(realm));
  }
  return { findings, undecided, history };
}

/** What rules say to one call, given what is known from those before it; which rules apply where is worked out once. */
export function judgeBy(
  rules: readonly Rule[],
  platformFor: (realm: Realm) => Platform,
): (call: Call, realm: Realm, ceremony: Ceremony, history: History) => Judged {
  const placeOf = remember((realm: Realm) => {
    const place = { recordedOn: platformOf(realm), platform: platformFor(realm) };
    return { ...place, rulesFor: remember((api: Api) => applicableRules(rules, api, place)) };
  });
  return (call, realm, ceremony, history) => {
    const { recordedOn, platform, rulesFor } = placeOf(realm);
    return judgeCall(rulesFor(call.api), { call, realm, ceremony, history, recordedOn, platform });
  };
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
