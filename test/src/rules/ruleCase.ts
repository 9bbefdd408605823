import type { Effect, Judgement, Severity } from "../../../src/rules/rule.js";
import type { Platform } from "../../../src/spec/platforms.js";
import type { CallDraft, PageParts } from "../../support/recordings.js";

/** One row of a rule's table: what the rule says of the last call. */
export interface RuleCase {
  when: string;
  says: Judgement["outcome"];
  calls: CallDraft[];
  /** the page that the calls were made in; default: example.com in Chrome */
  page?: PageParts;
  /** what the calls are judged as; default: as recorded, or else current iOS */
  judgedAs?: Platform;
  /** of the first finding, where it says "fails" */
  finding?: {
    severity?: Severity;
    /** what becomes of the call */
    effect?: Effect;
    at?: string;
    evidence?: string | RegExp;
    title?: RegExp;
    experience?: RegExp;
    fix?: RegExp;
    /** by position in `calls` */
    related?: number[];
  };
}

export function ios(safari: string, context: Platform["context"] = "browser"): Platform {
  return { os: "ios", safari, context };
}
