import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The path of something that the build made. Throws one clear line where there is no build. */
export function built(path = ""): string {
  if (!existsSync(`${DIST}chrome/manifest.json`)) throw new Error("No build: run `npm run build` first.");
  return DIST + path;
}

export const readBuilt = (path: string): string => readFileSync(built(path), "utf8");

/** Paths of all files below a folder of the build. */
export const listBuilt = (folder: string): string[] =>
  readdirSync(built(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(DIST.length));
