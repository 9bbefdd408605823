import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { screenshotProblems } from "../../packaging/screenshotProblems.js";
import { STORE_FIELDS, type StoreField, sectionsOf, storeTextProblems } from "../../packaging/storeFields.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}${path}`, "utf8");
const sections = sectionsOf(read("docs/store/texts.md"));
const messages = JSON.parse(read("panel/_locales/en/messages.json")) as Record<string, { message: string }>;
const textOf = (from: StoreField["from"]) =>
  "section" in from ? sections.get(from.section) : messages[from.message]?.message;

describe("the store texts", () => {
  test("fit the forms", () => {
    expect(storeTextProblems(textOf)).toEqual([]);
  });

  test("are each for some form", () => {
    const used = Object.values(STORE_FIELDS).flatMap((fields) =>
      fields.flatMap(({ from }) => ("section" in from ? from.section : [])),
    );
    expect([...sections.keys()].filter((name) => name !== "Data use" && !used.includes(name))).toEqual([]);
  });

  test.each([
    ["Description", "x".repeat(4_001), ["safari, Description: has 4001 of at most 4000 characters"]],
    ["Description", "x".repeat(249), ["edge, Description: has 249 of at least 250 characters"]],
    ["Search terms", "a, b, c, d, e, f, g, h", ["edge, Search terms: has 8 of at most 7 terms"]],
    ["Search terms", "x".repeat(31), ["edge, Search terms: has a term of 31 characters"]],
    ["Keywords", undefined, ["safari, Keywords: has 0 of at least 1 characters"]],
  ])("too long, too short or missing, they are found: %s", (section, text, problems) => {
    const changed = (from: StoreField["from"]) =>
      "section" in from && from.section === section ? text : textOf(from);
    expect(storeTextProblems(changed)).toEqual(problems);
  });
});

describe("the screenshots", () => {
  const folder = `${ROOT}docs/store/images/`;
  const names = readdirSync(folder).filter((name) => name.startsWith("screenshot-"));
  const all = new Map(names.map((name): [string, Uint8Array] => [name, readFileSync(folder + name)]));

  test("are what the stores take, and stand in the list", () => {
    expect(screenshotProblems(all)).toEqual([]);
    for (const name of names) expect(read("docs/store/README.md")).toContain(`(images/${name})`);
  });

  test("of another size, with an alpha channel, too large or too many, are found", () => {
    const [, good] = [...all][0]!;
    const icon = readFileSync(`${ROOT}extension/icons/128.png`);
    const large = Buffer.concat([good, new Uint8Array(300_000)]);
    expect(screenshotProblems(new Map())).toEqual(["there are 0, not 1 to 5"]);
    expect(screenshotProblems(new Map([["a", icon]]))).toEqual([
      "a is 128 by 128 pixels, not 1280 by 800",
      "a has an alpha channel",
    ]);
    expect(screenshotProblems(new Map([["b", large]]))).toEqual([`b has ${large.length} bytes`]);
    expect(screenshotProblems(new Map([["c", Buffer.from("GIF")]]))).toEqual(["c is not a PNG"]);
    expect(screenshotProblems(new Map([..."abcdef"].map((name) => [name, good])))).toHaveLength(1);
  });
});
