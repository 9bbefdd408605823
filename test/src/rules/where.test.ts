import { describe, expect, test } from "vitest";
import { RULES } from "../../../src/rules/index.js";
import type { Rule } from "../../../src/rules/rule.js";
import type { Platform } from "../../../src/spec/platforms.js";
import { CHROME, safari, webview } from "../../support/recordings.js";
import { judge } from "./judge.js";
import { ios, type RuleCase } from "./ruleCase.js";

const TABLES = import.meta.glob<{ default: RuleCase[] }>("./{ios,webauthn}/*.cases.ts", { eager: true });

/** Where a rule bites, as the research says: written down a second time, so that a slip in the rule shows. */
interface Where {
  /** the last version before it bites, and the first in which it does */
  from?: [before: string, first: string];
  /** the last version in which it bites, and the first after */
  to?: [last: string, after: string];
  /** bites in what was asked, wherever that was recorded; or in what an iPhone answered, there alone */
  in: "request" | "answer";
  everywhere?: true;
  context?: NonNullable<Platform["context"]>;
  /** the row of its table that is tried, if not the first that fails */
  row?: string;
  /** what it says on iOS 27, where that is not known */
  newest?: "cannot-tell";
}

const ask: Where = { in: "request" };
const answer: Where = { in: "answer" };
const askAnywhere: Where = { in: "request", everywhere: true };
const answerAnywhere: Where = { in: "answer", everywhere: true };
const since16: Pick<Where, "from"> = { from: ["15.8", "16.0"] };
const since17: Pick<Where, "from"> = { from: ["16.7", "17.0"] };
const since17Dot4: Pick<Where, "from"> = { from: ["17.3", "17.4"] };
const since18: Pick<Where, "from"> = { from: ["17.6", "18.0"] };
const since18Dot4: Pick<Where, "from"> = { from: ["18.3", "18.4"] };
const since26: Pick<Where, "from"> = { from: ["18.7", "26.0"] };

const WHERE: Record<string, Where> = {
  "aaguid-with-none": { ...answer, ...since16 },
  "abort-reason-lost": answer,
  "allow-hybrid-only-misses-local": { ...ask, ...since16 },
  "allow-internal-only-hides-qr": { ...ask, ...since18 },
  "allow-security-key-only": { ...ask, ...since17Dot4 },
  "attachment-misreported": { ...answer, ...since17Dot4, to: ["26.1", "26.2"] },
  "attachment-pins-ios-sheet": { ...ask, ...since16 },
  "attestation-not-delivered": { ...ask, ...since16 },
  "capabilities-legacy-key": { ...ask, ...since17Dot4, to: ["18.3", "18.4"] },
  "capabilities-signal-false-negative": { ...answer, ...since26 },
  "clientdata-crossorigin-shape": answer,
  "conditional-abort-race": { ...ask, from: ["16.0", "16.1"], to: ["17.4", "17.5"] },
  "conditional-create-flags": { ...ask, ...since18 },
  "conditional-create-no-autofill": { ...ask, ...since18 },
  "conditional-get-unavailable": { ...ask, from: ["16.0", "16.1"] },
  "credprops-missing": { ...answer, ...since16 },
  "display-name-not-shown": { ...ask, ...since17Dot4 },
  "document-not-focused": ask,
  "enterprise-attestation-needs-mdm": { ...ask, ...since17 },
  "es256-missing": ask,
  "exclude-without-internal-transport": { ...ask, ...since17Dot4 },
  "extension-ignored": ask,
  "get-mixed-credential-types": ask,
  "getpublickey-null": { ...answer, ...since16 },
  "hints-ignored": { ...ask, to: ["27.9", "28.0"] },
  "iframe-create-cross-origin": ask,
  "instant-rejection": answer,
  "isuvpaa-false-forces-cross-platform": { ...answer, ...since16 },
  "isuvpaa-misread": { ...ask, ...since16 },
  "json-helpers-gap": { ...ask, row: "hints are sent" },
  "largeblob-json-empty-write": { ...ask, ...since18Dot4 },
  "largeblob-output-missing": {
    ...ask,
    row: "judged as iOS 16, which does not know it",
    to: ["16.7", "17.0"],
  },
  "legacy-platform-credential": answer,
  "missing-user-activation": { ...ask, from: ["14.0", "14.1"] },
  "prf-security-key-unreliable": { ...ask, ...since18, newest: "cannot-tell" },
  "prf-unsupported-version": { ...ask, to: ["17.6", "18.0"] },
  "resident-key-ignored": { ...ask, ...since16 },
  "security-key-uv-not-configured": answer,
  "signal-never-settles": { ...ask, ...since26, to: ["26.3", "26.4"] },
  "timeout-not-honoured": ask,
  "uv-preference-no-effect": { ...ask, ...since16 },
  "webidl-enum-typeerror": ask,
  "webview-rp-not-associated": { ...answer, ...since16, context: "webview" },

  "alg-not-requested": answerAnywhere,
  "appid-rejected": askAnywhere,
  "be-flipped": answerAnywhere,
  "binary-not-buffersource": askAnywhere,
  "bs-without-be": answerAnywhere,
  "cda-qr-every-time": { ...answerAnywhere, ...since16 },
  "challenge-reused": askAnywhere,
  "challenge-too-short": askAnywhere,
  "conditional-get-no-autocomplete-field": askAnywhere,
  "counter-policy": answerAnywhere,
  "effective-domain-invalid": askAnywhere,
  "exclude-list-misses-known-credential": askAnywhere,
  "iframe-get-needs-policy": askAnywhere,
  "largeblob-bad-combination": { ...askAnywhere, ...since17 },
  "missing-required-member": askAnywhere,
  "overlapping-requests": askAnywhere,
  "overwritten-credential-still-accepted": { ...askAnywhere, from: ["14.8", "15.0"] },
  "prf-hybrid-value-mismatch": { ...answerAnywhere, ...since18, to: ["18.3", "18.4"] },
  "prf-no-results-at-create": askAnywhere,
  "rp-id-drift": askAnywhere,
  "rp-id-not-for-origin": askAnywhere,
  "rp-id-omitted": askAnywhere,
  "rpidhash-or-origin-mismatch": answerAnywhere,
  "signal-bad-arguments": { ...askAnywhere, ...since26 },
  "transports-not-stored-or-stale": askAnywhere,
  "up-missing": answerAnywhere,
  "user-id-changed-for-account": askAnywhere,
  "user-id-length": askAnywhere,
  "user-id-pii": askAnywhere,
  "user-id-reused-overwrites-passkey": { ...askAnywhere, from: ["14.8", "15.0"] },
  "user-id-shared-by-accounts": askAnywhere,
  "userhandle-absent": answerAnywhere,
  "userhandle-mismatch": answerAnywhere,
  "uv-downgrade": answerAnywhere,
  "uv-false-with-preferred": answerAnywhere,
  "uv-missing-when-required": answerAnywhere,
};

