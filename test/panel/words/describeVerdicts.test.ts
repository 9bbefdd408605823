import { describe, expect, test } from "vitest";
import { describeVerdicts } from "../../../panel/words/describeVerdicts.js";
import type { Verdict } from "../../../src/index.js";

const verdicts = (...outcomes: Verdict["outcome"][]): Verdict[] =>
  outcomes.map((outcome, index) => ({ check: `step-${index}`, outcome, because: "", spec: "" }));

describe("what a server would say", () => {
  test.each<[string, Verdict["outcome"][]]>([
    ["Nothing that it would refuse: 2 steps passed, none failed.", ["pass", "pass", "not-applicable"]],
    [
      "Nothing that it would refuse: 1 step passed, none failed. 1 step can’t be told from here.",
      ["pass", "cannot-tell"],
    ],
    ["It would refuse this: 1 step of 3 fails.", ["pass", "fail", "pass"]],
    [
      "It would refuse this: 2 steps of 2 fail. 2 steps can’t be told from here.",
      ["fail", "fail", "cannot-tell", "cannot-tell"],
    ],
  ])("%s", (sentence, outcomes) => expect(describeVerdicts(verdicts(...outcomes))).toBe(sentence));
});
