import type { Rule } from "../../src/index.js";
import { describeVersions, SEVERITY_WORDS } from "./describeFinding.js";
import { say } from "./say.js";

/** When a rule applies and how grave it is, as names and values; api names stand between backticks. */
export function tabulateRule({ severity, versions, contexts, about, on }: Rule): [string, string][] {
  return [
    [say("rule_severity"), describeSeverity(severity)],
    ["iOS", describeVersions(versions)],
    [say("rule_looksAt"), on.map((api) => `\`${api}\``).join(", ")],
    [say("rule_judges"), say(about === "request" ? "rule_aboutRequest" : "rule_aboutAnswer")],
    ...(contexts ? ([[say("rule_in"), contexts.map(describeContext).join(", ")]] as [string, string][]) : []),
  ];
}

function describeSeverity(severity: Rule["severity"]): string {
  if (typeof severity === "string") return SEVERITY_WORDS[severity];
  return severity
    .map((range) =>
      say("rule_severityOn", { severity: SEVERITY_WORDS[range.is], versions: describeVersions(range) }),
    )
    .reduce((first, second) => say("rule_severityElse", { first, second }));
}

function describeContext(context: NonNullable<Rule["contexts"]>[number]): string {
  switch (context) {
    case "browser":
      return say("rule_inBrowser");
    case "webview":
      return say("rule_inWebView");
    case "third-party-browser":
      return say("rule_inOtherBrowser");
  }
}
