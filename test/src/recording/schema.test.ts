import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRecording, type Recording, redact, serializeRecording } from "../../../src/index.js";
import { recordingJsonSchema, writeJsonSchema } from "../../docs/recordingJsonSchema.js";
import { hostile, morning } from "../../panel/sampleRecordings.js";
import { SAMPLES } from "../redact/samples.js";

const file = readFileSync(new URL("../../../docs/recording.schema.json", import.meta.url), "utf8");
const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
const isValid = ajv.compile(JSON.parse(file));

describe("docs/recording.schema.json", () => {
  test("is what `npm run docs:schema` writes", () => {
    expect(file).toBe(writeJsonSchema(recordingJsonSchema()));
  });

  test.each(SAMPLES)("takes $name, masked or not", async ({ recording }) => {
    for (const each of [recording(), await redact(recording())]) {
      expect(isValid(JSON.parse(serializeRecording(each)))).toBe(true);
      expect(isValid.errors).toBeNull();
    }
  });

  test("takes and refuses what Keyhole itself does, whichever member is not what it should be", () => {
    const places = [morning(), hostile()].flatMap((recording) =>
      placesOf(recording).map((place) => ({ recording, place })),
    );
    const wrong = fc.constantFrom<unknown>(null, true, -1, 0.5, "x", [], {}, { $: "bytes" }, { $: "new" });
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(wrong, fc.constant(GONE)),
        ({ recording, place }, value) => {
          const changed = withChange(recording, place, value);
          const { recording: read, problems } = parseRecording(JSON.stringify(changed));
          // What one member says of another is beyond a schema.
          fc.pre(!problems.some(({ code }) => BETWEEN_MEMBERS.has(code)));
          expect(isValid(changed), JSON.stringify({ place, value, problems, errors: isValid.errors })).toBe(
            read !== undefined,
          );
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("reading and writing", () => {
  test("lose nothing, members of another version included", () => {
    // A member of the name __proto__ is refused, at any depth.
    const value = fc.jsonValue({ maxDepth: 3 }).filter((made) => !JSON.stringify(made).includes("__proto__"));
    const extra = fc.dictionary(fc.stringMatching(/^new[A-Z][a-z]{2,8}$/), value, { minKeys: 1, maxKeys: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), extra, extra, extra, ({ recording }, top, ofRealm, ofCall) => {
        const original = recording();
        const made = {
          ...original,
          ...top,
          realms: original.realms.map((realm) => ({ ...realm, ...ofRealm })),
          calls: original.calls.map((call) => ({ ...call, ...ofCall })),
        } as Recording;
        // What JSON itself does not tell apart, -0 and 0.
        const expected = JSON.parse(JSON.stringify(made));
        const { recording: read } = parseRecording(serializeRecording(made));
        expect(read).toEqual(expected);
        expect(serializeRecording(read!)).toBe(serializeRecording(made));
      }),
      { numRuns: 100 },
    );
  });
});

const GONE = Symbol("gone");
const BETWEEN_MEMBERS: ReadonlySet<string> = new Set(["recording-duplicate-id", "recording-unknown-realm"]);

type Step = string | number;

/** Every member of a recording, by its steps; of what is very deep, the first few. */
function placesOf(value: unknown, steps: readonly Step[] = []): (readonly Step[])[] {
  if (typeof value !== "object" || value === null || steps.length > 8) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const place = [...steps, Array.isArray(value) ? Number(name) : name];
    return [place, ...placesOf(member, place)];
  });
}

function withChange(recording: Recording, place: readonly Step[], value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(recording)) as Record<Step, never>;
  let holder: Record<Step, unknown> = copy;
  for (const step of place.slice(0, -1)) holder = holder[step] as Record<Step, unknown>;
  const last = place.at(-1)!;
  if (value !== GONE) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
}
