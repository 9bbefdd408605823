import { parentPort } from "node:worker_threads";
import {
  type AnalyzeOptions,
  analyze,
  parseRecording,
  RULES,
  type Severity,
  toMarkdown,
} from "../../src/index.js";
import { nearest } from "../nearest.js";
import { describeJudging, parsePlatform } from "../parsePlatform.js";
import type { Answer, Errand, Question, Reply } from "./judgeNow.js";

parentPort!.on("message", async ({ question, port, signal }: Errand) => {
  port.postMessage(await reply(question));
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});

async function reply(question: Question): Promise<Reply> {
  try {
    return { answer: await judge(question) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const SEVERITIES: readonly string[] = ["error", "warning", "info"] satisfies Severity[];

async function judge({ text, what, platform, ignore }: Question): Promise<Answer> {
  for (const id of ignore) checkRule(id);
  if (!SEVERITIES.includes(what)) checkRule(what);
  const { recording, problems } = parseRecording(text);
  if (!recording) throw new Error(`What toBeFreeOf() got is no recording: ${problems[0]?.message}`);
  const options = optionsFor(platform);
  const analysis = await analyze(recording, options);
  const findings = analysis.findings.filter(
    ({ ruleId, severity }) =>
      !ignore.includes(ruleId) &&
      (SEVERITIES.includes(what)
        ? SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(what)
        : ruleId === what),
  );
  return {
    count: findings.length,
    judgedAs: describeJudging(options),
    report: toMarkdown({ ...analysis, findings, undecided: [] }),
  };
}

function checkRule(asked: string): void {
  const ids = RULES.map(({ id }) => id);
  if (ids.includes(asked)) return;
  const close = nearest(asked, [...SEVERITIES, ...ids]);
  throw new Error(`There is no severity or rule "${asked}"${close ? `; did you mean "${close}"?` : "."}`);
}

function optionsFor(platform: Question["platform"]): AnalyzeOptions {
  if (platform === undefined) return {};
  if (typeof platform !== "string") return { platform };
  const parsed = parsePlatform(platform);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed;
}
