import { type Call, readSnapshot } from "../../src/index.js";

/** How much of an imported call there is; undefined for a recorded call, and for an imported one that is whole. */
export function extentOf(call: Call): "request alone" | "answer alone" | "part of an answer" | undefined {
  if (!call.imported) return undefined;
  if (call.outcome.status === "pending") return "request alone";
  if (call.outcome.status === "rejected" || !readSnapshot(call.arguments[0]).isUnknown) return undefined;
  return readSnapshot(call.outcome.value).member("id").isUnknown ? "part of an answer" : "answer alone";
}

/** What an imported call is, where half of it or more is not known. */
export function describeImported(call: Call): { headline: string; lead: string } | undefined {
  const from = `Read from ${call.imported?.as}${call.imported?.at ? `, at ${call.imported.at}` : ""}.`;
  switch (extentOf(call)) {
    case "request alone":
      return {
        headline: "A request, without what became of it",
        lead: `${from} It is judged as far as the request goes.`,
      };
    case "answer alone":
      return {
        headline: "An answer, without the request",
        lead: `${from} What depends on the request can’t be told.`,
      };
    case "part of an answer":
      return {
        headline: call.imported!.as.replace(/^./, (first) => first.toUpperCase()),
        lead: "It came alone. What depends on the rest of its call can’t be told.",
      };
    default:
      return undefined;
  }
}
