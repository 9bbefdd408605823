import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { type Problem, RULES, type Severity } from "../../src/index.js";
import { printable } from "../terminal/printable.js";
import { describeCall, type LintedFile, type LintFinding, type MakeFormat, pointerOf } from "./format.js";

/**
 * SARIF 2.1.0, as code hosts take it: one run, every rule described, each finding with its place in
 * the file.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: MakeFormat = ({ version }) => {
  let count = 0;
  const notifications: unknown[] = [];
  return {
    start() {
      const driver = { name: "Keyhole", semanticVersion: version, rules: RULES.map(describeRule) };
      const head = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0" };
      return `${JSON.stringify(head).slice(0, -1)},"runs":[{"tool":${JSON.stringify({ driver })},"columnKind":"utf16CodeUnits","results":[`;
    },
    file({ file, recording, problems, findings }) {
      for (const problem of problems) notifications.push(describeProblem(file, problem, !recording));
      const results = findings.map((it) => JSON.stringify(describeResult(file, it)));
      return results.map((result) => `${count++ ? "," : ""}\n${result}`).join("");
    },
    end({ unreadable }) {
      const invocation = {
        executionSuccessful: unreadable === 0,
        toolExecutionNotifications: notifications,
      };
      return `\n],"invocations":[${JSON.stringify(invocation)}]}]}\n`;
    },
  };
};

const LEVELS: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };
const INDICES = new Map(RULES.map(({ id }, index) => [id, index]));

function describeRule({
  id,
  title,
  severity,
  experience,
  fix,
  references,
  holdsOn,
  confidence,
}: (typeof RULES)[number]) {
  const gravest = typeof severity === "string" ? severity : severity[0]!.is;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: experience },
    help: {
      text: `${experience}\n\n${fix}\n\n${references.map(({ label, url }) => `${label}: ${url}`).join("\n")}`,
    },
    ...(references[0] && { helpUri: references[0].url }),
    defaultConfiguration: { level: LEVELS[gravest] },
    properties: { tags: ["webauthn", "passkeys", ...(holdsOn === "ios" ? ["ios"] : [])], confidence },
  };
}

function describeResult(file: string, it: LintFinding) {
  const { finding, place } = it;
  const { ruleId, severity, title, evidence, at, experience, fix } = finding;
  const region = place && {
    startLine: place.line,
    startColumn: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
  };
  const pointer = pointerOf(it);
  return {
    ruleId,
    ruleIndex: INDICES.get(ruleId) ?? -1,
    level: LEVELS[severity],
    message: {
      text: escapePlaceholders(
        `${title}: ${describeCall(it)}, ${at}: ${evidence}. ${experience} Fix: ${fix}`,
      ),
    },
    locations: [
      {
        physicalLocation: { artifactLocation: locate(file), ...(region && { region }) },
        logicalLocations: [{ fullyQualifiedName: pointer, kind: "member" }],
      },
    ],
    // Tells a finding of today from one of the last run, wherever its line has moved to.
    partialFingerprints: { "keyhole/v1": `${ruleId} ${pointer}` },
  };
}

function describeProblem(file: LintedFile["file"], { code, message }: Problem, isFatal: boolean) {
  return {
    descriptor: { id: code },
    level: isFatal ? "error" : "warning",
    message: { text: escapePlaceholders(message) },
    locations: [{ physicalLocation: { artifactLocation: locate(file) } }],
  };
}

/** Brackets and braces mean links and arguments in a message. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317430 */
function escapePlaceholders(text: string): string {
  return printable(text)
    .replace(/[\\[\]]/g, "\\$&")
    .replace(/[{}]/g, "$&$&");
}

function locate(file: string): { uri: string } {
  if (file === "-") return { uri: "stdin" };
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split(/[\\/]/).map(encodeURIComponent).join("/") };
}
