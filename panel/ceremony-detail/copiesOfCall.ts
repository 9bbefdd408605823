import { type Analysis, type Call, type Finding, readSnapshot, toJavaScript } from "../../src/index.js";
import { describeCall } from "../words/describeCall.js";
import { describeFindingAsMarkdown } from "../words/describeFinding.js";
import { jsonOf } from "./tree/snapshotNode.js";

/** The forms in which a whole call can be copied. */
export function copiesOfCall(
  call: Call,
  analysis: Analysis | undefined,
): { label: string; text: () => string }[] {
  const copies = [{ label: "Options as JSON", text: () => write(jsonOf(call.arguments[0])) }];
  const { outcome } = call;
  if (outcome.status === "fulfilled") {
    copies.push({ label: "Response as JSON", text: () => write(jsonOf(outcome.value)) });
  }
  if (outcome.status === "rejected")
    copies.push({ label: "Error as JSON", text: () => write(outcome.error) });
  copies.push({ label: "Call as JavaScript", text: () => toJavaScript(call) });
  copies.push({ label: "Call as Markdown", text: () => asMarkdown(call, analysis) });
  copies.push({ label: "Call as recorded", text: () => write(call) });
  return copies;
}

const write = (value: unknown) => JSON.stringify(value, null, 2) ?? "undefined";

/** What happened and every finding, for a bug report. */
function asMarkdown(call: Call, analysis: Analysis | undefined): string {
  const ceremony = analysis?.ceremonies.find(({ callId }) => callId === call.id);
  const explanation = analysis?.explanations.find(({ callId }) => callId === call.id);
  const findings = analysis?.findings.filter(({ callId }) => callId === call.id) ?? [];
  const relatedTo = ({ relatedCallIds }: Finding) =>
    analysis?.recording.calls.filter(({ id }) => relatedCallIds.includes(id)) ?? [];
  const { headline, lead } = describeCall(call, { ceremony, explanation });
  const options = readSnapshot(call.arguments[0]).isAbsent
    ? ""
    : `\n\`\`\`json\n${write(jsonOf(call.arguments[0])).replaceAll("```", "` ` `")}\n\`\`\`\n`;
  return `## ${headline}\n\n${lead}\n${options}\n${findings.map((finding) => describeFindingAsMarkdown(finding, relatedTo(finding))).join("\n")}`;
}
