import { expect, test } from "vitest";
import { bootstrapScript } from "../../../src/link/bootstrapScript.js";
import { createLinkKey, isLinkKey } from "../../../src/link/linkKey.js";
import { readExpression } from "../../../src/link/readExpression.js";
import { buildBootstrap } from "../../support/bootstrapPage.js";

const built = await buildBootstrap();
const key = createLinkKey();

test("keys are random, and known when they are seen", () => {
  expect(isLinkKey(key)).toBe(true);
  expect(createLinkKey()).not.toBe(key);
  for (const value of ["", "x", key.slice(1), key.toUpperCase().replace(/^./, "G"), 7, undefined])
    expect(isLinkKey(value)).toBe(false);
});

test("the options stand in the script, once, and nothing that could end it", () => {
  const script = bootstrapScript(built, { key, via: "wire", console: "events" });
  expect(script).not.toContain("__KEYHOLE_BOOTSTRAP__");
  expect(script.split(key.slice(0, 32))).toHaveLength(2);
  expect(script.split(key.slice(32))).toHaveLength(2);
  expect(script.trimEnd().split("\n").at(-1)).toBe("//# sourceURL=keyhole-extension://bootstrap.js");
});

test("an expression says the first half of the key alone", () => {
  const expression = readExpression({ key, since: { realmId: '"); alert("', next: 3 }, maxBytes: 9 });
  expect(expression).toContain(key.slice(0, 32));
  expect(expression).not.toContain(key.slice(32));
  expect(expression).toContain(String.raw`"\"); alert(\""`);
});

test("a key or a script that is none is a mistake of the programmer", () => {
  expect(() => bootstrapScript(built, { key: "secret", via: "wire", console: "off" })).toThrow(
    /not a link key/,
  );
  expect(() => bootstrapScript("alert(1)", { key, via: "wire", console: "off" })).toThrow(/not the built/);
  expect(() => readExpression({ key: "" })).toThrow(/not a link key/);
});
