import assert from "node:assert/strict";
import { parseRecording, serializeRecording } from "../../../src/index.js";
import { RECORDINGS } from "../corpus.js";
import { anyJsonLike } from "../mutate/mutateJson.js";
import { anyTextLike } from "../mutate/mutateText.js";
import { assertInside, assertWords } from "../promises/inside.js";
import { assertWhole } from "../promises/wholeRecording.js";
import { type AnyTarget, defineTarget } from "../target.js";

const small = RECORDINGS.slice(0, -1);

function parse(text: string) {
  const parsed = parseRecording(text);
  assert(parsed.recording !== undefined || parsed.problems.length > 0, "neither a recording nor a problem");
  assertInside(parsed.problems, text);
  assertWords(parsed.problems);
  return parsed;
}

export const recordings: readonly AnyTarget[] = [
  defineTarget({
    name: "recordings/text",
    inputs: anyTextLike(RECORDINGS.map(serializeRecording)),
    runs: 80,
    check: parse,
  }),
  defineTarget({
    name: "recordings/whole",
    inputs: anyJsonLike(small),
    runs: 15,
    cost: { base: 3_000, perThousand: 200 },
    async check(text) {
      const { recording, problems } = parse(text);
      if (recording) await assertWhole(recording, RECORDINGS[text.length % small.length]!);
      return [recording, problems];
    },
  }),
];
