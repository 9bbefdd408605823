import type { Reference } from "../spec/references.js";
import { type Capability, SUPPORT } from "../spec/support.js";
import type { VersionRange } from "../spec/versionRange.js";
import type { Rule, Words } from "./rule.js";

/**
 * The catalogue of rules for people, as Markdown: what is wrong, when, on which iOS, what to change
 * and how we know. `npm run docs:rules` writes it to src/rules/README.md.
 */
export function describeRules(rules: readonly Rule[]): string {
  const onIos = rules.filter(({ holdsOn }) => holdsOn === "ios");
  const everywhere = rules.filter(({ holdsOn }) => holdsOn === "everywhere");
  return [
    "# Rules",
    "Written by `npm run docs:rules` from the rules themselves: change those, not this file.",
    `${rules.length} rules: ${onIos.length} that hold on iPhone and iPad, ${everywhere.length} that hold everywhere.`,
    CONFIDENCE,
    "## On iPhone and iPad",
    ...onIos.map(describeRule),
    "## Everywhere",
    ...everywhere.map(describeRule),
    "## What Safari on the iPhone supports",
    "The versions that the rules and the forecast go by, from `src/spec/support.ts`.",
    describeSupport(Object.values<Capability>(SUPPORT)),
  ]
    .join("\n\n")
    .concat("\n");
}

const CONFIDENCE = [
  "- documented: a vendor or the specification says so",
  "- source: read in WebKit's source",
  "- observed: independent reports with a way to reproduce it",
  "- inferred: our reading, which needs a device to confirm it",
].join("\n");

function describeRule(rule: Rule): string {
  const { id, title, experience, fix, cases = {}, confidence, references } = rule;
  return [
    `### ${id}`,
    `${title}.`,
    `| | |\n|---|---|\n${tabulateRule(rule)
      .map(([name, value]) => `| ${name} | ${value} |`)
      .join("\n")}`,
    `**On the iPhone:** ${experience}`,
    `**What to change:** ${fix}`,
    ...Object.entries(cases).map(describeCase),
    `**How we know:** ${confidence}. ${linkTo(references)}`,
  ].join("\n\n");
}

/** What it says in another way than of the rule as a whole. */
function describeCase([name, { title, experience, fix }]: [string, Partial<Words>]): string {
  const said = [
    title && `${title}.`,
    experience && `**On the iPhone:** ${experience}`,
    fix && `**What to change:** ${fix}`,
  ];
  return `- *${name}*: ${said.filter(Boolean).join(" ")}`;
}

function describeSupport(capabilities: readonly Capability[]): string {
  const rows = capabilities.map(({ name, ios, note = "", confidence, references }) => [
    name,
    ios === "never" ? "none" : describeVersions(ios),
    note,
    `${confidence}: ${linkTo(references)}`,
  ]);
  return [["What", "iOS", "Mind", "How we know"], Array(4).fill("---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function linkTo(references: readonly Reference[]): string {
  return references.map(({ label, url }) => `[${label}](${url})`).join(", ");
}

/** When a rule applies and how grave it is, as names and values; api names stand between backticks. */
function tabulateRule({ severity, versions, contexts, about, on }: Rule): [string, string][] {
  return [
    ["Severity, as a rule", describeSeverity(severity)],
    ["iOS", describeVersions(versions)],
    ["Looks at", on.map((api) => `\`${api}\``).join(", ")],
    ["Judges", about === "request" ? "what the page asks" : "what the device answered"],
    ...(contexts ? ([["In", contexts.join(", ")]] as [string, string][]) : []),
  ];
}

function describeSeverity(severity: Rule["severity"]): string {
  if (typeof severity === "string") return severity;
  return severity.map((range) => `${range.is} (${describeVersions(range)})`).join(", otherwise ");
}

function describeVersions({ since, until }: VersionRange): string {
  if (since !== undefined && until !== undefined) return since === until ? since : `${since} to ${until}`;
  if (since !== undefined) return `${since} and later`;
  return until === undefined ? "all" : `up to ${until}`;
}
