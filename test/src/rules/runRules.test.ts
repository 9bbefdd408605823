import { describe, expect, test } from "vitest";
import { analyze, forecast } from "../../../src/analyze.js";
import { readCeremonies } from "../../../src/ceremony/readCeremony.js";
import { defineRule, PASSES, type Rule } from "../../../src/rules/rule.js";
import { runRules } from "../../../src/rules/runRules.js";
import { CURRENT_IOS, type Platform } from "../../../src/spec/platforms.js";
import { CHROME, create, get, recordingOf, safari, webview } from "../../support/recordings.js";
import { ios } from "./ruleCase.js";

const base = {
  title: "Something is wrong",
  severity: "error",
  holdsOn: "ios",
  about: "request",
  versions: {},
  experience: "It fails.",
  fix: "Mend it.",
  confidence: "documented",
  references: [{ label: "Here", url: "https://example.com/" }],
  on: ["credentials.create"],
} satisfies Partial<Rule>;

const failing = defineRule({
  ...base,
  id: "failing",
  asks: [],
  check: () => ({ outcome: "fails", at: "/arguments/0", evidence: "it" }),
});

function run(rule: Rule, platform: Platform = CURRENT_IOS, browser = CHROME) {
  const recording = recordingOf([create()], { browser });
  return runRules([rule], recording, readCeremonies(recording), () => platform);
}

describe("a rule", () => {
  test("that throws is undecided, is named, and spoils no other", () => {
    const recording = recordingOf([create()]);
    const broken = defineRule({
      ...base,
      id: "broken",
      asks: [],
      check: () => {
        throw new RangeError("out of luck");
      },
    });
    const judged = runRules([broken, failing], recording, readCeremonies(recording), () => CURRENT_IOS);
    expect(judged.findings.map(({ ruleId }) => ruleId)).toEqual(["failing"]);
    expect(judged.undecided).toEqual([
      {
        ruleId: "broken",
        callId: "call-0",
        title: "Something is wrong",
        why: "The rule broken is broken: RangeError: out of luck",
        reason: "broken",
        values: { rule: "broken", error: "RangeError: out of luck" },
      },
    ]);
  });

  test("sees the facts that it asked for and no others", () => {
    let seen: string[] = [];
    const curious = defineRule({
      ...base,
      id: "curious",
      asks: ["rpId", "page"],
      check(facts) {
        seen = Object.keys(facts);
        return PASSES;
      },
    });
    run(curious);
    expect(seen).toEqual(["rpId", "page"]);
  });

  test("looks only at the calls that it is for", () => {
    const recording = recordingOf([get()]);
    expect(runRules([failing], recording, readCeremonies(recording), () => CURRENT_IOS).findings).toEqual([]);
  });

  test("may say several things of one call", () => {
    const twice = {
      ...failing,
      check: () => [failing.check({} as never), failing.check({} as never)].flat(),
    };
    expect(run(twice).findings).toHaveLength(2);
  });
});

