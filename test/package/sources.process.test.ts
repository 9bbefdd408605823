import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { PACKAGES } from "../../packaging/packages.js";
import { zipFiles } from "../../packaging/zipFolder.js";
import { built } from "../build/built.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const elsewhere = await mkdtemp(join(tmpdir(), "keyhole-sources-"));
afterAll(() => rm(elsewhere, { recursive: true }));

test("a reviewer who builds from the sources for Firefox gets the very package", async () => {
  built();
  for (const [name, bytes] of await PACKAGES["firefox-sources"]!(ROOT)) {
    await mkdir(dirname(join(elsewhere, name)), { recursive: true });
    await writeFile(join(elsewhere, name), bytes);
  }
  await symlink(join(ROOT, "node_modules"), join(elsewhere, "node_modules"));
  const env = { ...process.env, NODE_ENV: "production", VITEST: "" };
  await promisify(execFile)("npx", ["vite", "build"], { cwd: elsewhere, env, maxBuffer: 2 ** 26 });

  const [theirs, ours] = await Promise.all([elsewhere, ROOT].map(PACKAGES.firefox!));
  const differing = [...ours!].filter(([name, bytes]) => !Buffer.from(theirs!.get(name) ?? []).equals(bytes));
  expect(differing.map(([name]) => name)).toEqual([]);
  expect(Buffer.from(zipFiles(theirs!)).equals(zipFiles(ours!))).toBe(true);
});
