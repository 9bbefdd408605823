import { describeDifference } from "../compare/describeDifference.js";
import type { Difference, Weight } from "../compare/difference.js";

/** One side of a comparison, in words: "get() on iPhone, Safari 18.3". */
export interface ComparedSides {
  a: string;
  b: string;
}

/**
 * What two calls differ in, as Markdown: what decides, what is worth knowing, and how much differs as it
 * does from call to call. Text from pages stands in code spans, on one line and cut where it is long.
 */
export function toComparisonMarkdown(sides: ComparedSides, differences: readonly Difference[]): string {
  const by = (weight: Weight) => differences.filter((difference) => difference.weight === weight);
  const expected = by("expected").length;
  return [
    "## Comparison",
    `**A:** ${code(sides.a)}  \n**B:** ${code(sides.b)}`,
    ...section("What can decide", by("decisive")),
    ...section("Worth knowing", by("notable")),
    ...(by("decisive").length === 0 ? ["Nothing in which they differ decides."] : []),
    ...(expected > 0
      ? [`Left out: ${expected} that differ from call to call, mean the same, or aren't known on one side.`]
      : []),
  ]
    .join("\n\n")
    .concat("\n");
}

function section(title: string, differences: readonly Difference[]): string[] {
  if (differences.length === 0) return [];
  const rows = differences.map((difference) => {
    const { place, a, b } = describeDifference(difference);
    return `| ${[place, a, b].map(cell).join(" | ")} |`;
  });
  return [`### ${title}`, ["| | A | B |", "| --- | --- | --- |", ...rows].join("\n")];
}

const SHOWN_LENGTH = 200;

/** A code span, on one line, whose fence is longer than any run of backticks inside it. */
function code(value: string): string {
  const line = value.slice(0, SHOWN_LENGTH).replace(/\s+/g, " ") + (value.length > SHOWN_LENGTH ? "…" : "");
  if (line.trim() === "") return "–";
  const fence = "`".repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length > 1 ? `${fence} ${line} ${fence}` : `\`${line}\``;
}

/** A pipe ends the cell of a table even inside code. */
function cell(value: string): string {
  return code(value.replaceAll("|", "\\|"));
}
