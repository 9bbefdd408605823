import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Kept, readInput } from "./keepInput.js";
import { tryInput } from "./promises/tryInput.js";
import { runTarget } from "./runTarget.js";
import { TARGETS } from "./targets.js";

const FOLDER = new URL("regressions/", import.meta.url);

/** As `npm run fuzz` wrote them when it found them. */
interface Sample {
  target: string;
  input: Kept;
}

describe("what was found once", () => {
  test.each(readdirSync(FOLDER))("%s", async (file) => {
    const { target: name, input } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Sample;
    const target = TARGETS.find((each) => each.name === name);
    expect(target, `a target called ${name}`).toBeDefined();
    await tryInput(target!, readInput(input));
  });
});

describe("a short run, with another seed every time", { timeout: 120_000 }, () => {
  test.each(TARGETS)("$name", async (target) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { finding } = await runTarget(target, { seed, runs: target.runs });
    if (!finding) return;
    const again = `npm run fuzz -- --only "${target.name}" --seed ${seed}`;
    expect.fail(`seed ${seed}; again: ${again}\n${finding.what}\n${JSON.stringify(finding.input)}`);
  });
});
