import { type Call, type Finding, readSnapshot, toJavaScript } from "../../src/index.js";
import type { Known } from "../store/known.js";
import { describeCall } from "../words/describeCall.js";
import { describeFindingAsMarkdown } from "../words/describeFinding.js";
import { say } from "../words/say.js";
import { jsonOf } from "./tree/snapshotNode.js";

/** The forms in which a whole call can be copied. */
export function copiesOfCall(
  call: Call,
  known: Known,
  /** of the log, among which related ones are found */
  calls: readonly Call[],
): { label: string; text: () => string }[] {
  const copies = [{ label: say("copy_options"), text: () => write(jsonOf(call.arguments[0])) }];
  const { outcome } = call;
  if (outcome.status === "fulfilled") {
    copies.push({ label: say("copy_response"), text: () => write(jsonOf(outcome.value)) });
  }
  if (outcome.status === "rejected")
    copies.push({ label: say("copy_error"), text: () => write(outcome.error) });
  copies.push({ label: say("copy_javascript"), text: () => toJavaScript(call) });
  copies.push({ label: say("copy_markdown"), text: () => asMarkdown(call, known, calls) });
  copies.push({ label: say("copy_recorded"), text: () => write(call) });
  return copies;
}

const write = (value: unknown) => JSON.stringify(value, null, 2) ?? "undefined";

/** What happened and every finding, for a bug report. */
function asMarkdown(call: Call, known: Known, calls: readonly Call[]): string {
  const ceremony = known.ceremonyOf(call.id);
  const explanation = known.explanationOf(call.id);
  const findings = known.findingsOf(call.id);
  const relatedTo = ({ relatedCallIds }: Finding) => calls.filter(({ id }) => relatedCallIds.includes(id));
  const { headline, lead } = describeCall(call, { ceremony, explanation });
  const options = readSnapshot(call.arguments[0]).isAbsent
    ? ""
    : `\n\`\`\`json\n${write(jsonOf(call.arguments[0])).replaceAll("```", "` ` `")}\n\`\`\`\n`;
  return `## ${headline}\n\n${lead}\n${options}\n${findings.map((finding) => describeFindingAsMarkdown(finding, relatedTo(finding))).join("\n")}`;
}
