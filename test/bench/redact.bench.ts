import { type Recording, redact, serializeRecording } from "../../src/index.js";
import { bytes, create, descriptor, get, passkey, recordingOf } from "../support/recordings.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import type { Bench } from "./row.js";

const ROUNDS = 3;
const SMALL = 1_000;
const LARGE = 10_000;

/** Masking, with the verdicts that it carries along, is linear: ten times the calls, about ten times the time. */
const masking: Bench = async () => {
  const times: [small: number, large: number][] = [];
  // The sizes take turns, so that whatever else the machine does hits both. Verdicts are remembered with
  // the calls, so that every round has calls of its own.
  for (let round = 0; round < ROUNDS; round++)
    times.push([await time(story(SMALL)), await time(story(LARGE))]);
  const [small, large] = [Math.min(...times.map(([it]) => it)), Math.min(...times.map(([, it]) => it))];
  const megabytes = serializeRecording(story(LARGE)).length / 1e6;
  return [
    {
      what: `masking ${LARGE.toLocaleString("en")} calls (${megabytes.toFixed(1)} MB, ${(megabytes / (large / 1_000)).toFixed(1)} MB/s), processor time, beside ${SMALL.toLocaleString("en")}`,
      measured: describeMilliseconds(large),
      beside: describeMilliseconds(small),
      ratio: large / small,
      bound: "≤ 12×",
      holds: large / small <= 12,
    },
  ];
};

export default masking;

/** Milliseconds of processor time, which a busy machine does not stretch as it does time on the clock. */
async function time(recording: Recording): Promise<number> {
  const start = process.cpuUsage();
  await redact(recording);
  return process.cpuUsage(start).user / 1_000;
}

/** Registrations of ever new accounts, each with a sign-in, a failure now and then. */
function story(amount: number): Recording {
  const drafts = Array.from({ length: amount / 2 }, (_, index) => {
    const id = bytes(32, index);
    new DataView(id.buffer).setUint32(0, index);
    const name = `Passkey ${index}`;
    const user = { id, name: `user${index}@example.com`, displayName: `User ${index}` };
    return [
      create({ user })
        .returns(passkey(name))
        .with({ initiator: `at register (https://example.com/app.${index % 7}.js:10:20)` }),
      index % 10 === 0
        ? get({ allowCredentials: [descriptor(name)] }).rejects("Error", {
            message: `${user.name} has no passkey here`,
          })
        : get({ allowCredentials: [descriptor(name)] }).returns(passkey(name, { userHandle: id })),
    ];
  }).flat();
  return recordingOf(drafts);
}
