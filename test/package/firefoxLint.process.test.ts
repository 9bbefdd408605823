import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { PACKAGES } from "../../packaging/packages.js";
import { type Files, zipFiles } from "../../packaging/zipFolder.js";
import { built } from "../build/built.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LINTER = join(ROOT, "node_modules/addons-linter/bin/addons-linter");
const folder = await mkdtemp(join(tmpdir(), "keyhole-lint-"));
afterAll(() => rm(folder, { recursive: true }));

test("the linter of addons.mozilla.org has nothing to say to the package for Firefox", async () => {
  expect(await lint(await PACKAGES.firefox!(ROOT))).toEqual([]);
});

test("but to one that does not say what it collects, and makes markup out of texts", async () => {
  const files = await PACKAGES.firefox!(ROOT);
  files.set("manifest.json", await readFile(built("safari/manifest.json")));
  files.set("popup/popup.js", Buffer.from("document.body.innerHTML = location.hash;"));
  expect(await lint(files)).toEqual(
    expect.arrayContaining(["MISSING_DATA_COLLECTION_PERMISSIONS", "UNSAFE_VAR_ASSIGNMENT"]),
  );
});

/** The codes of all that the linter says, which is what `web-ext lint` runs: errors, warnings and notices. */
async function lint(files: Files): Promise<string[]> {
  const zip = join(folder, "package.zip");
  await writeFile(zip, zipFiles(files));
  const report = await new Promise<string>((resolve) => {
    // It ends with an error where it found one.
    execFile(process.execPath, [LINTER, zip, "--output", "json"], (_, stdout) => resolve(stdout));
  });
  const { errors, warnings, notices } = JSON.parse(report) as Record<string, { code: string }[]>;
  return [...errors!, ...warnings!, ...notices!].map(({ code }) => code);
}
