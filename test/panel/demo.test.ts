import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { analyze, parseRecording } from "../../src/index.js";

test("the demo recording is a good one, in which one thing goes wrong", async () => {
  const text = readFileSync(new URL("../../panel/demo/demo.keyhole.json", import.meta.url), "utf8");
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
