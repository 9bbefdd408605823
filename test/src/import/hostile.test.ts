import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importAnything } from "../../../src/import/index.js";
import { MAX_LENGTH, parseRecording } from "../../../src/recording/parseRecording.js";
import { serializeRecording } from "../../../src/recording/serializeRecording.js";
import { genuineAttestation } from "../../support/attestationSamples.js";
import { create, passkey, recordingOf } from "../../support/recordings.js";
import * as samples from "./samples.js";

const AT = Date.UTC(2026, 10, 22);
const RUNS = { numRuns: 300 };

/** An answer to whatever it is: a recording that opens again, or a problem with a place; never both missing. */
async function answered(input: string | Uint8Array) {
  const result = await importAnything(input, { at: AT });
  const { recording, problems, unreadable } = result;
  expect(unreadable).toBeGreaterThanOrEqual(problems.length);
  if (recording) expect(parseRecording(serializeRecording(recording)).recording).toEqual(recording);
  else {
    expect(problems.length).toBeGreaterThan(0);
    for (const { message, offset, length } of problems) {
      expect(message).not.toBe("");
      expect(message.length).toBeLessThan(1_000);
      expect(offset + length).toBeLessThanOrEqual(Math.max(input.length, offset));
    }
  }
  return result;
}

async function isAnswered(input: string | Uint8Array): Promise<void> {
  await answered(input);
}

const TEXTS = [
  serializeRecording(recordingOf([create().returns(passkey("A"))])),
  ...[samples.creationJson, samples.registration.json, samples.harFile, samples.devtoolsExport].map(
    (sample) => JSON.stringify(sample),
  ),
  ...[samples.recorderExport, samples.webkitResponse].map((sample) => JSON.stringify(sample)),
  ...samples.SPELLINGS.map(([, spell]) => spell(genuineAttestation("packed"))),
];

describe("whatever comes", () => {
  test("bytes", () => fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), isAnswered), RUNS));

  test("text", () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: "binary", maxLength: 400 }), isAnswered), RUNS));

  test("JSON", () => fc.assert(fc.asyncProperty(fc.json(), isAnswered), RUNS));

  test("the beginning of a sample", () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...TEXTS), fc.double({ min: 0, max: 1, noNaN: true }), (text, share) =>
        isAnswered(text.slice(0, Math.floor(text.length * share))),
      ),
      RUNS,
    ));

  test("a sample with other characters in it", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TEXTS),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.string({ maxLength: 3 })), {
          minLength: 1,
          maxLength: 6,
        }),
        async (text, changes) => {
          let changed = text;
          for (const [share, insert] of changes) {
            const at = Math.floor(changed.length * share);
            changed = changed.slice(0, at) + insert + changed.slice(at + 1);
          }
          await answered(changed);
        },
      ),
      RUNS,
    ));

  test("a sample with other values in it", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom<unknown>(
          samples.harFile,
          samples.devtoolsExport,
          samples.recorderExport,
          samples.creationJson,
        ),
        fc.infiniteStream(fc.tuple(fc.nat({ max: 25 }), fc.jsonValue({ maxDepth: 2 }))),
        async (sample, dice) => {
          const text = JSON.stringify(sample, (_, value) => {
            const [chance, other] = dice.next().value;
            return chance === 0 ? other : value;
          });
          await answered(text);
        },
      ),
      RUNS,
    ));

  test("attestation objects with flipped bits", () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat({ max: 255 }), async (at, mask) => {
        const bytes = genuineAttestation("packed").slice();
        bytes[at % bytes.length]! ^= mask;
        await answered(bytes);
      }),
      RUNS,
    ));
});

