import { describe, expect, test } from "vitest";
import { placesIn } from "../../../src/index.js";
import { RULES } from "../../../src/rules/index.js";
import { judge } from "./judge.js";
import type { RuleCase } from "./ruleCase.js";

const TABLES = import.meta.glob<{ default: RuleCase[] }>("./{ios,webauthn}/*.cases.ts", { eager: true });

for (const [path, { default: cases }] of Object.entries(TABLES)) {
  const id = path.split("/").at(-1)!.replace(".cases.ts", "");
  const rule = RULES.find((each) => each.id === id);
  describe(id, () => {
    test.each(cases.map((row) => [`${row.says} when ${row.when}`, row] as const))("%s", (_, row) => {
      if (!rule) throw new Error(`${id} is not in src/rules/index.ts`);
      const { findings, undecided, outcome } = judge(rule, row);
      expect({ outcome, undecided: undecided.map(({ why }) => why) }).toEqual({
        outcome: row.says,
        undecided: row.says === "cannot-tell" ? [expect.any(String)] : [],
      });
      expect(undecided.filter(({ reason }) => reason === "broken")).toEqual([]);
      for (const { case: name, values = {}, title, experience, fix } of findings) {
        const words = name === undefined ? {} : rule.cases![name]!;
        expect(Object.keys(values).sort()).toEqual(placesIn(...Object.values(words)));
        expect(placesIn(title, experience, fix), "places without a value").toEqual([]);
      }
      for (const { why } of undecided) expect(placesIn(why), "places without a value").toEqual([]);
      const { finding } = row;
      if (!finding) return;
      const found = findings[0]!;
      if (finding.severity) expect(found.severity).toBe(finding.severity);
      if (finding.effect) expect(found.effect ?? "works").toBe(finding.effect);
      if (finding.at) expect(found.at).toBe(finding.at);
      if (typeof finding.evidence === "string") expect(found.evidence).toBe(finding.evidence);
      if (finding.evidence instanceof RegExp) expect(found.evidence).toMatch(finding.evidence);
      if (finding.title) expect(found.title).toMatch(finding.title);
      if (finding.experience) expect(found.experience).toMatch(finding.experience);
      if (finding.fix) expect(found.fix).toMatch(finding.fix);
      if (finding.related)
        expect(found.relatedCallIds).toEqual(finding.related.map((index) => `call-${index}`));
    });

    test("every case and reason that the rule has words for occurs", () => {
      const judged = cases.map((row) => judge(rule!, row));
      const findings = judged.flatMap((each) => each.findings.map((finding) => finding.case));
      const reasons = judged.flatMap(({ undecided }) => undecided.map(({ reason }) => reason));
      expect(findings).toEqual(expect.arrayContaining(Object.keys(rule?.cases ?? {})));
      expect(reasons).toEqual(expect.arrayContaining(Object.keys(rule?.reasons ?? {})));
    });
  });
}
