import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { manifestProblems } from "../../packaging/manifestProblems.js";
import { PACKAGES } from "../../packaging/packages.js";
import { builtInPackages, licenceProblems } from "../../packaging/release/supply.js";
import { safariPackager } from "../../packaging/safariPackager.js";
import { type Files, zipFiles } from "../../packaging/zipFolder.js";
import { built, listBuilt, readBuilt } from "./built.js";

const copies = await mkdtemp(join(tmpdir(), "keyhole-package-"));
afterAll(() => rm(copies, { recursive: true }));

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const browserOf = { chrome: "chrome", edge: "chrome", firefox: "firefox", safari: "safari" } as const;

describe.each(["chrome", "edge", "firefox", "safari"] as const)("the package for %s", (store) => {
  const browser = browserOf[store];

  test("has every file of the build, as it is, with the manifest at the top", async () => {
    const files = unzipSync(zipFiles(await PACKAGES[store]!(ROOT)));
    expect(Object.keys(files).sort()).toEqual(
      listBuilt(browser)
        .map((file) => file.slice(browser.length + 1))
        .sort(),
    );
    for (const [name, bytes] of Object.entries(files))
      if (store !== "firefox" || name !== "manifest.json")
        expect(Buffer.from(bytes).equals(await readFile(built(`${browser}/${name}`))), name).toBe(true);
    expect(files["manifest.json"]).toBeDefined();
    expect(Object.keys(files).filter((name) => name.endsWith(".licences.json"))).toEqual([]);
  });

  test("has nothing that its store refuses", async () => {
    expect(manifestProblems(store, await PACKAGES[store]!(ROOT))).toEqual([]);
  });

  test("has the licence of Keyhole and those of what is built in", async () => {
    const files = await PACKAGES[store]!(ROOT);
    expect(Buffer.from(files.get("LICENSE")!).equals(await readFile(join(ROOT, "LICENSE")))).toBe(true);
    const direct = builtInPackages(await readFile(join(ROOT, "ARCHITECTURE.md"), "utf8"))
      .filter(({ importedIn }) => !importedIn.startsWith("cli"))
      .map(({ name }) => name);
    expect(licenceProblems(Buffer.from(files.get("LICENSES.md")!).toString(), direct)).toEqual([]);
  });
});

test("a package has the same bytes elsewhere, at another time, in another zone", async () => {
  const folder = join(copies, "dist/safari");
  await cp(built("safari"), folder, { recursive: true });
  for (const file of listBuilt("safari")) await utimes(join(folder, file.slice("safari/".length)), 1, 1);
  const module = (name: string) => JSON.stringify(new URL(`../../packaging/${name}`, import.meta.url).href);
  const program = `
    import { createHash } from "node:crypto";
    import { PACKAGES } from ${module("packages.ts")};
    import { zipFiles } from ${module("zipFolder.ts")};
    const bytes = zipFiles(await PACKAGES.safari(${JSON.stringify(copies)}));
    console.log(createHash("sha256").update(bytes).digest("hex"));`;
  const elsewhere = execFileSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { encoding: "utf8", env: { ...process.env, TZ: "Pacific/Kiritimati" } },
  );
  expect(elsewhere.trim()).toBe(sha256(zipFiles(await PACKAGES.safari!(ROOT))));
});

describe("the package for Firefox", () => {
  test("differs from the build in the Firefox that it asks for, and says that nothing is collected", async () => {
    const manifest = JSON.parse(
      Buffer.from((await PACKAGES.firefox!(ROOT)).get("manifest.json")!).toString(),
    );
    const own = JSON.parse(readBuilt("firefox/manifest.json"));
    expect(manifest.browser_specific_settings.gecko).toEqual({
      ...own.browser_specific_settings.gecko,
      strict_min_version: "142.0",
    });
    expect(own.browser_specific_settings.gecko).toMatchObject({
      strict_min_version: "128.0",
      data_collection_permissions: { required: ["none"] },
    });
    expect({ ...manifest, browser_specific_settings: 0 }).toEqual({ ...own, browser_specific_settings: 0 });
  });

  test("comes with all sources, and nothing that is not the project's", async () => {
    const files = await PACKAGES["firefox-sources"]!(ROOT);
    const known = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const there = known.split("\n").filter((name) => name !== "" && existsSync(join(ROOT, name)));
    expect([...files.keys()].sort()).toEqual(there.sort());
    expect(Buffer.from(files.get("RELEASING.md")!).toString()).toContain("npm ci");
  });
});

