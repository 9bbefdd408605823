import { type Analysis, type Call, type Explanation, type Finding, readSnapshot } from "../../src/index.js";
import { rpIdNamedBy } from "../store/rows.js";
import { describeDuration } from "./describeDuration.js";
import { describeImported } from "./describeImported.js";
import { describeMethod } from "./describeMethod.js";
import { sayCause, sayFinding, saySummary } from "./engineWords.js";
import { type PlainKey, say, sayAfterEachOther } from "./say.js";
import { shorten } from "./shorten.js";

type Ceremony = Analysis["ceremonies"][number];

/** What happened, in one sentence, and what to make of it, in one or two more. */
export function describeCall(
  call: Call,
  about: {
    ceremony?: Ceremony | undefined;
    provider?: string | undefined;
    findings?: readonly Finding[];
    explanation?: Explanation | undefined;
    host?: string;
  },
): { headline: string; lead: string } {
  const { outcome } = call;
  const imported = describeImported(call);
  if (imported) return imported;
  const named = nameOf(call, about);
  if (outcome.status === "pending") return describePending(call, named, about.explanation);
  if (outcome.status === "rejected") return describeRejected(call, named, about.explanation);
  const lead =
    call.duration === undefined
      ? say("call_succeeded", { call: named })
      : say("call_succeededIn", { call: named, duration: describeDuration(call.duration) });
  const headline = describeSuccess(call, about.provider);
  const replaced = about.findings?.find(isReplacement);
  if (replaced)
    return { headline: sayFinding(replaced, "title"), lead: say("call_replaced", { headline, lead }) };
  return { headline, lead };
}

/** What the rule tells has happened already, and to the person it is the whole story. */
function isReplacement({ ruleId, severity }: Finding): boolean {
  return ruleId === "user-id-reused-overwrites-passkey" && severity === "error";
}

/** "get() for example.com". */
function nameOf(call: Call, { ceremony, host }: { ceremony?: Ceremony | undefined; host?: string }): string {
  const rpId = rpIdNamedBy(call) ?? ceremony?.rpId ?? host;
  const method = describeMethod(call.api);
  return rpId ? say("call_namedFor", { method, rp: shorten(rpId, 120) }) : say("call_named", { method });
}

function describeSuccess(call: Call, provider: string | undefined): string {
  if (call.outcome.status !== "fulfilled") return "";
  const value = readSnapshot(call.outcome.value);
  const isPasskey = (call.outcome.value as { $?: unknown } | null)?.$ === "PublicKeyCredential";
  if (call.api === "credentials.create" && isPasskey)
    return provider ? say("call_createdIn", { provider }) : say("call_created");
  if (call.api === "credentials.get" && isPasskey)
    return provider ? say("call_usedFrom", { provider }) : say("call_used");
  if (value.kind === "null") return say("call_null");
  if (call.api === "credentials.create") return say("call_createdOther");
  if (call.api === "credentials.get") return say("call_gotOther");
  if (call.api.includes(".signal")) return say("call_signalled");
  if (value.kind === "boolean") {
    const answers = ANSWERS[call.api] ?? { yes: "call_true", no: "call_false" };
    return say(value.boolean() ? answers.yes : answers.no);
  }
  if (call.api.endsWith("getClientCapabilities")) return say("call_capabilities");
  if (call.api.endsWith("FromJSON")) return say("call_parsed");
  return say("call_done");
}

const ANSWERS: Partial<Record<Call["api"], { yes: PlainKey; no: PlainKey }>> = {
  "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable": {
    yes: "call_canVerify",
    no: "call_cannotVerify",
  },
  "PublicKeyCredential.isConditionalMediationAvailable": {
    yes: "call_conditionalYes",
    no: "call_conditionalNo",
  },
};

function describePending(
  call: Call,
  named: string,
  explanation: Explanation | undefined,
): { headline: string; lead: string } {
  const summary = explanation && saySummary(explanation);
  if (call.aborted) {
    return {
      headline: say("call_aborting"),
      lead: sayAfterEachOther(
        say("call_abortFired", {
          call: named,
          delay: describeDuration(Math.max(0, call.aborted.at - call.startedAt)),
        }),
        summary,
      ),
    };
  }
  // A call that waits may have put a sheet on the screen, or nothing: the page is never told which.
  const isCeremony = call.api === "credentials.create" || call.api === "credentials.get";
  const isSaid = !isCeremony || explanation?.sentences.some(({ id }) => id.endsWith("-unseen")) === true;
  const unknown = isSaid ? undefined : say("call_shownUnknown");
  if (isConditional(call)) {
    const normal = say("call_conditionalNormal", { call: named });
    return {
      headline: say("call_waitingAutofill"),
      lead: sayAfterEachOther(normal, summary, unknown),
    };
  }
  return {
    headline: say(isCeremony ? "call_waitingPerson" : "call_waiting"),
    lead: sayAfterEachOther(say("call_wasMade", { call: named }), summary ?? say("call_notSettled"), unknown),
  };
}

function describeRejected(
  call: Call,
  named: string,
  explanation: Explanation | undefined,
): { headline: string; lead: string } {
  if (call.outcome.status !== "rejected") return { headline: "", lead: "" };
  const error = shorten(call.outcome.error.name || say("call_namelessError"), 80);
  const cause = explanation?.causes[0];
  if (!cause) {
    const lead =
      call.duration === undefined
        ? say("call_rejectedWith", { call: named, error })
        : say("call_rejectedAfter", { call: named, error, duration: describeDuration(call.duration) });
    return { headline: say("call_rejected", { error }), lead };
  }
  return {
    headline:
      cause.likelihood === "certain"
        ? sayCause(cause.id, cause.title)
        : say(cause.likelihood === "likely" ? "call_mostLikely" : "call_perhaps", {
            cause: sayCause(cause.id, withSmallFirst(cause.title)),
          }),
    lead: sayAfterEachOther(say("call_ended", { call: named, error }), saySummary(explanation)),
  };
}

/** The first word small, unless it is a name: "RP ID", "AutoFill". */
function withSmallFirst(sentence: string): string {
  return /^[A-Z][a-z]*(?:\s|$)/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}

function isConditional(call: Call): boolean {
  return readSnapshot(call.arguments[0]).member("mediation").text() === "conditional";
}
