import { type AnalyzeOptions, analyze, type Severity } from "../../src/index.js";
import type { LintedFile, LintFinding, LintSummary } from "../formats/format.js";
import { FORMATS } from "../formats/index.js";
import { findFiles } from "../input/findFiles.js";
import { createLocator } from "../input/locate.js";
import { type Opened, openRecording } from "../input/openRecording.js";
import { describeJudging } from "../parsePlatform.js";
import { printable } from "../terminal/printable.js";
import { type Command, FOUND, type Given, SUCCESS, TROUBLE, UsageError } from "./command.js";
import { chooseFrom, EXITS, IGNORE, PLATFORM, pathsOf, platformOf, rulesToIgnore } from "./options.js";

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

export const lint: Command = {
  name: "lint",
  summary: "judge recordings by the rules; fails if there are errors",
  usage: "[options] <file | folder | pattern | -> …",
  options: {
    platform: PLATFORM,
    format: { short: "f", value: "NAME", says: `${Object.keys(FORMATS).join(", ")}; default: pretty` },
    severity: { value: "LEVEL", says: "the mildest to tell of: error, warning or info; default: info" },
    "max-warnings": { value: "N", says: "fail if there are more warnings; default: warnings never fail" },
    ignore: IGNORE,
  },
  examples: [
    { run: "keyhole lint recordings/", says: "every .keyhole.json in and below a folder" },
    { run: "keyhole lint --platform ios-18.3 login.keyhole.json", says: "as if it had run on iOS 18.3" },
    {
      run: 'keyhole lint --format github --max-warnings 0 "e2e/**/*.keyhole.json"',
      says: "in GitHub Actions",
    },
    { run: "keyhole lint --format sarif recordings/ > keyhole.sarif", says: "for code scanning" },
    { run: "pbpaste | keyhole lint -", says: "a recording from the clipboard of a Mac" },
  ],
  exits: { ...EXITS, 0: "no error, and no more warnings than allowed", 1: "errors, or too many warnings" },

  async run(given, terminal) {
    const makeFormat = FORMATS[chooseFrom(Object.keys(FORMATS), given, "format", "pretty")]!;
    const analyzeOptions = platformOf(given);
    const settings: Settings = {
      analyzeOptions,
      mildest: chooseFrom(SEVERITIES, given, "severity", "info"),
      maxWarnings: maxWarningsOf(given),
      ignored: rulesToIgnore(given),
    };
    const { files, problems } = await findFiles(pathsOf(given), terminal.cwd);
    for (const problem of problems)
      terminal.note(`${terminal.paintNote("red", "keyhole:")} ${printable(problem)}`);

    const format = makeFormat({
      version: __KEYHOLE_VERSION__,
      judgedAs: describeJudging(analyzeOptions),
      paint: terminal.paint,
    });
    const summary = { ...NOTHING, unreadable: problems.length };
    await terminal.write(format.start());
    for (const [index, file] of files.entries()) {
      terminal.progress(`${index + 1} of ${files.length}: ${printable(file)}`);
      const linted = await lintFile(await openRecording(file, terminal), settings, summary);
      await terminal.write(format.file(linted));
    }
    terminal.progress(undefined);
    summary.passed =
      summary.errors === 0 && summary.warnings <= settings.maxWarnings && summary.unreadable === 0;
    await terminal.write(format.end(summary));
    if (summary.unreadable) return TROUBLE;
    return summary.passed ? SUCCESS : FOUND;
  },
};

interface Settings {
  analyzeOptions: AnalyzeOptions;
  mildest: Severity;
  maxWarnings: number;
  ignored: ReadonlySet<string>;
}

const NOTHING: LintSummary = {
  files: 0,
  calls: 0,
  errors: 0,
  warnings: 0,
  infos: 0,
  undecided: 0,
  unreadable: 0,
  passed: false,
};

/** Judges one file, and adds what was found to the summary of the run. */
async function lintFile(
  { file, recording, problems, text }: Opened,
  { analyzeOptions, mildest, maxWarnings, ignored }: Settings,
  summary: LintSummary,
): Promise<LintedFile> {
  summary.files++;
  if (!recording) {
    summary.unreadable++;
    return { file, problems, findings: [], undecided: [] };
  }
  const { findings, undecided, ceremonies } = await analyze(recording, analyzeOptions);
  const numbers = new Map(recording.calls.map(({ id }, index) => [id, index + 1]));
  const locate = text === undefined ? undefined : createLocator(text);
  const told: LintFinding[] = [];
  for (const finding of findings) {
    const { ruleId, severity, callId, at } = finding;
    if (ignored.has(ruleId) || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(mildest)) continue;
    summary[COUNTED[severity]]++;
    const index = numbers.get(callId)! - 1;
    const rpId = ceremonies[index]?.rpId;
    const place = locate?.(index, at);
    told.push({
      finding,
      call: recording.calls[index]!,
      callNumber: index + 1,
      ...(rpId !== undefined && { rpId }),
      ...(place && { place }),
      fails: severity === "error" || (severity === "warning" && summary.warnings > maxWarnings),
    });
  }
  const open = undecided.filter(({ ruleId }) => !ignored.has(ruleId));
  summary.calls += recording.calls.length;
  summary.undecided += open.length;
  return { file, recording, problems, findings: told, undecided: open };
}

const COUNTED = { error: "errors", warning: "warnings", info: "infos" } as const;

function maxWarningsOf(given: Given): number {
  const text = given.text("max-warnings");
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--max-warnings is a whole number; "${text}" is none.`);
}
