import type { Severity } from "../../src/index.js";
import { printable } from "../terminal/printable.js";
import { describeCall, type LintedFile, type LintFinding, type MakeFormat } from "./format.js";

/**
 * Annotations for GitHub Actions, one a line.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const github: MakeFormat = () => ({
  start: () => "",

  file({ file, recording, problems, findings }) {
    const notes = problems.map(({ message }) =>
      annotation(recording ? "notice" : "error", { file, title: "Keyhole" }, message),
    );
    return [...notes, ...findings.map((it) => annotateFinding(file, it))].join("");
  },

  end({ errors, warnings, infos, unreadable }) {
    const unread = unreadable ? `, ${unreadable} unreadable` : "";
    return `Keyhole: errors ${errors}, warnings ${warnings}, infos ${infos}${unread}\n`;
  },
});

const LEVELS: Record<Severity, string> = { error: "error", warning: "warning", info: "notice" };

function annotateFinding(file: LintedFile["file"], it: LintFinding): string {
  const { finding, place } = it;
  const { severity, title, ruleId, at, evidence, experience, fix } = finding;
  const message = [`${describeCall(it)}, ${at}: ${evidence}`, experience, `Fix: ${fix}`]
    .map(printable)
    .join("\n");
  const properties = {
    file,
    ...(place && { line: place.line, endLine: place.endLine, col: place.column, endColumn: place.endColumn }),
    title: `${title} (${ruleId})`,
  };
  return annotation(LEVELS[severity], properties, message);
}

function annotation(level: string, properties: Record<string, string | number>, message: string): string {
  const list = Object.entries(properties)
    .filter(([name, value]) => !(name === "file" && value === "-"))
    .map(([name, value]) => `${name}=${escapeProperty(printable(String(value)))}`);
  return `::${level} ${list.join(",")}::${escapeMessage(message)}\n`;
}

/** A line break would end the command, and the next line might begin another. */
function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