describe("versions", () => {
  const until17 = { ...failing, versions: { since: "16.1", until: "17.3" } };

  test.each([
    ["15.8", 0],
    ["16.1", 1],
    ["17.3", 1],
    ["17.4", 0],
  ])("decide whether it applies on iOS %s", (version, count) => {
    expect(run(until17, ios(version)).findings).toHaveLength(count);
  });

  test("that matter but are not known leave it undecided", () => {
    const { findings, undecided } = run(until17, { os: "ios", context: "webview" });
    expect(findings).toEqual([]);
    expect(undecided.map(({ why }) => why)).toEqual([
      "It depends on the version of Safari, which the user agent hides.",
    ]);
  });

  test.each([
    ["that end before it", { until: "18.3" }, 0, 0],
    ["that have begun by then", { since: "18.0" }, 1, 0],
    ["that begin later", { since: "26" }, 0, 1],
    ["that end later", { since: "18.0", until: "26.1" }, 0, 1],
  ])("%s, where Safari is at least 18.6", (_, versions, found, open) => {
    const platform = { os: "ios", safariAtLeast: "18.6", context: "webview" } as const;
    const { findings, undecided } = run({ ...failing, versions }, platform);
    expect([findings.length, undecided.length]).toEqual([found, open]);
  });

  test("that are over where Safari is at least 18.6 don't decide how grave it is", () => {
    const graver = { ...failing, severity: [{ until: "17.3", is: "info" }, { is: "error" }] } satisfies Rule;
    expect(run(graver, { os: "ios", safariAtLeast: "18.6" }).findings[0]?.severity).toBe("error");
  });

  test.each([
    ["17.3", "error"],
    ["17.4", "info"],
    ["26.0", "info"],
  ])("decide how grave it is on iOS %s", (version, severity) => {
    const graver = { ...failing, severity: [{ until: "17.3", is: "error" }, { is: "info" }] } satisfies Rule;
    expect(run(graver, ios(version)).findings[0]?.severity).toBe(severity);
  });

  test("do not matter to a rule that holds everywhere, on a device that has none", () => {
    const everywhere = { ...until17, holdsOn: "everywhere" } satisfies Rule;
    expect(run(everywhere, { os: "other" }).findings).toHaveLength(1);
    expect(run(everywhere, ios("26.0")).findings).toHaveLength(0);
  });
});

describe("the kind of app", () => {
  const inWebviews = { ...failing, contexts: ["webview"] } satisfies Rule;
  test.each([
    ["webview", 1],
    ["browser", 0],
    ["third-party-browser", 0],
  ] as const)("%s", (context, count) => {
    expect(run(inWebviews, ios("18.0", context)).findings).toHaveLength(count);
  });
});

describe("an answer", () => {
  const aboutAnswers = { ...failing, about: "answer" } satisfies Rule;
  test("is judged on the device that gave it", () => {
    expect(run(aboutAnswers, CURRENT_IOS, CHROME).findings).toEqual([]);
    expect(run(aboutAnswers, { os: "other" }, safari("18.0")).findings).toHaveLength(1);
  });
});

describe("analyze", () => {
  const hinting = () => create({ hints: ["hybrid"] });
  const rulesFound = async (...args: Parameters<typeof analyze>) =>
    (await analyze(...args)).findings.map(({ ruleId }) => ruleId);

  test("judges a call from elsewhere as current iOS", async () => {
    expect(await rulesFound(recordingOf([hinting()]))).toContain("hints-ignored");
  });

  test("judges a call from elsewhere as the platform chosen for those, an iPhone's as that iPhone", async () => {
    const elsewhere = { os: "other" } as const;
    expect(await rulesFound(recordingOf([hinting()]), { elsewhere })).not.toContain("hints-ignored");
    const iphone = recordingOf([hinting()], { browser: safari("18.0") });
    expect(await rulesFound(iphone, { elsewhere })).toContain("hints-ignored");
  });

  test("judges every call as the platform, if one is passed", async () => {
    const iphone = recordingOf([hinting()], { browser: safari("18.0") });
    expect(await rulesFound(iphone, { platform: { os: "other" } })).not.toContain("hints-ignored");
  });

  test("manages a call whose realm is lost, and a web view without a version", async () => {
    const recording = recordingOf([hinting()], { browser: webview("26.1") });
    expect((await analyze(recording)).undecided.map(({ ruleId }) => ruleId)).toContain("hints-ignored");
    expect(await rulesFound({ ...recording, realms: [] })).toContain("hints-ignored");
  });

  test("forecasts each generation of iOS", async () => {
    const hits = await forecast(
      recordingOf([create({ authenticatorSelection: { authenticatorAttachment: "platform" } })]),
    );
    expect(
      hits.map(({ platform, findings }) => [
        platform.safari,
        findings.some(({ ruleId }) => ruleId === "attachment-pins-ios-sheet"),
      ]),
    ).toEqual([
      ["15.8", false],
      ["16.7", true],
      ["17.6", true],
      ["18.0", true],
      ["18.4", true],
      ["26.6", true],
      ["27.0", true],
    ]);
  });
});
