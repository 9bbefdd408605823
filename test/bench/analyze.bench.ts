import { analyze } from "../../dist/engine/index.js";
import { create, get, recordingOf } from "../support/recordings.js";
import { SoftwareAuthenticator } from "../support/softwareAuthenticator.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { median } from "./median.js";
import type { Bench } from "./row.js";

const ROUNDS = 3;
const FEW = 1_000;
const MANY = 10_000;
const ACCOUNTS = 50;

/** A whole analysis (decode, verify, rules, explanations) is linear: ten times the calls, about ten times the time. */
const analysis: Bench = async () => {
  const times: [few: number, many: number][] = [];
  // The sizes take turns; verdicts are remembered with the calls, so that every round has calls of its own.
  for (let round = 0; round < ROUNDS; round++) times.push([await time(FEW), await time(MANY)]);
  const [few, many] = [median(times.map(([it]) => it)), median(times.map(([, it]) => it))];
  return [
    {
      what: `analyze ${MANY.toLocaleString("en")} calls, each verified (${Math.round(MANY / (many / 1_000)).toLocaleString("en")} a second), processor time, beside ${FEW.toLocaleString("en")}`,
      measured: describeMilliseconds(many),
      beside: describeMilliseconds(few),
      ratio: many / few,
      bound: "≤ 13×",
      holds: many / few <= 13,
    },
  ];
};

export default analysis;

async function time(amount: number): Promise<number> {
  const recording = story(amount);
  const start = process.cpuUsage();
  await analyze(recording);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** Genuine answers: a few accounts register, and go on signing in. */
function story(amount: number): Parameters<typeof analyze>[0] {
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => {
    const authenticator = new SoftwareAuthenticator({ counts: true });
    const user = { id: new Uint8Array(16).fill(index + 1), name: `user ${index}`, displayName: "" };
    const made = create({ user });
    const used = get();
    return {
      made: made.returns(authenticator.create(made.args[0]).snapshot),
      used: used.returns(authenticator.get(used.args[0]).snapshot),
    };
  });
  const recording = recordingOf(accounts.flatMap(({ made, used }) => [made, used]));
  const models = recording.calls;
  const first = models[0]!.startedAt;
  recording.calls = Array.from({ length: amount }, (_, index) => {
    const model = index < models.length ? models[index]! : models[(index % ACCOUNTS) * 2 + 1]!;
    return { ...structuredClone(model), id: `call-${index}`, seq: index, startedAt: first + index * 10_000 };
  });
  return recording;
}
