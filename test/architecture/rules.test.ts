import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { describeRules } from "../../src/rules/describeRules.js";
import { RULES } from "../../src/rules/index.js";
import type { RuleCase } from "../src/rules/ruleCase.js";

const TABLES = import.meta.glob<{ default: RuleCase[] }>("../src/rules/{ios,webauthn}/*.cases.ts", {
  eager: true,
});
const FOLDERS = { ios: "ios", everywhere: "webauthn" } as const;

const root = fileURLToPath(new URL("../..", import.meta.url));
const files = Object.values(FOLDERS).flatMap((folder) =>
  readdirSync(`${root}/src/rules/${folder}`).map((name) => `${folder}/${name}`),
);

test("every rule file is listed in src/rules/index.ts, and every listed rule has its file", () => {
  const expected = RULES.map(({ holdsOn, id }) => `${FOLDERS[holdsOn]}/${id}.ts`);
  expect(files.sort()).toEqual(expected.sort());
});

test("src/rules/README.md is what `npm run docs:rules` writes", () => {
  expect(readFileSync(`${root}/src/rules/README.md`, "utf8")).toBe(describeRules(RULES));
});

test("the list is in alphabetical order", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const folder = FOLDERS[rule.holdsOn];
  const cases = TABLES[`../src/rules/${folder}/${id}.cases.ts`]?.default ?? [];
  const says = (outcome: string) => cases.some((row) => row.says === outcome);

  test("has a table with a failing case and one in which it keeps silent", () => {
    const file = `test/src/rules/${folder}/${id}.cases.ts`;
    expect(says("fails"), `${file} lacks a row that says "fails"`).toBe(true);
    expect(says("passes") || says("not-applicable"), `${file} lacks a row in which nothing is wrong`).toBe(
      true,
    );
  });

  test("has a case for not being able to tell, if it can be", () => {
    const source = readFileSync(`${root}/src/rules/${folder}/${id}.ts`, "utf8");
    if (source.includes("cannotTell(")) expect(says("cannot-tell")).toBe(true);
  });

  test("has cases on both sides of its versions", () => {
    if (rule.versions.since === undefined && rule.versions.until === undefined) return;
    const versioned = cases.filter(
      ({ judgedAs, page, calls }) => judgedAs || page?.browser || calls.some((c) => c.page),
    );
    expect(versioned.some((row) => row.says === "not-applicable")).toBe(true);
  });

  test("refers to its sources by https addresses", () => {
    expect(rule.references.length).toBeGreaterThan(0);
    for (const { label, url } of rule.references) {
      expect(label).not.toBe("");
      expect(new URL(url).protocol).toBe("https:");
    }
  });

  test("fits on one screen", () => {
    const lines = readFileSync(`${root}/src/rules/${folder}/${id}.ts`, "utf8").split("\n").length;
    expect(lines).toBeLessThanOrEqual(100);
  });

  test("is written for people", () => {
    for (const text of [rule.title, rule.experience, rule.fix]) expect(text).toMatch(/^[A-Z"`a-z]/);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.experience).toMatch(/[.)]"?$/);
    expect(rule.fix).toMatch(/[.)]"?$/);
  });

  test("says no more than may where it is only inferred", () => {
    if (rule.confidence !== "inferred") return;
    expect(rule.experience).toMatch(/\b(may|might|can)\b/);
    expect(rule.severity).not.toBe("error");
  });
});
