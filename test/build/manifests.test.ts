import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { built, listBuilt, readBuilt } from "./built.js";

interface Built {
  manifest_version: number;
  version: string;
  permissions: string[];
  optional_host_permissions: string[];
  content_scripts: { matches: string[]; js: string[]; world?: string }[];
  icons: Record<string, string>;
  devtools_page: string;
  background: Record<string, unknown>;
  [key: string]: unknown;
}

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const COMMON = [
  "action",
  "background",
  "content_scripts",
  "content_security_policy",
  "default_locale",
  "description",
  "devtools_page",
  "icons",
  "manifest_version",
  "name",
  "optional_host_permissions",
  "permissions",
  "short_name",
  "version",
];

describe.each([
  ["chrome", { service_worker: "background.js" }, ["minimum_chrome_version"]],
  ["firefox", { scripts: ["background.js"] }, ["browser_specific_settings"]],
  ["safari", { scripts: ["background.js"], persistent: false }, ["browser_specific_settings"]],
])("the manifest for %s", (browser, background, own) => {
  const manifest = JSON.parse(readBuilt(`${browser}/manifest.json`)) as Built;

  test("says what it has to, and nothing else", () => {
    expect(Object.keys(manifest).sort()).toEqual([...COMMON, ...own].sort());
    expect(manifest.manifest_version).toBe(3);
    expect(manifest.version).toBe(version);
    expect(manifest.background).toEqual(background);
  });

  test("asks for storage alone: no hosts, nothing that pages may load", () => {
    expect(manifest.permissions).toEqual(["storage"]);
    // Asked for by the viewer, when a person wants pages listed that do not let an extension read.
    expect(manifest.optional_host_permissions).toEqual(["http://localhost/*", "http://127.0.0.1/*"]);
  });

  test("asks for nothing that the built code does not use", () => {
    const code = listBuilt(browser)
      .filter((file) => /\.js$/.test(file))
      .map((file) => readBuilt(file))
      .join("\n");
    // The extension API under its name in the bundles: `import browser from "webextension-polyfill"`.
    for (const permission of manifest.permissions)
      expect(code.includes(`.default.${permission}.`), permission).toBe(true);
    // Whatever is optional is asked for.
    if (manifest.optional_host_permissions.length)
      expect(code.includes(".default.permissions.request(")).toBe(true);
  });

  test.each([
    ["PRIVACY.md", "Permissions, and what each is for"],
    ["docs/store/README.md", "Permissions, and why none is narrower"],
  ])("asks for what %s explains, and that explains nothing else", (document, heading) => {
    const text = readFileSync(new URL(`../../${document}`, import.meta.url), "utf8");
    const table = text.split(`## ${heading}`)[1]!.split("\n## ")[0]!;
    const explained = table
      .split("\n")
      .filter((line) => line.startsWith("| ") && line.includes("`"))
      .flatMap((line) => [...line.split("|")[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
    const isLocal = (match: string) =>
      /^http:\/\/(localhost|\*\.localhost|127\.0\.0\.1|\[::1\])\//.test(match);
    const asked = new Set([
      ...manifest.permissions,
      ...manifest.optional_host_permissions,
      ...manifest.content_scripts.flatMap(({ matches }) => matches.filter((match) => !isLocal(match))),
    ]);
    // Hosts of this machine, where the content scripts run, are explained by their names.
    const named = explained.filter((name) => !isLocal(`http://${name}/`));
    expect(named.sort()).toEqual([...asked].sort());
    expect(table).toContain("localhost");
  });

  test("lets its pages load nothing but their own files, and one of them, the viewer, connect to devices", () => {
    expect(manifest.content_security_policy).toEqual({
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src http: ws:; base-uri 'none'; form-action 'none'",
    });
  });

  test("puts the hook and the content script into every frame of secure pages, before their scripts", () => {
    const scripts = manifest.content_scripts;
    expect(scripts.map(({ js, world }) => [js, world])).toEqual([
      [["page-hook.js"], "MAIN"],
      [["content.js"], undefined],
    ]);
    for (const script of scripts)
      expect(script).toMatchObject({
        matches: [
          "https://*/*",
          "http://localhost/*",
          "http://*.localhost/*",
          "http://127.0.0.1/*",
          "http://[::1]/*",
        ],
        run_at: "document_start",
        all_frames: true,
        match_origin_as_fallback: true,
      });
  });

  test("names files that are there", () => {
    const files = [
      manifest.devtools_page,
      ...Object.values(manifest.icons),
      ...manifest.content_scripts.flatMap(({ js }) => js),
      "background.js",
      "judge.js",
      "devtools/panel.html",
      "popup/popup.html",
      "viewer/viewer.html",
    ];
    for (const file of files) expect(existsSync(built(`${browser}/${file}`)), file).toBe(true);
  });

  test("comes with the same files as for every other browser", () => {
    const files = (folder: string) =>
      listBuilt(folder)
        .map((file) => file.slice(folder.length))
        .sort();
    expect(files(browser)).toEqual(files("chrome"));
  });

  if (browser !== "safari") return;
  test("has nothing that Safari refuses, and what it insists on", () => {
    // What WebKit's WebExtension.cpp checks (WebKitGTK 2.50.6); keys that it does not know it passes over.
    expect(manifest.description).toMatch(/./);
    expect(manifest.background).toEqual({ scripts: ["background.js"], persistent: false });
    expect(manifest.browser_specific_settings).toEqual({ safari: { strict_min_version: "18.0" } });
    for (const permission of manifest.permissions)
      expect([
        "activeTab",
        "alarms",
        "clipboardWrite",
        "menus",
        "scripting",
        "storage",
        "tabs",
        "unlimitedStorage",
      ]).toContain(permission);
    for (const script of manifest.content_scripts) {
      expect(script.matches.length).toBeGreaterThan(0);
      expect(Object.keys(script).filter((key) => /glob|css/.test(key))).toEqual([]);
    }
    for (const icon of Object.values(manifest.icons)) expect(icon).toMatch(/\.png$/);
    // Safari knows `optional_host_permissions` since 15.5.
    expect(
      Object.keys(manifest).filter((key) =>
        /^(optional_permissions|web_accessible|sandbox|options_|externally)/.test(key),
      ),
    ).toEqual([]);
  });
});
