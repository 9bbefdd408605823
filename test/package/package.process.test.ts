import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serializeRecording } from "../../src/index.js";
import { built } from "../build/built.js";
import { findChromium } from "../support/findChromium.js";
import { cleanRecording, wrongRecording } from "../support/samplesToLint.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const EXAMPLE = join(ROOT, "examples/end-to-end-tests");

/** A project of somebody else, with the packed package in it. */
let project: string;
let files: string[];

const start = promisify(execFile);
const run = async (program: string, words: readonly string[]): Promise<{ code: number; output: string }> => {
  const env = { ...process.env, CHROME_PATH: findChromium(), NO_COLOR: "1", VITEST: "", CI: "true" };
  try {
    const { stdout, stderr } = await start(program, words, { cwd: project, env, maxBuffer: 2 ** 26 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: `${stdout}${stderr}` };
  }
};
const node = (program: string) => run(process.execPath, ["--input-type=module", "--eval", program]);

beforeAll(async () => {
  built("cli/keyhole.js");
  project = await mkdtemp(join(tmpdir(), "keyhole-package-"));
  const { stdout } = await start(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", project],
    {
      cwd: ROOT,
    },
  );
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map(({ path }) => path);
  await writeFile(
    join(project, "package.json"),
    '{ "name": "somebody-elses", "private": true, "type": "module" }',
  );
  await writeFile(join(project, "clean.keyhole.json"), serializeRecording(cleanRecording()));
  await writeFile(join(project, "wrong.keyhole.json"), serializeRecording(wrongRecording()));
  const installed = await run("npm", [
    "install",
    "--offline",
    "--no-audit",
    "--no-fund",
    `./${packed.filename}`,
  ]);
  expect(installed, installed.output).toMatchObject({ code: 0 });
});
afterAll(() => rm(project, { recursive: true, force: true }));

describe("the package", () => {
  test("has what it needs and nothing else", () => {
    const outside = files.filter((file) => !file.startsWith("dist/"));
    expect(outside.sort()).toEqual([
      "LICENSE",
      "README.md",
      "docs/recording-format.md",
      "docs/recording.schema.json",
      "package.json",
    ]);
    const folders = new Set(
      files.filter((file) => file.startsWith("dist/")).map((file) => file.split("/")[1]),
    );
    expect([...folders].sort()).toEqual(["cli", "engine", "hook", "src", "standalone"]);
    expect(files.filter((file) => /\.test\.|\.map$|tsbuildinfo|(?<!\.d)\.tsx?$/.test(file))).toEqual([]);
  });

  test("installs nothing beside itself", async () => {
    const modules = await readdir(join(project, "node_modules"));
    expect(modules.filter((name) => !name.startsWith("."))).toEqual(["keyhole"]);
  });

  test("has the licences of what is built into it", async () => {
    for (const [file, name] of Object.entries({
      "engine/LICENSES.md": "tldts",
      "cli/LICENSES.md": "tinyglobby",
      "standalone/viewer.html": "preact",
    })) {
      const text = await readFile(join(project, "node_modules/keyhole/dist", file), "utf8");
      expect(text).toMatch(new RegExp(`${name}[\\s\\S]*MIT`));
    }
  });

  test("runs as npx keyhole", async () => {
    expect(await run("npx", ["--no-install", "keyhole", "lint", "clean.keyhole.json"])).toMatchObject({
      code: 0,
    });
    const wrong = await run("npx", ["--no-install", "keyhole", "lint", "wrong.keyhole.json"]);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain("rp-id-not-for-origin");
  });

  test("every door opens, for import; those for Jest also for require", async () => {
    const { exports } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
      exports: Record<string, string | { types: string }>;
    };
    for (const [door, target] of Object.entries(exports)) {
      if (typeof target === "string") {
        expect(files, door).toContain(target.slice(2));
        continue;
      }
      const { types } = target;
      expect(files, door).toContain(types.slice(2));
      if (door === "./vitest" || door === "./jest") continue;
      const name = join("keyhole", door);
      const opened = await node(`console.log(Object.keys(await import(${JSON.stringify(name)})).length > 0)`);
      expect(opened.output, door).toBe("true\n");
    }
    const required = await node(
      `import { createRequire } from "node:module";
       console.log(typeof createRequire(process.cwd() + "/x.cjs")("keyhole/matchers").toBeFreeOf);`,
    );
    expect(required.output).toBe("function\n");
  });

  test("its declarations need no other package", async () => {
    const { exports } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
      exports: Record<string, string | { types: string }>;
    };
    const open = Object.values(exports).flatMap((target) =>
      typeof target === "string" ? [] : target.types.slice(2),
    );
    const seen = new Set(open);
    for (let file = open.pop(); file; file = open.pop()) {
      expect(files).toContain(file);
      const text = await readFile(join(project, "node_modules/keyhole", file), "utf8");
      for (const [, name = ""] of text.matchAll(/(?:from |import )"([^"]+)"|import\("([^"]+)"\)/g)) {
        if (name === "vitest" && file.endsWith("/vitest.d.ts")) continue;
        expect(name, file).toMatch(/^(\.|node:|$)/);
        const target = join(dirname(file), name).replace(/\.js$/, ".d.ts");
        if (!name.startsWith(".") || seen.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
    }
    expect(seen.size).toBeGreaterThan(20);
  });
});

