import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze.js";
import { compare } from "../../../src/compare/compare.js";
import { type ComparedPair, compareRecordings } from "../../../src/compare/compareRecordings.js";
import { describeDifference } from "../../../src/compare/describeDifference.js";
import type { Recording } from "../../../src/recording/recording.js";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import { hostile, many, morning } from "../../panel/sampleRecordings.js";
import { call, create, get, passkey, recordingOf, safari, safariOnMac } from "../../support/recordings.js";

const told = (pairs: readonly ComparedPair[]) => pairs.map(({ a, b }) => `${a?.id ?? "-"} ${b?.id ?? "-"}`);
const conditional = () => get({}, { mediation: "conditional" });

describe("calls belong together", () => {
  test("by method, mediation and order, whatever stands between them", () => {
    const a = recordingOf([conditional(), create(), get(), get()]);
    const b = recordingOf([
      call("PublicKeyCredential.isConditionalMediationAvailable"),
      get(),
      conditional(),
      get(),
      create(),
    ]);
    expect(told(compareRecordings({ recording: a }, { recording: b }))).toEqual([
      "- call-0",
      "call-0 call-2",
      "call-1 call-4",
      "call-2 call-1",
      "call-3 call-3",
    ]);
  });

  test("by RP ID first, but also if that is what differs", () => {
    const a = recordingOf([get({ rpId: "a.example" }), get({ rpId: "b.example" })]);
    const b = recordingOf([get({ rpId: "b.example" }), get({ rpId: "c.example" })]);
    const pairs = compareRecordings({ recording: a }, { recording: b });
    expect(told(pairs)).toEqual(["call-0 call-1", "call-1 call-0"]);
    expect(pairs[0]!.differences[0]).toMatchObject({ at: "/arguments/0/publicKey/rpId", weight: "decisive" });
    expect(pairs[1]!.differences.map(({ at }) => at)).toEqual(["/arguments/0/publicKey/challenge"]);
  });

  test("one that only one of them has stays alone, where it stood", () => {
    const a = recordingOf([create(), get()]);
    const b = recordingOf([create()]);
    expect(told(compareRecordings({ recording: a }, { recording: b }))).toEqual([
      "call-0 call-0",
      "call-1 -",
    ]);
    expect(told(compareRecordings({ recording: b }, { recording: a }))).toEqual([
      "call-0 call-0",
      "- call-1",
    ]);
  });
});

test("an analysis brings its findings and verdicts, and the pages where it ran", async () => {
  const story = () => [create().returns(passkey("A")), get().returns(passkey("A"))];
  const mac = await analyze(recordingOf(story(), { browser: safariOnMac("18.3") }));
  const phone = await analyze(
    recordingOf(story(), { browser: safari("18.3"), origin: "https://www.example.com" }),
  );
  const [registration] = compareRecordings(mac, phone);
  const decisive = registration!.differences
    .filter(({ weight }) => weight === "decisive")
    .map(({ at }) => at);
  expect(decisive).toEqual(
    expect.arrayContaining(["/page/origin", "/outcome/value/response/clientDataJSON#origin"]),
  );
});

test("a recording is like itself", async () => {
  const analysis = await analyze(morning());
  for (const { a, b, differences } of compareRecordings(analysis, analysis)) {
    expect(a).toBe(b);
    expect(differences).toEqual([]);
  }
});

test("thousands of calls are compared in their order", () => {
  const recording = many(5_000);
  const pairs = compareRecordings({ recording }, { recording: structuredClone(recording) });
  expect(pairs).toHaveLength(5_000);
  expect(pairs.every(({ a, b }) => a?.id === b?.id)).toBe(true);
});

describe("whatever a page passed", () => {
  test("hostile calls are compared and told", async () => {
    const analysis = await analyze(hostile());
    const { calls } = analysis.recording;
    for (const a of calls) for (const b of calls) for (const each of compare(a, b)) describeDifference(each);
    expect(compareRecordings(analysis, analysis).flatMap(({ differences }) => differences)).toEqual([]);
  });

  const snapshot = fc.letrec<{ value: Snapshot }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Snapshot>,
      fc.constantFrom<Snapshot>(
        { $: "undefined" },
        { $: "bytes", type: "Uint8Array", base64url: "AAEC" },
        { $: "bytes", type: "ArrayBuffer", base64url: "not base64url!" },
        { $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "01020304" },
        { $: "number", value: "NaN" },
        { $: "unreadable", error: "x" },
        { $: "cycle" },
        { $: "unheard of" } as never,
        { $: "bytes" } as never,
      ),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom("publicKey", "challenge", "id", "alg", "$$", "__proto__"), tie("value")),
    ),
  })).value;

  const recorded = (argument: Snapshot, answer: Snapshot): Recording => {
    const recording = recordingOf([get().returns(1)]);
    recording.calls[0]!.arguments = [argument];
    recording.calls[0]!.outcome = { status: "fulfilled", value: answer };
    return recording;
  };

  test("both ways differ in the same places, and a call never differs from itself", () =>
    fc.assert(
      fc.property(snapshot, snapshot, snapshot, (one, other, answer) => {
        const a = recorded(one, answer).calls[0]!;
        const b = recorded(other, answer).calls[0]!;
        const places = (x: typeof a, y: typeof a) =>
          compare(x, y)
            .map((difference) => {
              describeDifference(difference);
              return `${difference.weight}`;
            })
            .sort();
        expect(places(a, b)).toEqual(places(b, a));
        expect(compare(a, structuredClone(a))).toEqual([]);
      }),
      { numRuns: 500 },
    ));
});
