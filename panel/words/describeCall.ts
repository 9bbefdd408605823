import { type Analysis, type Call, type Explanation, type Finding, readSnapshot } from "../../src/index.js";
import { rpIdNamedBy } from "../store/rows.js";
import { describeDuration } from "./describeDuration.js";
import { describeImported } from "./describeImported.js";
import { describeMethod } from "./describeMethod.js";
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
  if (outcome.status === "pending") return describePending(call, where(call, about), about.explanation);
  if (outcome.status === "rejected") return describeRejected(call, where(call, about), about.explanation);
  const took = call.duration === undefined ? "" : ` in ${describeDuration(call.duration)}`;
  const lead = `${describeMethod(call.api)}()${where(call, about)} succeeded${took}.`;
  const headline = describeSuccess(call, about.provider);
  const replaced = about.findings?.find(isReplacement);
  if (replaced) return { headline: replaced.title, lead: `${headline}. ${lead}` };
  return { headline, lead };
}

/** What the rule tells has happened already, and to the person it is the whole story. */
function isReplacement({ ruleId, severity }: Finding): boolean {
  return ruleId === "user-id-reused-overwrites-passkey" && severity === "error";
}

function where(call: Call, { ceremony, host }: { ceremony?: Ceremony | undefined; host?: string }): string {
  const rpId = rpIdNamedBy(call) ?? ceremony?.rpId ?? host;
  return rpId ? ` for ${shorten(rpId, 120)}` : "";
}

function describeSuccess(call: Call, provider: string | undefined): string {
  if (call.outcome.status !== "fulfilled") return "";
  const value = readSnapshot(call.outcome.value);
  const isPasskey = (call.outcome.value as { $?: unknown } | null)?.$ === "PublicKeyCredential";
  const from = provider ? ` ${call.api === "credentials.create" ? "in" : "from"} ${provider}` : "";
  if (call.api === "credentials.create" && isPasskey) return `A passkey was created${from}`;
  if (call.api === "credentials.get" && isPasskey)
    return `A passkey was used to sign in${from && `, ${from.trim()}`}`;
  if (value.kind === "null") return "The browser answered without a credential (null)";
  if (call.api === "credentials.create") return "A credential was created, but not a passkey";
  if (call.api === "credentials.get") return "The browser gave a credential that is not a passkey";
  if (call.api.includes(".signal")) return "The browser took note; it never says whether a passkey changed";
  if (value.kind === "boolean") {
    return value.boolean()
      ? (ANSWERS[call.api]?.yes ?? "The answer was: true")
      : (ANSWERS[call.api]?.no ?? "The answer was: false");
  }
  if (call.api.endsWith("getClientCapabilities")) return "The browser listed what it can do";
  if (call.api.endsWith("FromJSON")) return "The options were read from JSON";
  return "The call succeeded";
}

const ANSWERS: Partial<Record<Call["api"], { yes: string; no: string }>> = {
  "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable": {
    yes: "This device can verify its user",
    no: "This device can’t verify its user",
  },
  "PublicKeyCredential.isConditionalMediationAvailable": {
    yes: "Passkeys can be offered in AutoFill",
    no: "Passkeys can’t be offered in AutoFill",
  },
};

function describePending(
  call: Call,
  forWhom: string,
  explanation: Explanation | undefined,
): { headline: string; lead: string } {
  const method = `${describeMethod(call.api)}()${forWhom}`;
  if (call.aborted) {
    return {
      headline: "The page has asked to stop; the browser has not answered yet",
      lead: sentences(`The AbortSignal of ${method} fired ${after(call)}.`, explanation?.summary),
    };
  }
  // A call that waits may have put a sheet on the screen, or nothing: the page is never told which.
  const isCeremony = call.api === "credentials.create" || call.api === "credentials.get";
  const isSaid = !isCeremony || /whether anything was shown/.test(explanation?.summary ?? "");
  const unknown = isSaid ? undefined : "The recording can’t tell whether anything was shown.";
  if (isConditional(call)) {
    const normal = `${method} is conditional: it is normal that it waits as long as the page is open.`;
    return {
      headline: "Waiting in AutoFill until the person picks a passkey",
      lead: sentences(normal, explanation?.summary, unknown),
    };
  }
  return {
    headline: isCeremony ? "Waiting for the person" : "No answer yet",
    lead: sentences(`The page called ${method}.`, explanation?.summary ?? "It has not settled.", unknown),
  };
}

function describeRejected(
  call: Call,
  forWhom: string,
  explanation: Explanation | undefined,
): { headline: string; lead: string } {
  if (call.outcome.status !== "rejected") return { headline: "", lead: "" };
  const name = shorten(call.outcome.error.name || "an error without a name", 80);
  const took = call.duration === undefined ? "" : ` after ${describeDuration(call.duration)}`;
  const lead = `${describeMethod(call.api)}()${forWhom} was rejected with ${name}${took}.`;
  const ended = `${describeMethod(call.api)}()${forWhom} ended in ${name}.`;
  const cause = explanation?.causes[0];
  if (!cause) return { headline: `The call was rejected with ${name}`, lead };
  return {
    headline:
      cause.likelihood === "certain"
        ? cause.title
        : `${cause.likelihood === "likely" ? "Most likely" : "Perhaps"} ${withSmallFirst(cause.title)}`,
    lead: sentences(ended, explanation.summary),
  };
}

const sentences = (...said: (string | undefined)[]) => said.filter(Boolean).join(" ");

/** The first word small, unless it is a name: "RP ID", "AutoFill". */
function withSmallFirst(sentence: string): string {
  return /^[A-Z][a-z]*(?:\s|$)/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}

function isConditional(call: Call): boolean {
  return readSnapshot(call.arguments[0]).member("mediation").text() === "conditional";
}

function after(call: Call): string {
  return call.aborted
    ? `${describeDuration(Math.max(0, call.aborted.at - call.startedAt))} after the call`
    : "";
}
