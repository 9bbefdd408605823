import { type Analysis, type Call, type Finding, readSnapshot } from "../../src/index.js";
import { rpIdNamedBy } from "../store/rows.js";
import { describeDuration } from "./describeDuration.js";
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
    host?: string;
  },
): { headline: string; lead: string } {
  const { outcome } = call;
  if (outcome.status === "pending") return describePending(call, where(call, about));
  if (outcome.status === "rejected") return describeRejected(call, where(call, about));
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

function describePending(call: Call, forWhom: string): { headline: string; lead: string } {
  const method = `${describeMethod(call.api)}()${forWhom}`;
  if (call.aborted) {
    return {
      headline: "The page has asked to stop; the browser has not answered yet",
      lead: `The AbortSignal of ${method} fired ${after(call)}.`,
    };
  }
  if (isConditional(call)) {
    return {
      headline: "Waiting in AutoFill until the person picks a passkey",
      lead: `${method} is conditional: it is normal that it waits as long as the page is open.`,
    };
  }
  return { headline: "Waiting for the person", lead: `${method} has not settled yet.` };
}

function describeRejected(call: Call, forWhom: string): { headline: string; lead: string } {
  if (call.outcome.status !== "rejected") return { headline: "", lead: "" };
  const { name } = call.outcome.error;
  const took = call.duration === undefined ? "" : ` after ${describeDuration(call.duration)}`;
  const lead = `${describeMethod(call.api)}()${forWhom} was rejected with ${shorten(name, 80)}${took}.`;
  if (call.aborted) {
    return {
      headline: "The page stopped the call itself",
      lead: `${lead} Its AbortSignal fired ${after(call)}.`,
    };
  }
  const { headline, more } = meaningOf(call, name);
  return { headline, lead: more ? `${lead} ${more}` : lead };
}

/** What an error of this name can mean, as far as the call itself shows. */
function meaningOf(call: Call, name: string): { headline: string; more?: string } {
  switch (name) {
    case "NotAllowedError":
      return meaningOfNotAllowed(call);
    case "AbortError":
      return {
        headline: "The call was stopped",
        more: "No AbortSignal fired: another call of the page, or a navigation, ended this one.",
      };
    case "InvalidStateError":
      return {
        headline: "The authenticator already holds one of the excluded credentials",
        more: "The person agreed, so this account is already registered on that authenticator.",
      };
    case "SecurityError":
      return {
        headline: "The browser refused the RP ID for this page",
        more: "The RP ID has to be the page’s host, or a registrable suffix of it, on a secure page.",
      };
    case "NotSupportedError":
      return { headline: "The browser can’t do what the options ask for" };
    case "ConstraintError":
      return { headline: "No authenticator can keep to what the options require" };
    case "TypeError":
      return {
        headline: "The browser could not read the options",
        more: "It refused them before any passkey was looked for: nobody saw a sheet.",
      };
    default:
      return { headline: `The call failed with ${shorten(name || "an error without a name", 80)}` };
  }
}

function meaningOfNotAllowed(call: Call): { headline: string; more: string } {
  const ms = call.duration ?? 0;
  const timeout = readSnapshot(call.arguments[0]).member("publicKey", "timeout").number();
  if (ms < TOO_FAST_FOR_A_PERSON_MS) {
    return {
      headline: "The browser blocked the call before anyone could answer",
      more: "That is too fast for a person: look at activation, focus, policy and frame under Environment.",
    };
  }
  if (timeout !== undefined && timeout > 0 && ms >= timeout * 0.97) {
    return {
      headline: "Nobody answered in time, or the person closed the sheet late",
      more: `The page allowed ${describeDuration(timeout)}.`,
    };
  }
  return {
    headline: "The person closed the sheet, or no passkey fitted",
    more: "The browser never says which, so that pages can’t find out who has a passkey.",
  };
}

/** Quicker than a sheet can be read and dismissed. */
const TOO_FAST_FOR_A_PERSON_MS = 250;

function isConditional(call: Call): boolean {
  return readSnapshot(call.arguments[0]).member("mediation").text() === "conditional";
}

function after(call: Call): string {
  return call.aborted
    ? `${describeDuration(Math.max(0, call.aborted.at - call.startedAt))} after the call`
    : "";
}
