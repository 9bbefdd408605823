import { type Call, readSnapshot } from "../../src/index.js";
import { extentOf } from "./describeImported.js";
import { say } from "./say.js";
import { shorten, showControls } from "./shorten.js";

export type OutcomeTone = "good" | "bad" | "waiting" | "stopped";

/** The outcome in one or two words, and how it feels. `provider`: who holds the credential, if known. */
export function describeOutcome(call: Call, provider?: string): { tone: OutcomeTone; word: string } {
  const { outcome } = call;
  const extent = extentOf(call);
  if (extent && extent !== "answer")
    return {
      tone: "stopped",
      word: say(extent === "request" ? "outcome_requestAlone" : "outcome_partOfAnswer"),
    };
  if (outcome.status === "pending") {
    return call.aborted
      ? { tone: "stopped", word: say("outcome_aborting") }
      : { tone: "waiting", word: say("outcome_waiting") };
  }
  if (outcome.status === "rejected") {
    const isAbort = call.aborted !== undefined || outcome.error.name === "AbortError";
    return {
      tone: isAbort ? "stopped" : "bad",
      word: showControls(shorten(outcome.error.name || say("outcome_error"), 60)),
    };
  }
  return { tone: "good", word: provider ?? describeValue(call) };
}

/** What a call without a passkey in its answer resolved with. */
function describeValue(call: Call): string {
  if (call.outcome.status !== "fulfilled") return "";
  const value = readSnapshot(call.outcome.value);
  switch (value.kind) {
    case "absent":
      return say("outcome_done");
    case "null":
      return "null";
    case "boolean":
    case "number":
      return String(value.boolean() ?? value.number());
    case "object":
      return isCredential(call.outcome.value) ? describeCredential(call.api) : say("outcome_answered");
    default:
      return value.describe();
  }
}

function describeCredential(api: Call["api"]): string {
  if (api === "credentials.create") return say("outcome_created");
  return say(api === "credentials.get" ? "outcome_signedIn" : "outcome_credential");
}

function isCredential(value: unknown): boolean {
  const tag = (value as { $?: unknown } | null)?.$;
  return tag === "PublicKeyCredential" || tag === "Credential";
}