describe("what a store refuses", () => {
  const manifest = {
    manifest_version: 3,
    name: "__MSG_name__",
    short_name: "Keyhole",
    description: "Shows",
    version: "1.0",
    icons: { "128": "icons/128.png" },
    background: { scripts: ["background.js"] },
  };
  const files = (changes: object): Files =>
    new Map([
      ["manifest.json", Buffer.from(JSON.stringify({ ...manifest, ...changes }))],
      ["icons/128.png", readFileSync(built("chrome/icons/128.png"))],
      ["background.js", Buffer.from("")],
      ["_locales/en/messages.json", Buffer.from('{"name":{"message":"Keyhole"}}')],
      ["_locales/ja/messages.json", Buffer.from(`{"name":{"message":"${"鍵".repeat(41)}"}}`)],
    ]);

  test.each([
    ["chrome", {}, []],
    ["safari", {}, ["name has 41 of at most 40 characters in ja"]],
    ["safari", { description: "x".repeat(113) }, [/^name/, /^description has 113 of at most 112/]],
    ["edge", { name: "__MSG_other__" }, ["name is empty in en", "name is empty in ja"]],
    ["edge", { short_name: undefined }, [/^short_name is empty/]],
    ["chrome", { manifest_version: 2 }, ["manifest_version is not 3"]],
    ["chrome", { version: "1.0-beta" }, [/^version/]],
    ["chrome", { version: "1.65536" }, [/^version/]],
    ["chrome", { update_url: "https://x.example" }, [/^update_url/]],
    ["firefox", { background: { scripts: ["other.js"] } }, ["other.js is named but not there"]],
    [
      "firefox",
      { action: { theme_icons: [{ light: "icons/128.png", dark: "icons/128.png", size: 16 }] } },
      [/not 16 pixels wide/, /not 16 pixels wide/],
    ],
    ["chrome", { icons: { "64": "icons/128.png" } }, [/not 64 pixels wide/, /no icon of 128/]],
  ] as const)("%s: %o", (store, changes, problems) => {
    expect(manifestProblems(store, files(changes))).toEqual(
      problems.map((problem) => (typeof problem === "string" ? problem : expect.stringMatching(problem))),
    );
  });

  test("is a package without a manifest", () => {
    expect(manifestProblems("chrome", new Map())).toHaveLength(1);
  });
});

describe("the app for Safari", () => {
  const app = { extension: "/e", project: "/p", bundleIdentifier: "example.keyhole.Keyhole" };

  test("is made by Apple's packager, for macOS and iOS, on a Mac with Xcode", () => {
    const asked: string[][] = [];
    const command = safariPackager(app, {
      platform: "darwin",
      run: (program, args) => {
        asked.push([program, ...args]);
        return "/path";
      },
    });
    expect(asked).toEqual([["xcrun", "--find", "safari-web-extension-packager"]]);
    expect(command).toEqual({
      args: [
        ...["safari-web-extension-packager", "/e", "--project-location", "/p", "--app-name", "Keyhole"],
        ...[
          "--bundle-identifier",
          "example.keyhole.Keyhole",
          "--swift",
          "--copy-resources",
          "--no-open",
          "--force",
        ],
      ],
    });
  });

  test("is made by the tool's earlier name with an older Xcode", () => {
    const command = safariPackager(app, {
      platform: "darwin",
      run: (_, [, name]) => (name === "safari-web-extension-converter" ? "/path" : undefined),
    });
    expect(command).toMatchObject({ args: { 0: "safari-web-extension-converter" } });
  });

  test.each([
    ["linux", /on a Mac with Xcode/],
    ["darwin", /needs Xcode/],
  ] as const)("is not made without it: %s", (platform, why) => {
    const command = safariPackager(app, { platform, run: () => undefined });
    expect("why" in command && command.why).toMatch(why);
  });
});
