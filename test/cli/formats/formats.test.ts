import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import type { LintedFile, LintSummary } from "../../../cli/formats/format.js";
import { FORMATS } from "../../../cli/formats/index.js";
import { RULES } from "../../../src/index.js";
import { lintedFile } from "../../support/lintedFile.js";
import {
  cleanRecording,
  doubtfulRecording,
  hostileRecording,
  wrongRecording,
} from "../../support/samplesToLint.js";

const unreadable: LintedFile = {
  file: "half.keyhole.json",
  problems: [
    { code: "recording-truncated", message: "Not a recording: line 1, column 9: <&>", offset: 8, length: 0 },
  ],
  findings: [],
  undecided: [],
};
const files = [
  await lintedFile(wrongRecording()),
  await lintedFile(cleanRecording(), "folder with space/100% clean,ü:1.keyhole.json"),
  await lintedFile(doubtfulRecording(), "-"),
  await lintedFile(hostileRecording(), "hostile\u001b[2J\n::error::<x>.keyhole.json"),
  unreadable,
];

function write(name: string, its: readonly LintedFile[]): string {
  const format = FORMATS[name]!({ version: "1.2.3", judgedAs: "iOS 18.3", paint: (_, text) => text });
  const findings = its.flatMap((it) => it.findings);
  const count = (severity: string) => findings.filter(({ finding }) => finding.severity === severity).length;
  const summary: LintSummary = {
    files: its.length,
    calls: its.reduce((sum, { recording }) => sum + (recording?.calls.length ?? 0), 0),
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    undecided: 0,
    unreadable: its.filter(({ recording }) => !recording).length,
    passed: false,
  };
  return [format.start(), ...its.map((it) => format.file(it)), format.end(summary)].join("");
}

test("the samples have something of everything", () => {
  const severities = new Set(
    files.flatMap(({ findings }) => findings.map(({ finding }) => finding.severity)),
  );
  expect([...severities].sort()).toEqual(["error", "info", "warning"]);
  const evidence = files[3]!.findings.map(({ finding }) => finding.evidence).join();
  expect(evidence).toContain("<script>");
});

describe.each([
  ["none", []],
  ["one", files.slice(0, 1)],
  ["all", files],
] as [string, LintedFile[]][])("%s of the files", (_, its) => {
  const expected = its.flatMap(({ findings }) => findings.map(({ finding }) => finding.ruleId));

  test("as SARIF, it is what the schema says", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../fixtures/sarif-schema-2.1.0.json", import.meta.url), "utf8"),
    ) as object;
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv as never);
    const validate = ajv.compile(schema);
    const log = JSON.parse(write("sarif", its)) as SarifLog;
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    const [run] = log.runs;
    expect(run!.results.map(({ ruleId }) => ruleId)).toEqual(expected);
    expect(run!.tool.driver.rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    for (const { ruleId, ruleIndex } of run!.results)
      expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(run!.invocations[0]!.executionSuccessful).toBe(!its.includes(unreadable));
  });

  test("as JUnit, it is well-formed, and what fails is a failure", () => {
    const seen = parseXml(write("junit", its));
    const failing = its.flatMap(({ findings }) => findings.filter(({ fails }) => fails));
    const calls = new Set(failing.map((it) => it.call));
    expect(seen.names.filter((name) => name === "failure")).toHaveLength(calls.size);
    expect(seen.names.filter((name) => name === "testsuite")).toHaveLength(its.length);
    expect(seen.names.filter((name) => name === "error")).toHaveLength(its.includes(unreadable) ? 1 : 0);
    for (const { finding } of failing) expect(seen.text).toContain(finding.ruleId);
    expect(new Set(seen.names)).toEqual(new Set(seen.names.filter((name) => JUNIT.has(name))));
  });

  test("as annotations for GitHub, each line is one command of ours", () => {
    const lines = write("github", its).trimEnd().split("\n");
    const commands = lines.slice(0, -1);
    for (const line of commands) {
      expect(line).toMatch(/^::(error|warning|notice) [^:]*::.*$/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
    }
    expect(
      commands.filter((line) => !line.includes(",title=Keyhole::") && !line.includes(" title=Keyhole::")),
    ).toHaveLength(expected.length);
    expect(lines.at(-1)).toMatch(/^Keyhole: errors \d+, warnings \d+, infos \d+/);
  });

  test("as JSON, it has everything", () => {
    const document = JSON.parse(write("json", its)) as {
      keyhole: string;
      files: { file: string; findings: { ruleId: string }[] }[];
    };
    expect(document.keyhole).toBe("1.2.3");
    expect(document.files.map(({ file }) => file)).toEqual(its.map(({ file }) => file));
    expect(document.files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual(expected);
  });

  test("for people, a terminal shows it and does nothing else", () => {
    const text = write("pretty", its);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    for (const ruleId of expected) expect(text).toContain(ruleId);
    if (its.includes(unreadable)) expect(text).toContain("half.keyhole.json");
  });
});

test("SARIF and GitHub say where in the file a finding stands", () => {
  const [file] = files;
  const { place } = file!.findings[0]!;
  const { region } = (JSON.parse(write("sarif", [file!])) as SarifLog).runs[0]!.results[0]!.locations[0]!
    .physicalLocation;
  expect(region).toEqual({
    startLine: place!.line,
    startColumn: place!.column,
    endLine: place!.endLine,
    endColumn: place!.endColumn,
  });
  expect(write("github", [file!])).toContain(`file=login.keyhole.json,line=${place!.line},`);
});

test("SARIF's addresses of files are relative, and encoded", () => {
  const uris = (JSON.parse(write("sarif", files)) as SarifLog).runs[0]!.results.map(
    ({ locations }) => locations[0]!.physicalLocation.artifactLocation.uri,
  );
  expect(uris).toContain("folder%20with%20space/100%25%20clean%2C%C3%BC%3A1.keyhole.json");
});

const JUNIT = new Set(["testsuites", "testsuite", "testcase", "failure", "error", "system-out"]);

function parseXml(text: string): { names: string[]; text: string } {
  const names: string[] = [];
  let all = "";
  const parser = new SaxesParser();
  parser.on("opentag", ({ name }) => names.push(name));
  parser.on("text", (piece) => {
    all += piece;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
  return { names, text: all };
}

interface SarifLog {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    invocations: { executionSuccessful: boolean }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      locations: {
        physicalLocation: { artifactLocation: { uri: string }; region?: Record<string, number> };
      }[];
    }[];
  }[];
}
