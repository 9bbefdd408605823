import {
  AAGUID_PROVIDERS,
  type CallAnalysis,
  type CallId,
  type Ceremony,
  type Changes,
  type Confidence,
  type Explanation,
  type Finding,
  type Severity,
  type Undecided,
} from "../../src/index.js";
import type { Judgements } from "./analysis.js";

/** What is known of a call, without what the switched-off rules say. */
export interface Known {
  /** gravest first */
  findingsOf(callId: CallId): readonly Finding[];
  /** those of switched-off rules, gravest first */
  hiddenOf(callId: CallId): readonly Finding[];
  /** what could not be told; undefined until the call is judged */
  undecidedOf(callId: CallId): readonly Undecided[] | undefined;
  ceremonyOf(callId: CallId): Ceremony | undefined;
  /** why a call was rejected or never settled */
  explanationOf(callId: CallId): Explanation | undefined;
  /** who holds the credential that this call made or used */
  providerOf(callId: CallId): string | undefined;
  /** the registration that took a credential's place */
  overwriterOf(credentialId: string): CallId | undefined;
  /** the same object as long as the findings of a call are the same; undefined until it is judged */
  versionOf(callId: CallId): object | undefined;
  /** from where on more or other is known, and how far that is; undefined if that is not known */
  changes: Changes | undefined;
  version: number;
  /** the same object as long as the same rules are switched off */
  switches: object;
}

/** Divides what rules say by those that are switched off; once for each call, until the switches change. */
export function knowledge(switchedOff: readonly string[]): (judgements: Judgements | undefined) => Known {
  const isOff = new Set(switchedOff);
  const divided = new WeakMap<CallAnalysis, Divided>();
  const divide = (result: CallAnalysis): Divided => {
    const sorted = [...result.findings].sort(gravestAndSurestFirst);
    const parts = {
      shown: isOff.size === 0 ? sorted : sorted.filter(({ ruleId }) => !isOff.has(ruleId)),
      hidden: isOff.size === 0 ? NONE : sorted.filter(({ ruleId }) => isOff.has(ruleId)),
      undecided: result.undecided.filter(({ ruleId }) => !isOff.has(ruleId)),
    };
    divided.set(result, parts);
    return parts;
  };
  return (judgements) => {
    const partsOf = (callId: CallId) => {
      const result = judgements?.resultOf(callId);
      return result && (divided.get(result) ?? divide(result));
    };
    return {
      findingsOf: (callId) => partsOf(callId)?.shown ?? NONE,
      hiddenOf: (callId) => partsOf(callId)?.hidden ?? NONE,
      undecidedOf: (callId) => partsOf(callId)?.undecided,
      ceremonyOf: (callId) => judgements?.resultOf(callId)?.ceremony,
      explanationOf: (callId) => judgements?.resultOf(callId)?.explanation,
      providerOf(callId) {
        const credentialId = judgements?.resultOf(callId)?.ceremony.credential?.credentialId;
        const aaguid = credentialId === undefined ? undefined : judgements?.aaguidOf(credentialId);
        return aaguid === undefined ? undefined : AAGUID_PROVIDERS.get(aaguid);
      },
      overwriterOf: (credentialId) => judgements?.overwriterOf(credentialId),
      versionOf: partsOf,
      changes: judgements?.changes,
      version: judgements?.version ?? 0,
      switches: isOff,
    };
  };
}

interface Divided {
  shown: readonly Finding[];
  hidden: readonly Finding[];
  undecided: readonly Undecided[];
}

const NONE: readonly Finding[] = [];

function gravestAndSurestFirst(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence)
  );
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];
const CONFIDENCES: readonly Confidence[] = ["documented", "source", "observed", "inferred"];
