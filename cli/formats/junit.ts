import { printable } from "../terminal/printable.js";
import { describeCall, type LintedFile, type LintFinding, type MakeFormat } from "./format.js";

/**
 * JUnit XML: a suite for each file, a case for each call with findings and one for the file as a
 * whole. What makes the run fail is a failure; everything else stands in the output of its case.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export const junit: MakeFormat = () => ({
  start: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="keyhole">\n',
  file: describeSuite,
  end: () => "</testsuites>\n",
});

function describeSuite({ file, recording, problems, findings }: LintedFile): string {
  const cases = groupByCall(findings);
  const failures = cases.filter((its) => its.some(({ fails }) => fails)).length;
  const name = file === "-" ? "standard input" : file;
  const attributes = { name, tests: cases.length + 1, failures, errors: recording ? 0 : 1 };
  return `  <testsuite${write(attributes)}>
${describeOpening(name, recording !== undefined, problems)}${cases.map((its) => describeCase(name, its)).join("")}  </testsuite>
`;
}

/** Findings come in the order of their calls. */
function groupByCall(findings: readonly LintFinding[]): LintFinding[][] {
  const groups: LintFinding[][] = [];
  for (const it of findings) {
    const last = groups.at(-1);
    if (last?.[0]?.callNumber === it.callNumber) last.push(it);
    else groups.push([it]);
  }
  return groups;
}

function describeOpening(file: string, isReadable: boolean, problems: LintedFile["problems"]): string {
  const text = problems.map(({ message }) => printable(message)).join("\n");
  const inside = isReadable
    ? text && `      <system-out>${escapeXml(text)}</system-out>\n`
    : `      <error${write({ message: "cannot be read", type: problems[0]?.code ?? "" })}>${escapeXml(text)}</error>\n`;
  return testCase({ name: "is a recording", classname: file }, inside);
}

function describeCase(file: string, its: readonly LintFinding[]): string {
  const failing = its.filter(({ fails }) => fails);
  const others = its.filter(({ fails }) => !fails);
  const [gravest] = failing;
  const failure = gravest
    ? `      <failure${write({ message: gravest.finding.title, type: gravest.finding.ruleId })}>${describeAll(failing)}</failure>\n`
    : "";
  const output = others.length ? `      <system-out>${describeAll(others)}</system-out>\n` : "";
  return testCase({ name: describeCall(its[0]!), classname: file }, failure + output);
}

function testCase(attributes: Record<string, string>, inside: string): string {
  return inside
    ? `    <testcase${write(attributes)}>\n${inside}    </testcase>\n`
    : `    <testcase${write(attributes)}/>\n`;
}

function describeAll(its: readonly LintFinding[]): string {
  const texts = its.map(({ finding: { severity, ruleId, title, at, evidence, experience, fix } }) =>
    [`${severity} ${ruleId}: ${title}`, `${at}: ${evidence}`, experience, `Fix: ${fix}`]
      .map(printable)
      .join("\n"),
  );
  return escapeXml(texts.join("\n\n"));
}

function write(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(printable(String(value)))}"`)
    .join("");
}

/** What `printable` leaves are characters that XML has; line breaks come from us. @see https://www.w3.org/TR/xml/#charsets */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