test("every rule has its line here", () => {
  expect(Object.keys(WHERE).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

describe.each(RULES.map((rule) => [rule.id, rule, WHERE[rule.id]!] as const))("%s", (_, rule, where) => {
  const {
    from: [before, first] = [undefined, "15.0"],
    to: [last, after] = ["27.0", undefined],
    newest,
  } = where;

  test(`bites on iOS ${first}${newest ? "" : ` and ${last}`}`, () => {
    expect(onIos(rule, where, first)).toBe("fails");
    expect(onIos(rule, where, last)).toBe(newest ?? "fails");
  });

  if (before !== undefined || after !== undefined)
    test(`keeps silent on iOS ${[before, after].filter(Boolean).join(" and ")}`, () => {
      for (const version of [before, after])
        if (version) expect(onIos(rule, where, version)).toBe("not-applicable");
    });

  test(`${where.everywhere ? "bites" : "keeps silent"} in Chrome on a computer`, () => {
    const { calls, page } = rowOf(rule, where);
    const { outcome } = judge(rule, { calls, page: { ...page, browser: CHROME }, judgedAs: { os: "other" } });
    if (where.everywhere) expect(outcome).not.toBe("not-applicable");
    else expect(outcome).toBe("not-applicable");
  });

  if (where.in === "answer")
    test("is about the answer of the device that gave it", () => {
      const { calls, page } = rowOf(rule, where);
      const judgedAs = ios(first, where.context);
      const ofChrome = judge(rule, { calls, page: { ...page, browser: CHROME }, judgedAs }).outcome;
      if (!where.everywhere) expect(ofChrome).toBe("not-applicable");
      if (!before) return;
      const browser = where.context === "webview" ? webview(first) : safari(first);
      expect(judge(rule, { calls, page: { ...page, browser }, judgedAs: ios(before) }).outcome).toBe("fails");
    });
});

function rowOf(rule: Rule, { row }: Where): RuleCase {
  const [path] = Object.keys(TABLES).filter((each) => each.endsWith(`/${rule.id}.cases.ts`));
  const rows = TABLES[path!]!.default;
  return rows.find(({ when, says }) => (row ? when === row : says === "fails"))!;
}

/** What it says of a request recorded as in the row, judged as that iPhone; or of an answer recorded on it. */
function onIos(rule: Rule, where: Where, version: string) {
  const { calls, page } = rowOf(rule, where);
  if (where.in === "request")
    return judge(rule, { calls, ...(page && { page }), judgedAs: ios(version, where.context) }).outcome;
  const browser = where.context === "webview" ? webview(version) : safari(version);
  return judge(rule, { calls, page: { ...page, browser } }).outcome;
}
