import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serializeRecording } from "../../src/index.js";
import { keyhole } from "../support/keyhole.js";
import {
  cleanRecording,
  doubtfulRecording,
  hostileRecording,
  wrongRecording,
} from "../support/samplesToLint.js";

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "keyhole-cli-"));
  await mkdir(join(cwd, "recordings/deep"), { recursive: true });
  await mkdir(join(cwd, "node_modules/other"), { recursive: true });
  await mkdir(join(cwd, "empty"));
  const files = {
    "clean.keyhole.json": serializeRecording(cleanRecording()),
    "doubtful.keyhole.json": serializeRecording(doubtfulRecording()),
    "wrong.keyhole.json": JSON.stringify(wrongRecording(), null, 2),
    "recordings/deep/wrong.keyhole.json": serializeRecording(wrongRecording()),
    "recordings/clean.keyhole.json": serializeRecording(cleanRecording()),
    "recordings/notes.json": "{}",
    "node_modules/other/wrong.keyhole.json": serializeRecording(wrongRecording()),
    "[odd] {name}*.keyhole.json": serializeRecording(cleanRecording()),
    "hostile.keyhole.json": serializeRecording(hostileRecording()),
    "half.keyhole.json": serializeRecording(cleanRecording()).slice(0, 1500),
    "utf16.keyhole.json": Buffer.from(`\ufeff${serializeRecording(cleanRecording())}`, "utf16le"),
    "binary.keyhole.json": Buffer.from([0x7b, 0xff, 0xfe, 0x00]),
    "proto.keyhole.json": serializeRecording(cleanRecording()).replace(
      '"createdBy":',
      '"__proto__":{"polluted":true},"createdBy":',
    ),
    "deep.keyhole.json": `{"format":"keyhole-recording","x":${"[".repeat(200_000)}`,
    "newer.keyhole.json": serializeRecording(cleanRecording()).replace('"version":1', '"version":2'),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

interface LintJson {
  files: {
    file: string;
    readable: boolean;
    findings: { ruleId: string; severity: string; fails: boolean }[];
  }[];
  summary: Record<string, number | boolean>;
}

const lint = (...words: string[]) => keyhole(["lint", ...words], { cwd });
const lintJson = async (...words: string[]) => {
  const { stdout, ...ran } = await lint("--format", "json", ...words);
  return { ...ran, ...(JSON.parse(stdout) as LintJson) };
};
const filesOf = ({ files }: LintJson) => files.map(({ file }) => file);

describe("exit codes", () => {
  test.each([
    ["nothing wrong", ["clean.keyhole.json"], 0],
    ["an error", ["wrong.keyhole.json"], 1],
    ["one file of several with an error", ["clean.keyhole.json", "wrong.keyhole.json"], 1],
    ["warnings alone", ["doubtful.keyhole.json"], 0],
    ["more warnings than allowed", ["--max-warnings", "0", "doubtful.keyhole.json"], 1],
    ["as many warnings as allowed", ["--max-warnings", "1", "doubtful.keyhole.json"], 0],
    ["half a file", ["half.keyhole.json"], 2],
    ["half a file beside an error", ["wrong.keyhole.json", "half.keyhole.json"], 2],
    ["no such file", ["nowhere.keyhole.json"], 2],
    ["a folder without recordings", ["empty"], 2],
    ["a pattern that nothing matches", ["nothing/*.keyhole.json"], 2],
    ["no path", [], 2],
    ["no such option", ["--wrong", "clean.keyhole.json"], 2],
    ["no such format", ["--format", "xml", "clean.keyhole.json"], 2],
    ["no such platform", ["--platform", "android-15", "clean.keyhole.json"], 2],
    ["no such rule", ["--ignore", "no-such-rule", "clean.keyhole.json"], 2],
    ["no number", ["--max-warnings", "many", "clean.keyhole.json"], 2],
  ])("%s", async (_, words, code) => {
    const ran = await lint(...words);
    expect(ran.code, ran.stderr).toBe(code);
  });
});

describe("which files", () => {
  test("a folder: the recordings in and below it, in order", async () => {
    expect(filesOf(await lintJson("recordings"))).toEqual([
      join("recordings", "clean.keyhole.json"),
      join("recordings", "deep", "wrong.keyhole.json"),
    ]);
  });

  test("a pattern, for shells that leave it as it is; none of it from node_modules", async () => {
    const files = filesOf(await lintJson("**/wrong.keyhole.json"));
    expect(files).toEqual(["recordings/deep/wrong.keyhole.json", "wrong.keyhole.json"]);
  });

  test("a file whose name looks like a pattern", async () => {
    expect(filesOf(await lintJson("[odd] {name}*.keyhole.json"))).toEqual(["[odd] {name}*.keyhole.json"]);
  });

  test("each once", async () => {
    expect(filesOf(await lintJson("clean.keyhole.json", "clean.keyhole.json"))).toHaveLength(1);
  });

  test("standard input", async () => {
    const ran = await keyhole(["lint", "-"], { cwd, input: serializeRecording(wrongRecording()) });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("standard input");
    expect((await keyhole(["lint", "-"], { cwd })).code).toBe(2);
  });

  test("UTF-16, as some shells on Windows write it", async () => {
    expect((await lint("utf16.keyhole.json")).code).toBe(0);
  });
});

describe("what is told", () => {
  test("a platform changes what is found", async () => {
    const on = async (platform: string) => {
      const { files } = await lintJson("--platform", platform, "wrong.keyhole.json");
      return files[0]!.findings.map(({ ruleId }) => ruleId);
    };
    expect(await on("ios-15")).not.toEqual(await on("ios-26"));
  });

  test("a rule can be left out, and what is milder than asked for", async () => {
    const all = (await lintJson("wrong.keyhole.json")).files[0]!.findings;
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(["error", "info"]));
    const errors = (await lintJson("--severity", "error", "wrong.keyhole.json")).files[0]!.findings;
    expect(errors).toEqual(all.filter(({ severity }) => severity === "error"));
    const [first] = errors;
    const rest = (await lintJson("--ignore", first!.ruleId, "wrong.keyhole.json")).files[0]!.findings;
    expect(rest).toEqual(all.filter(({ ruleId }) => ruleId !== first!.ruleId));
  });

  test("warnings over the limit are marked as failures", async () => {
    const [within] = (await lintJson("--max-warnings", "9", "doubtful.keyhole.json")).files;
    expect(within!.findings.some(({ fails }) => fails)).toBe(false);
    const [over] = (await lintJson("--max-warnings", "0", "doubtful.keyhole.json")).files;
    expect(over!.findings.filter(({ fails }) => fails).map(({ severity }) => severity)).toEqual(["warning"]);
  });

  test.each([
    ["half.keyhole.json", "line 1, column 1501"],
    ["binary.keyhole.json", "UTF-8"],
    ["proto.keyhole.json", "/__proto__"],
    ["deep.keyhole.json", "nested more than"],
    ["newer.keyhole.json", "version 2"],
  ])("%s names file and place, and the others are judged", async (file, place) => {
    const ran = await lint("--severity", "error", file, "wrong.keyhole.json");
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain(file);
    expect(ran.stdout).toContain(place);
    expect(ran.stdout).toContain("wrong.keyhole.json");
    expect(ran.stdout).toMatch(/^3 errors, .* of 2 files/m);
    expect(ran.stdout).toContain("1 file could not be read");
  });

  test("a close guess is offered for a wrong word", async () => {
    expect((await keyhole(["lnit"])).stderr).toContain('"lint"');
    expect((await lint("--ignore", "chalenge-reused", "x")).stderr).toContain('"challenge-reused"');
    expect((await lint("--platform", "ios", "x")).stderr).toContain('"ios-18.3"');
  });
});

