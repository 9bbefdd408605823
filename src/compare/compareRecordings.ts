import type { Ceremony } from "../ceremony/ceremony.js";
import { readCeremonies } from "../ceremony/readCeremony.js";
import { readSnapshot } from "../recording/readSnapshot.js";
import { realmOf } from "../recording/realmOf.js";
import type { Call, CallId, Recording } from "../recording/recording.js";
import { type ComparedFinding, compare, type Surroundings } from "./compare.js";
import type { Difference } from "./difference.js";

/** A recording, and what is known of its calls: an `Analysis` is one. */
export interface ComparedRecording {
  recording: Recording;
  /** one for each call; without them, the calls are decoded here */
  ceremonies?: readonly Ceremony[];
  findings?: readonly (ComparedFinding & { callId: CallId })[];
}

/** Two calls that belong together, or one that has no counterpart. */
export interface ComparedPair {
  a?: Call;
  b?: Call;
  /** empty if one of them is missing */
  differences: Difference[];
}

/**
 * Two recordings of the same story, call by call. Calls belong together by method, RP ID, mediation and
 * their order; those that are left, by method and mediation, then by method alone, as an RP ID may be the
 * very thing that differs. Pairs come in the order of `a`, what `b` alone has where it stood. Linear.
 */
export function compareRecordings(a: ComparedRecording, b: ComparedRecording): ComparedPair[] {
  const partnerOf = alignCalls(a, b);
  const aroundA = surroundingsOf(a);
  const aroundB = surroundingsOf(b);
  const taken = new Set(partnerOf.values());
  const placeOf = new Map(b.recording.calls.map((call, index) => [call, index]));
  const pairs: ComparedPair[] = [];
  let next = 0;
  const alone = (until: Call | undefined) => {
    const calls = b.recording.calls;
    const end = until ? placeOf.get(until)! : calls.length;
    for (; next < end; next++) if (!taken.has(calls[next]!)) pairs.push({ b: calls[next]!, differences: [] });
  };
  for (const call of a.recording.calls) {
    const partner = partnerOf.get(call);
    if (partner) alone(partner);
    const differences = partner ? compare(call, partner, { a: aroundA(call), b: aroundB(partner) }) : [];
    pairs.push({ a: call, ...(partner && { b: partner }), differences });
  }
  alone(undefined);
  return pairs;
}

/** For each call of `a` its counterpart in `b`, if it has one. */
export function alignCalls(a: ComparedRecording, b: ComparedRecording): Map<Call, Call> {
  const partners = new Map<Call, Call>();
  const taken = new Set<Call>();
  const keysA = keysOf(a);
  const keysB = keysOf(b);
  for (const level of [0, 1, 2]) {
    const waiting = new Map<string, Call[]>();
    for (const call of [...b.recording.calls].reverse()) {
      if (taken.has(call)) continue;
      const key = keysB.get(call)![level]!;
      const list = waiting.get(key);
      if (list) list.push(call);
      else waiting.set(key, [call]);
    }
    for (const call of a.recording.calls) {
      if (partners.has(call)) continue;
      const partner = waiting.get(keysA.get(call)![level]!)?.pop();
      if (!partner) continue;
      partners.set(call, partner);
      taken.add(partner);
    }
  }
  return partners;
}

/** What a call is known by, the most particular first. */
function keysOf({
  recording,
  ceremonies = readCeremonies(recording),
}: ComparedRecording): Map<Call, [string, string, string]> {
  return new Map(
    recording.calls.map((call, index) => {
      const mediation = readSnapshot(call.arguments[0]).member("mediation").text() ?? "";
      const { rpId = "", kind } = ceremonies[index]!;
      return [
        call,
        [
          [call.api, kind, mediation, rpId].join(" "),
          `${call.api} ${kind} ${mediation}`,
          `${call.api} ${kind}`,
        ],
      ];
    }),
  );
}

function surroundingsOf({ recording, ceremonies, findings }: ComparedRecording) {
  const realm = realmOf(recording);
  const ceremonyOf = new Map(ceremonies?.map((ceremony) => [ceremony.callId, ceremony]));
  const byCall = new Map<CallId, (ComparedFinding & { callId: CallId })[]>();
  for (const finding of findings ?? []) {
    const list = byCall.get(finding.callId);
    if (list) list.push(finding);
    else byCall.set(finding.callId, [finding]);
  }
  return (call: Call): Surroundings => {
    const ceremony = ceremonyOf.get(call.id);
    return {
      realm: realm(call),
      ...(ceremony && { ceremony }),
      ...(findings && { findings: byCall.get(call.id) ?? [] }),
    };
  };
}
