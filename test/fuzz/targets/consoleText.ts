import assert from "node:assert/strict";
import fc from "fast-check";
import { looksLikeConsoleText, parseConsoleText } from "../../../src/index.js";
import { checksum } from "../../../src/link/pushedLine.js";
import { ANSWERS, CONSOLE_LINES, RECORDINGS } from "../corpus.js";
import { anyJsonLike } from "../mutate/mutateJson.js";
import { anyTextLike } from "../mutate/mutateText.js";
import { assertInside, assertWords } from "../promises/inside.js";
import { assertWhole } from "../promises/wholeRecording.js";
import { type AnyTarget, defineTarget } from "../target.js";

const MARK = CONSOLE_LINES[0]!.split(":")[2]!;
const line = (payload: string) => `keyhole:1:${MARK}:${payload.length}:${checksum(payload)}:${payload}`;

/** The lines as the hook writes whole calls, from what it answers in events. */
const wholeCalls = ANSWERS.map((answer) => {
  const { realmId, realm, events } = answer as {
    realmId: string;
    realm: unknown;
    events: { kind: string; call: object }[];
  };
  return {
    realmId,
    realm,
    first: 0,
    events: [],
    calls: events.flatMap(({ kind, call }) => (kind === "call" ? [call] : [])),
  };
});

const written = [...CONSOLE_LINES, ...wholeCalls.map((each) => line(JSON.stringify(each)))];
const saved = [
  written.join("\n"),
  ["[Log] started (app.js, line 12)", ...written.map((each) => `[Info] ${each} (bootstrap.js, line 1)`)].join(
    "\n",
  ),
  written.map((each) => each.replace(/(.{80})/g, "$1\n")).join("\n"),
  written.map((each) => `"${each.replaceAll('"', '\\"')}"`).join("\n"),
];

export const consoleText: readonly AnyTarget[] = [
  defineTarget({
    name: "console text",
    inputs: fc.oneof(
      anyTextLike(saved, ["keyhole:1:", `keyhole:1:${MARK}:`, "[Info] ", "(x2)"]),
      fc
        .array(anyJsonLike([...wholeCalls, ...ANSWERS]).map(line), { maxLength: 3 })
        .map((lines) => lines.join("\n")),
    ),
    runs: 15,
    cost: { base: 3_000, perThousand: 200 },
    async check(text) {
      assert.equal(typeof looksLikeConsoleText(text), "boolean");
      const { recording, problems } = parseConsoleText(text);
      assert(recording || problems.length > 0, "neither a recording nor a problem");
      assertInside(problems, text);
      assertWords(problems);
      if (recording) await assertWhole(recording, RECORDINGS[text.length % 30]!);
      return [recording, problems];
    },
  }),
];