describe("the matcher", () => {
  const judge = (body: string) =>
    node(`import { readFileSync } from "node:fs";
      import { toBeFreeOf } from "keyhole/matchers";
      const wrong = JSON.parse(readFileSync("wrong.keyhole.json", "utf8"));
      const clean = readFileSync("clean.keyhole.json", "utf8");
      const tell = (it) => { const { pass, message } = it; console.log(JSON.stringify({ pass, message: message() })); };
      try { ${body} } catch (error) { console.log("thrown: " + error.message); }`);

  test("its message is the report", async () => {
    const { output } = await judge(`tell(toBeFreeOf(wrong, "error", { platform: "ios-18.3" }))`);
    const { pass, message } = JSON.parse(output) as { pass: boolean; message: string };
    expect(pass).toBe(false);
    expect(message).toMatch(/free of errors, judged as iOS 18\.3\. Found: 3\.\n\n# Keyhole report/);
    expect(message).toContain("`rp-id-not-for-origin`");
    expect(message).not.toContain("### info");
  });

  test.each([
    [`tell(toBeFreeOf(clean, "error"))`, '"pass":true'],
    [`tell(toBeFreeOf(clean, "warning"))`, '"pass":true'],
    [`tell(toBeFreeOf(clean, "info"))`, '"pass":false'],
    [`tell(toBeFreeOf(wrong, "rp-id-not-for-origin"))`, '"pass":false'],
    [`tell(toBeFreeOf(wrong, "challenge-reused"))`, '"pass":true'],
    [
      `tell(toBeFreeOf(wrong, "error", { ignore: ["rp-id-not-for-origin", "binary-not-buffersource"] }))`,
      '"pass":true',
    ],
    [`toBeFreeOf(wrong, "errors")`, 'thrown: There is no severity or rule "errors"; did you mean "error"?'],
    [`toBeFreeOf(wrong, "error", { platform: "android-15" })`, 'thrown: "android-15" is no platform.'],
    [`toBeFreeOf({}, "error")`, "thrown: What toBeFreeOf() got is no recording"],
    [`toBeFreeOf(undefined, "error")`, "thrown: What toBeFreeOf() got is no recording"],
  ])("%s: %s", async (body, said) => {
    expect((await judge(body)).output).toContain(said);
  });

  test("is at home in Jest's expect, loaded by require as Jest does", async () => {
    await link("expect");
    const { output } = await node(`
      import { createRequire } from "node:module";
      import { readFileSync } from "node:fs";
      const require = createRequire(process.cwd() + "/x.cjs");
      globalThis.expect = require("expect").expect;
      require("keyhole/jest");
      expect(readFileSync("clean.keyhole.json", "utf8")).toBeFreeOf("error");
      expect(readFileSync("wrong.keyhole.json", "utf8")).not.toBeFreeOf("error");
      try { expect(readFileSync("wrong.keyhole.json", "utf8")).toBeFreeOf("error"); } catch (error) { console.log(error.message); }`);
    expect(output).toMatch(/^The recording was expected to be free of errors/);
    expect(output).toContain("# Keyhole report");
  });
});

describe("examples/end-to-end-tests, with the packed package", () => {
  beforeAll(async () => {
    await cp(EXAMPLE, project, { recursive: true, filter: (path) => !/node_modules|recordings$/.test(path) });
    for (const name of ["vitest", "playwright-core", "typescript", "@types/node"]) await link(name);
  });

  test("its types are right", async () => {
    const ran = await run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "."]);
    expect(ran, ran.output).toMatchObject({ code: 0 });
  });

  test("its tests pass, and leave a recording that keyhole lints", async () => {
    const ran = await run(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), "run"]);
    expect(ran, ran.output).toMatchObject({ code: 0 });
    expect(ran.output).toMatch(/Tests {2}2 passed/);
    const linted = await run("npm", ["run", "lint:recordings"]);
    expect(linted, linted.output).toMatchObject({ code: 0 });
    expect(linted.output).toContain("in 2 calls of 1 file, judged as iOS 18");
  });
});

