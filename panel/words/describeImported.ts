import { type Call, readSnapshot } from "../../src/index.js";
import { say } from "./say.js";

/** How much of an imported call there is; undefined for a recorded call, and for an imported one that is whole. */
export function extentOf(call: Call): "request" | "answer" | "part" | undefined {
  if (!call.imported) return undefined;
  if (call.outcome.status === "pending") return "request";
  if (call.outcome.status === "rejected" || !readSnapshot(call.arguments[0]).isUnknown) return undefined;
  return readSnapshot(call.outcome.value).member("id").isUnknown ? "part" : "answer";
}

/** What an imported call is, where half of it or more is not known. */
export function describeImported(call: Call): { headline: string; lead: string } | undefined {
  const { as: what = "", at: place } = call.imported ?? {};
  const from = place ? say("import_readFromAt", { what, place }) : say("import_readFrom", { what });
  switch (extentOf(call)) {
    case "request":
      return {
        headline: say("import_requestAlone"),
        lead: `${from} ${say("import_requestAloneLead")}`,
      };
    case "answer":
      return {
        headline: say("import_answerAlone"),
        lead: `${from} ${say("import_answerAloneLead")}`,
      };
    case "part":
      return {
        headline: what.replace(/^./, (first) => first.toUpperCase()),
        lead: say("import_partLead"),
      };
    default:
      return undefined;
  }
}
