import type { Severity } from "../../src/index.js";
import { printable } from "../terminal/printable.js";
import type { Paint, Style } from "../terminal/terminal.js";
import { describeCall, type LintFinding, type MakeFormat } from "./format.js";

/** For people: the files in which something was found, call by call, and a line of counts. */
export const pretty: MakeFormat = ({ judgedAs, paint }) => ({
  start: () => "",

  file({ file, recording, problems, findings }) {
    if (recording && findings.length === 0 && problems.length === 0) return "";
    const lines = [paint("underline", printable(file === "-" ? "standard input" : file))];
    const word = recording ? paint("dim", "note") : paint("red", "cannot be read");
    for (const { message } of problems.slice(0, SHOWN_PROBLEMS))
      lines.push(`  ${word}  ${printable(message)}`);
    const more = problems.length - SHOWN_PROBLEMS;
    if (more > 0) lines.push(`  and ${more} more of that kind`);
    let lastCall = 0;
    for (const it of findings) {
      if (it.callNumber !== lastCall) lines.push("", `  ${paint("bold", printable(describeCall(it)))}`);
      lastCall = it.callNumber;
      lines.push(...describeFinding(it, paint));
    }
    return `${lines.join("\n")}\n\n`;
  },

  end({ files, calls, errors, warnings, infos, undecided, unreadable, passed }) {
    const found = [count(errors, "error"), count(warnings, "warning"), count(infos, "info")].join(", ");
    const where = `in ${count(calls, "call")} of ${count(files, "file")}, judged as ${judgedAs}`;
    const lines = [`${paint(passed ? "green" : "red", found)} ${where}`];
    if (undecided)
      lines.push(`${count(undecided, "question")} left open for lack of facts (--format json has them)`);
    if (unreadable) lines.push(paint("red", `${count(unreadable, "file")} could not be read`));
    return `${lines.join("\n")}\n`;
  },
});

const SHOWN_PROBLEMS = 10;
const STYLES: Record<Severity, Style> = { error: "red", warning: "yellow", info: "blue" };

function describeFinding({ finding }: LintFinding, paint: Paint): string[] {
  const { severity, title, ruleId, at, evidence, experience, fix } = finding;
  const indent = " ".repeat(13);
  const lines = [
    `    ${paint(STYLES[severity], severity.padEnd(7))}  ${printable(title)}  ${paint("dim", ruleId)}`,
    `${indent}${paint("dim", printable(at))}  ${printable(evidence)}`,
  ];
  // What is only good to know is told in short: `report` has it at length.
  if (severity === "info") return lines;
  return [
    ...lines,
    `${indent}${printable(experience)}`,
    `${indent}${paint("bold", "Fix:")} ${printable(fix)}`,
  ];
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString("en")} ${noun}${amount === 1 ? "" : "s"}`;
}