describe("the matcher in Jest itself, in a project of its own", () => {
  beforeAll(async () => {
    // Not among our own packages, as it has some two hundred of its own.
    const words = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-save", "jest@30"];
    const installed = await run("npm", words);
    expect(installed, installed.output).toMatchObject({ code: 0 });
    await writeFile(
      join(project, "jest.config.json"),
      '{ "setupFilesAfterEnv": ["keyhole/jest"], "testMatch": ["**/*.jest.cjs", "**/*.jest.mjs"] }',
    );
    const body = `
      const clean = readFileSync("clean.keyhole.json", "utf8");
      const wrong = JSON.parse(readFileSync("wrong.keyhole.json", "utf8"));
      test("a clean recording passes", () => expect(clean).toBeFreeOf("error", { platform: "ios-18" }));
      test("a rule is found", () => expect(wrong).not.toBeFreeOf("rp-id-not-for-origin"));
      test("a wrong recording fails", () => expect(wrong).toBeFreeOf("error", { platform: "ios-18" }));`;
    await writeFile(join(project, "a.jest.cjs"), `const { readFileSync } = require("node:fs");${body}`);
    await writeFile(
      join(project, "b.jest.mjs"),
      `import { readFileSync } from "node:fs"; import { expect, test } from "@jest/globals";${body}`,
    );
  });

  test.each(["a.jest.cjs", "b.jest.mjs"])(
    "%s: passes and fails, with the report for a message",
    async (file) => {
      const jest = join(project, "node_modules/jest/bin/jest.js");
      const ran = await run(process.execPath, [
        "--experimental-vm-modules",
        jest,
        "--config",
        "jest.config.json",
        file,
      ]);
      expect(ran.code, ran.output).toBe(1);
      expect(ran.output).toMatch(
        /✓ a clean recording passes[\s\S]*✓ a rule is found[\s\S]*✕ a wrong recording fails/,
      );
      expect(ran.output).toContain("expected to be free of errors, judged as iOS 18.4. Found: 3.");
      expect(ran.output).toContain("# Keyhole report");
    },
  );
});

/** What a project would have installed from the registry, from where we have it. */
async function link(name: string): Promise<void> {
  const path = join(project, "node_modules", name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(join(ROOT, "node_modules", name), path);
}