describe("what means harm", () => {
  test("a member called __proto__ is left out and said", async () => {
    const text = JSON.stringify(samples.creationJson).replace("{", '{"__proto__":{"polluted":true},');
    const { recording, problems } = await answered(text);
    expect(problems.map(({ path }) => path)).toEqual(["/__proto__"]);
    expect(JSON.stringify(recording)).not.toContain("polluted");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("markup stays the text that it is", async () => {
    const html = '<img src=x onerror="alert(1)">';
    const { recording } = await answered(
      JSON.stringify({ ...samples.creationJson, rp: { id: html, name: html }, [html]: html }),
    );
    expect(recording!.calls[0]!.arguments).toMatchObject([
      { publicKey: { rp: { id: html, name: html }, [html]: html } },
    ]);
  });

  test("a page’s own $ member is told from ours", async () => {
    const { recording } = await answered(
      JSON.stringify({
        ...samples.creationJson,
        extensions: { own: { $: "bytes", type: "x", base64url: "?" } },
      }),
    );
    expect(recording!.calls[0]!.arguments).toMatchObject([
      { publicKey: { extensions: { own: { $$: "bytes", type: "x", base64url: "?" } } } },
    ]);
  });

  test("deep nesting is refused where it gets too deep", async () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const { problems } = await answered(`${open.repeat(200_000)}1${close.repeat(200_000)}`);
      expect(problems[0]!.message).toMatch(/line 1, column \d+: Values are nested more than 256 deep/);
    }
  });

  test("JSON in strings in JSON comes to an end", async () => {
    let text = JSON.stringify(samples.creationJson);
    for (let level = 0; level < 10; level++) text = JSON.stringify({ challenge: text });
    expect((await answered(text)).recording).toBeUndefined();
  });

  test("200 MB are refused without a look", async () => {
    const { problems } = await importAnything(new Uint8Array(200_000_000), { at: AT });
    expect(problems).toMatchObject([{ code: "too-large" }]);
    expect(200_000_000).toBeGreaterThan(MAX_LENGTH);
  });

  test.each([
    ["blank lines", "\n".repeat(3_000_000)],
    ["PEM blocks without an end", "-----BEGIN A-----\n".repeat(200_000)],
    ["JSON values after each other", "{} ".repeat(500_000)],
    [
      "requests with one challenge",
      JSON.stringify(Array.from({ length: 5_000 }, (_, timeout) => ({ ...samples.requestJson, timeout }))),
    ],
    ["an array of numbers", JSON.stringify(Array.from({ length: 1_000_000 }, () => 7))],
    ["a long word", "a".repeat(3_000_000)],
    ["a console line that breaks off", `keyhole:1:0\nk${"\n".repeat(300_000)}`],
    ["commas", `o2N${",".repeat(3_000_000)}`],
    ["a data URL without an end", `data:${"a;".repeat(1_000_000)}`],
    ["zero bytes", new Uint8Array(10_000_000)],
    [
      "a map of CBOR that claims to be huge",
      Uint8Array.of(0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    ],
  ])("%s take no time that grows out of hand", async (_, input) => {
    await answered(input);
  });
});

describe("as long as it may be, and made to be hard", () => {
  const LENGTH = 130_000_000;
  const filled = (text: string) => text.repeat(Math.floor(LENGTH / text.length));

  test.each([
    ["one string", () => `"${"A".repeat(LENGTH)}"`, /No ceremony is in it/],
    ["numbers without end", () => `[${filled("1,")}1]`, /There are more than 8,000,000 values/],
    ["five million numbers", () => `[${"1,".repeat(5_000_000)}1]`, /These 5000001 bytes/],
    ["beginnings of PEM", () => filled("-----BEGIN X-----\n"), /This block has no end/],
    ["base64", () => "A".repeat(LENGTH), /ends within a byte/],
    ["quotes that are escaped", () => filled('"\\'), /Nothing that Keyhole knows/],
    ["beginnings of JSON", () => "challenge {".repeat(1_500_000), /Nothing that Keyhole knows/],
    [
      "beginnings of JSON that go on",
      () => `challenge ${'{"a":['.repeat(2_000_000)}`,
      /Nothing that Keyhole knows/,
    ],
    ["objects in objects", () => filled('{"a":'), /nested more than 256 deep/],
  ])(
    "%s: is answered in time, with a sentence",
    async (_, make, sentence) => {
      const { recording, problems } = await importAnything(make());
      expect(recording).toBeUndefined();
      expect(problems[0]!.message).toMatch(sentence);
    }, // Each takes less than a second; what is walked again and again takes a quarter of a minute or more.
    10_000,
  );
});