describe("terminal and pipe", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  const ESCAPE = /\u001b/;

  test("no colour and no progress in a pipe", async () => {
    const ran = await lint("wrong.keyhole.json");
    expect(ran.stdout).not.toMatch(ESCAPE);
    expect(ran.stderr).toBe("");
  });

  test("FORCE_COLOR gives colours, NO_COLOR takes them away", async () => {
    const coloured = await keyhole(["lint", "wrong.keyhole.json"], { cwd, env: { FORCE_COLOR: "1" } });
    expect(coloured.stdout).toMatch(ESCAPE);
    const none = { FORCE_COLOR: "1", NO_COLOR: "1" };
    expect((await keyhole(["lint", "wrong.keyhole.json"], { cwd, env: none })).stdout).not.toMatch(ESCAPE);
    const off = { FORCE_COLOR: "0" };
    expect((await keyhole(["lint", "wrong.keyhole.json"], { cwd, env: off })).stdout).not.toMatch(ESCAPE);
  });

  test("colours or not, a page's own escape sequences never come through", async () => {
    const ran = await keyhole(["lint", "hostile.keyhole.json"], { cwd, env: { FORCE_COLOR: "1" } });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("\\u{1b}[2J");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(ran.stdout.replace(/\u001b\[\d+m/g, "")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test("help for the program and for each command, with examples", async () => {
    const program = await keyhole(["--help"]);
    expect(program.code).toBe(0);
    const commands = [...program.stdout.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, name]) => name!);
    expect(commands).toContain("lint");
    for (const command of commands) {
      const help = await keyhole([command, "--help"]);
      expect(help.code).toBe(0);
      expect(help.stdout).toMatch(new RegExp(`Examples\\n.*#.*\\n  (.*\\| )?keyhole ${command}`));
      expect(help.stdout).toContain("Exit codes");
      expect(await keyhole(["help", command])).toEqual(help);
    }
  });

  test("the version is the package's", async () => {
    const { version } = JSON.parse(
      await readFile(new URL("../../package.json", import.meta.url), "utf8"),
    ) as { version: string };
    expect((await keyhole(["--version"])).stdout).toBe(`${version}\n`);
  });

  test("no command is an error", async () => {
    expect((await keyhole([])).code).toBe(2);
  });
});
