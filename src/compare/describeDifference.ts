import { readSnapshot } from "../recording/readSnapshot.js";
import type { Snapshot } from "../recording/snapshot.js";
import type { Difference } from "./difference.js";

/** A difference in words: where, and what stood on each side, as one would say it. */
export function describeDifference({ at, area, a, b }: Difference): { place: string; a: string; b: string } {
  return { place: describePlace(at), a: describeSide(a, area, at), b: describeSide(b, area, at) };
}

function describePlace(at: string): string {
  if (at.startsWith("/findings/")) return at.slice("/findings/".length);
  if (at.startsWith("/verdicts/")) return at.slice("/verdicts/".length);
  const [pointer = "", inBytes] = at.split("#");
  if (inBytes !== undefined) return inBytes || pointer;
  const known = PLACES[at];
  if (known) return known;
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const [top, ...rest] = steps;
  if (top === "arguments") return rest.length === 1 ? `argument ${Number(rest[0]) + 1}` : path(rest.slice(1));
  if (top === "outcome" && rest[0] === "value")
    return path(rest.slice(1).filter((step, index) => !(step === "value" && index === 0))) || "answer";
  return path(["environment", "page"].includes(top ?? "") ? rest : steps);
}

const PLACES: Record<string, string> = {
  "/api": "method",
  "/outcome/status": "outcome",
  "/outcome/error/name": "error",
  "/outcome/error/message": "error message",
  "/aborted": "aborted by the page",
  "/duration": "took",
};

function path(steps: readonly string[]): string {
  return steps.reduce(
    (text, step) => (/^\d+$/.test(step) ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    "",
  );
}

function describeSide(value: Snapshot | undefined, area: Difference["area"], at: string): string {
  if (value === undefined) return area === "findings" ? "not found" : "not there";
  if (area === "findings" || area === "verdicts" || area === "outcome") return String(value);
  if (at === "/duration") return `${Math.round(Number(value))} ms`;
  const reading = readSnapshot(value);
  const text = reading.text();
  // Of these nobody chooses the type.
  if (text !== undefined && (area === "page" || area === "environment")) return text;
  // What two long texts differ in stands at their end as often as at their beginning.
  if (text !== undefined) return `string "${text.length > 300 ? `${text.slice(0, 300)}…` : text}"`;
  const start = reading.base64url()?.slice(0, 16);
  if (start) return `${reading.describe()}: ${start}…`;
  if (reading.kind === "list") {
    const items = reading.items().map((item) => item.text() ?? item.number());
    if (items.length > 0 && items.length <= 8 && items.every((item) => item !== undefined))
      return JSON.stringify(items).replaceAll(",", ", ");
  }
  if (reading.kind === "number" || reading.kind === "boolean")
    return String(reading.number() ?? reading.boolean());
  return reading.describe();
}
