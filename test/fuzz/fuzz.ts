import { mkdir, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Kept, readInput } from "./keepInput.js";
import { tryInput } from "./promises/tryInput.js";
import { type Finding, runTarget } from "./runTarget.js";
import { TARGETS } from "./targets.js";
import { startWatchdog } from "./watchdog.js";

/**
 * Gives every target what nobody would think of, for as long as asked:
 *
 *     npm run fuzz -- --minutes 5 --only decoders --seed 42
 *     npm run fuzz -- --replay test-results/fuzz/decoders-cbor-42.json
 *
 * Targets take turns, a round of `ROUND` inputs each. A target that was found to break a promise is left
 * alone from then on; its input, made as small as can be, is written to test-results/fuzz.
 */
const ROUND = 200;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string" },
    only: { type: "string", multiple: true, default: [] },
    replay: { type: "string" },
  },
});

process.exitCode = values.replay === undefined ? await fuzz() : await replay(values.replay);

async function fuzz(): Promise<number> {
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const until = Date.now() + Number(values.minutes) * 60_000;
  const targets = TARGETS.filter(
    ({ name }) => !values.only.length || values.only.some((word) => name.includes(word)),
  );
  console.log(`seed ${seed}, ${values.minutes} min, ${targets.length} targets`);
  const beforeEach = startWatchdog();
  const executions = new Map(targets.map(({ name }) => [name, 0]));
  const findings: Finding[] = [];
  for (let round = 0; round === 0 || Date.now() < until; round++) {
    const left = targets.filter(({ name }) => !findings.some(({ target }) => target === name));
    if (left.length === 0) break;
    for (const target of left) {
      if (round > 0 && Date.now() >= until) break;
      const ofRound = (seed + round) | 0;
      const outcome = await runTarget(target, {
        seed: ofRound,
        runs: ROUND,
        beforeEach: (input) => beforeEach(target.name, input),
      });
      executions.set(target.name, executions.get(target.name)! + outcome.executions);
      if (!outcome.finding) continue;
      findings.push(outcome.finding);
      await tell(outcome.finding);
    }
  }
  for (const [name, count] of executions) console.log(`${String(count).padStart(9)} ${name}`);
  console.log(`seed ${seed}: ${findings.length === 0 ? "nothing found" : `${findings.length} found`}`);
  return findings.length === 0 ? 0 : 1;
}

async function tell(finding: Finding): Promise<void> {
  const { target, what, seed, input } = finding;
  const file = `test-results/fuzz/${target.replace(/\W+/g, "-")}-${seed}.json`;
  await mkdir("test-results/fuzz", { recursive: true });
  await writeFile(file, `${JSON.stringify(finding, null, 2)}\n`);
  const shown = JSON.stringify(input);
  console.log(
    `\nFOUND in ${target}, seed ${seed}\n${what}\n${shown.length > 1_500 ? `${shown.slice(0, 1_500)}…` : shown}`,
  );
  console.log(`again:   npm run fuzz -- --replay ${file}`);
  console.log("keep it: move that file to test/fuzz/regressions, under a name that says what it is\n");
}

async function replay(file: string): Promise<number> {
  const { target: name, input } = JSON.parse(await readFile(file, "utf8")) as { target: string; input: Kept };
  const target = TARGETS.find((each) => each.name === name);
  if (!target) throw new TypeError(`there is no target ${name}`);
  const begun = performance.now();
  await tryInput(target, readInput(input));
  console.log(`${name}: all promises kept, ${Math.round(performance.now() - begun)} ms`);
  return 0;
}
