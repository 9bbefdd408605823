import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describeRules } from "../../src/rules/describeRules.js";
import { RULES } from "../../src/rules/index.js";
import { recordingJsonSchema, writeJsonSchema } from "../../test/docs/recordingJsonSchema.js";
import { formatTable } from "../../test/support/formatTable.js";
import { manifestProblems } from "../manifestProblems.js";
import { PACKAGES } from "../packages.js";
import { screenshotProblems } from "../screenshotProblems.js";
import { sectionsOf, storeTextProblems } from "../storeFields.js";
import { SIZE_LIMITS, sizeOf, sizeProblems } from "./sizes.js";
import { auditProblems, builtInPackages, licenceProblems, lockProblems } from "./supply.js";
import { changelogProblems, versionProblems } from "./versions.js";

/** `npm run release:check`: a table of what has to hold before a release. Fails where something does not. */
const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFile(root + path, "utf8");
const readJson = async (path: string) => JSON.parse(await read(path));

/** Problems in sentences; undefined: it could not be found out here. */
const CHECKS: Record<string, () => Promise<string[] | undefined>> = {
  version: async () =>
    versionProblems({
      "package.json": (await readJson("package.json")).version,
      "package-lock.json": (await readJson("package-lock.json")).version,
      ...Object.fromEntries(
        await Promise.all(
          ["chrome", "firefox", "safari"].map(async (browser) => [
            `dist/${browser}/manifest.json`,
            (await readJson(`dist/${browser}/manifest.json`)).version,
          ]),
        ),
      ),
    }),
  changelog: async () =>
    changelogProblems(
      await read("CHANGELOG.md"),
      (await readJson("package.json")).version,
      new Date().toISOString().slice(0, 10),
    ),
  manifests: async () => {
    const stores = ["chrome", "edge", "firefox", "safari"] as const;
    const problems = stores.map(async (store) =>
      manifestProblems(store, await PACKAGES[store]!(root)).map((problem) => `${store}: ${problem}`),
    );
    return (await Promise.all(problems)).flat();
  },
  catalogue: async () =>
    (await read("src/rules/README.md")) === describeRules(RULES) ? [] : ["run `npm run docs:rules`"],
  schema: async () =>
    (await read("docs/recording.schema.json")) === writeJsonSchema(recordingJsonSchema())
      ? []
      : ["run `npm run docs:schema`"],
  "store texts": async () => {
    const sections = sectionsOf(await read("docs/store/texts.md"));
    const messages = await readJson("panel/_locales/en/messages.json");
    return storeTextProblems((from) =>
      "section" in from ? sections.get(from.section) : messages[from.message]?.message,
    );
  },
  screenshots: async () => {
    const folder = `${root}docs/store/images/`;
    const names = (await readdir(folder)).filter((name) => name.startsWith("screenshot-"));
    const files = names.map(async (name) => [name, await readFile(folder + name)] as const);
    return screenshotProblems(new Map(await Promise.all(files)));
  },
  licences: async () => {
    const packages = builtInPackages(await read("ARCHITECTURE.md"));
    const direct = packages.filter(({ importedIn }) => !importedIn.startsWith("cli"));
    return licenceProblems(
      await read("dist/chrome/LICENSES.md"),
      direct.map(({ name }) => name),
    );
  },
  sizes: async () => {
    const files = Object.keys(SIZE_LIMITS).map(
      async (file) => [file, sizeOf(await readFile(`${root}dist/chrome/${file}`))] as const,
    );
    return sizeProblems(Object.fromEntries(await Promise.all(files)));
  },
  "lock file": async () => lockProblems(await readJson("package-lock.json")),
  "npm audit": async () => {
    const { stdout } = spawnSync("npm", ["audit", "--json"], {
      cwd: root,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    try {
      return auditProblems(JSON.parse(stdout));
    } catch {
      return undefined;
    }
  },
};

const rows = [["check", "result", "what to do"]];
for (const [name, check] of Object.entries(CHECKS)) {
  const problems = await check().catch((error: unknown) => [String(error)]);
  if (problems === undefined)
    rows.push([name, "not asked", "the registry gives no answer here: repeat it elsewhere"]);
  else if (problems.length === 0) rows.push([name, "good", ""]);
  else for (const [at, problem] of problems.entries()) rows.push([at === 0 ? name : "", "wrong", problem]);
}
console.log(formatTable(rows));
if (rows.some(([, result]) => result === "wrong")) process.exitCode = 1;
