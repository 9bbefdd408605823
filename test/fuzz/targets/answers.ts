import assert from "node:assert/strict";
import fc from "fast-check";
import { type Call, parsePushedLine, parseReading, type Realm, receiveReadings } from "../../../src/index.js";
import { checksum } from "../../../src/link/pushedLine.js";
import type { Reading } from "../../../src/link/reading.js";
import { aborted, aRealm, called, settled } from "../../support/realmEvents.js";
import { ANSWERS, CONSOLE_LINES, CONVERSATION_KEY } from "../corpus.js";
import { anyJsonLike } from "../mutate/mutateJson.js";
import { anyTextLike } from "../mutate/mutateText.js";
import { assertSource } from "../promises/assertSource.js";
import { assertWords } from "../promises/inside.js";
import { type AnyTarget, defineTarget } from "../target.js";

const realm = { ...aRealm(), hook: { ...aRealm().hook, via: "bootstrap" } };
const page = {
  hook: "none",
  url: "https://rp.example/",
  isSecureContext: true,
  startedAt: 1,
  readyState: "complete",
};
const first = {
  realmId: realm.id,
  realm,
  oldest: 0,
  first: 0,
  events: [called(0), aborted(0), settled(0)],
  next: 3,
};
const later = { realmId: realm.id, oldest: 0, first: 3, events: [called(1), settled(1), called(2)], next: 9 };
const whole = { realmId: realm.id, realm, first: 0, events: [], calls: [{ ...called(0).call, duration: 1 }] };
const samples = [first, later, whole, page, ...ANSWERS];

/** As the hook writes them, with a sum that fits. */
const line = (payload: string) =>
  `${CONSOLE_LINES[0]!.split(":").slice(0, 3).join(":")}:${payload.length}:${checksum(payload)}:${payload}`;

export const answers: readonly AnyTarget[] = [
  defineTarget({
    name: "answers/readings",
    inputs: fc.array(
      fc.oneof(anyJsonLike(samples), anyTextLike(samples.map((each) => JSON.stringify(each)))),
      { maxLength: 4 },
    ),
    runs: 150,
    cost: { base: 1_000, perThousand: 50 },
    check: (texts) =>
      receive(
        texts.map((text) => {
          const { reading, page: facts, problems } = parseReading(text);
          assert(reading || facts || problems.length > 0, "no answer to an answer");
          assertWords(problems);
          return reading;
        }),
      ),
  }),
  defineTarget({
    name: "answers/pushed lines",
    inputs: fc.array(
      fc.oneof(
        anyTextLike([...CONSOLE_LINES, JSON.stringify(whole)].map((text) => text)),
        anyJsonLike(samples).map(line),
      ),
      {
        maxLength: 4,
      },
    ),
    runs: 100,
    cost: { base: 1_000, perThousand: 50 },
    check: (lines) => receive(lines.map((text) => parsePushedLine(text, CONVERSATION_KEY)?.reading)),
  }),
];

async function receive(readings: readonly (Reading | undefined)[]) {
  const realms = new Map<string, Realm>();
  const calls = new Map<string, Call>();
  let lost = 0;
  const receiver = receiveReadings({
    realm: (each) => void realms.set(each.id, each),
    call: (each) => void calls.set(each.id, each),
    gap: (count) => {
      assert(count > 0 && Number.isSafeInteger(count), `a gap of ${count}`);
      lost += count;
    },
  });
  for (const reading of readings) if (reading) receiver.take(reading);
  for (const reading of readings) if (reading) assert(Number.isSafeInteger(receiver.next(reading.realmId)));
  assert(Number.isSafeInteger(lost), `${lost} are lost`);
  return assertSource(realms, calls);
}
