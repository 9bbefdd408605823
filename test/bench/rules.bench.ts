import { readCeremonies } from "../../src/ceremony/readCeremony.js";
import type { Recording } from "../../src/recording/recording.js";
import { RULES } from "../../src/rules/index.js";
import { runRules } from "../../src/rules/runRules.js";
import { CURRENT_IOS } from "../../src/spec/platforms.js";
import { create, get, passkey, recordingOf, safari } from "../support/recordings.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import type { Bench } from "./row.js";

const ROUNDS = 7;

/** Judging is linear: ten times the calls, about ten times the time; with one account for all, or one for each. */
const rules: Bench = async () => {
  const [small, large] = [story(1_000), story(10_000)];
  // The sizes take turns, so that whatever else the machine does hits both.
  const rounds = Array.from({ length: ROUNDS }, () => [time(small), time(large)] as const);
  // The best round of each: the others had the garbage of their predecessors to clear away.
  const [few, many] = [Math.min(...rounds.map(([it]) => it)), Math.min(...rounds.map(([, it]) => it))];
  return [
    {
      what: `${RULES.length} rules on 10,000 calls, processor time, beside 1,000`,
      measured: describeMilliseconds(many),
      beside: describeMilliseconds(few),
      ratio: many / few,
      bound: "≤ 13×",
      holds: many / few <= 13,
    },
  ];
};

export default rules;

/** Milliseconds of processor time, which a busy machine does not stretch as it does time on the clock. */
function time({ recording, ceremonies }: ReturnType<typeof story>): number {
  const start = process.cpuUsage();
  runRules(RULES, recording, ceremonies, () => CURRENT_IOS);
  return process.cpuUsage(start).user / 1_000;
}

/** Every account but the first registers once; every passkey signs in once. */
function story(count: number): { recording: Recording; ceremonies: ReturnType<typeof readCeremonies> } {
  const calls = Array.from({ length: count }, (_, index) => {
    const id = new Uint8Array(32);
    new DataView(id.buffer).setUint32(0, index % 4 < 2 ? 1 : index >> 1);
    const credential = passkey(`C${index >> 1}`, { userHandle: id });
    if (index % 2) return get().returns(credential);
    return create({ user: { id, name: `user-${index}` } }).returns(credential);
  });
  const recording = recordingOf(calls, { browser: safari("26.1") });
  return { recording, ceremonies: readCeremonies(recording) };
}
