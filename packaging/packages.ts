import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { firefoxForStore } from "../extension/manifest/firefox.js";
import type { Manifest } from "../extension/manifest/manifest.js";
import { type Files, readFolder } from "./zipFolder.js";

/** What is handed in somewhere, each as a zip with the files of `files`. `root`: the project's folder. */
export const PACKAGES: Record<string, (root: string) => Promise<Files>> = {
  chrome: (root) => readFolder(join(root, "dist/chrome")),
  edge: (root) => readFolder(join(root, "dist/chrome")),
  firefox: async (root) => {
    const files = await readFolder(join(root, "dist/firefox"));
    const built = JSON.parse(Buffer.from(files.get("manifest.json")!).toString()) as Manifest;
    return files.set("manifest.json", Buffer.from(`${JSON.stringify(firefoxForStore(built), null, 2)}\n`));
  },
  "firefox-sources": readSources,
  safari: (root) => readFolder(join(root, "dist/safari")),
};

/** All that the packages are built from, which is the project without what .gitignore names. */
async function readSources(root: string): Promise<Files> {
  const patterns = (await readFile(join(root, ".gitignore"), "utf8")).split("\n").filter(Boolean);
  const names = new Set(
    patterns.filter((line) => !line.startsWith("*")).map((line) => line.replace(/\/$/, "")),
  );
  const endings = patterns.flatMap((line) => (line.startsWith("*") ? line.slice(1) : []));
  return readFolder(root, (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return name === ".git" || names.has(name) || endings.some((ending) => name.endsWith(ending));
  });
}
