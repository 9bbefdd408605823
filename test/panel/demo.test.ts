import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { analyze, parseRecording } from "../../src/index.js";
import { demoRecording } from "../fixtures/demoRecording.js";

const text = readFileSync(new URL("../../panel/demo/demo.keyhole.json", import.meta.url), "utf8");

test("the demo recording is a good one, in which one thing goes wrong", async () => {
  const { recording, problems } = parseRecording(text);
  expect(problems).toEqual([]);
  const { findings, ceremonies, credentials } = await analyze(recording!);
  expect(findings.filter(({ severity }) => severity === "error").map(({ ruleId }) => ruleId)).toEqual([
    "user-id-reused-overwrites-passkey",
  ]);
  expect(ceremonies.flatMap(({ verdicts }) => verdicts).filter(({ outcome }) => outcome === "fail")).toEqual(
    [],
  );
  expect(credentials.map(({ state }) => state)).toContain("overwritten");
});

test("the demo recording is what npm run fixtures:demo makes, but for keys and signatures", () => {
  const { recording } = parseRecording(text);
  const made = JSON.parse(JSON.stringify(demoRecording()));
  expect({ ...recording, calls: recording!.calls.map(withoutAnswer) }).toEqual({
    ...made,
    calls: made.calls.map(withoutAnswer),
  });
});

const withoutAnswer = ({ outcome, ...rest }: { outcome: { status: string } }) => ({
  ...rest,
  status: outcome.status,
});
