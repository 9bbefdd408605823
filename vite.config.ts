import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { EnvironmentOptions, Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { chrome } from "./extension/manifest/chrome.js";
import { firefox } from "./extension/manifest/firefox.js";
import { safari } from "./extension/manifest/safari.js";
import { describeLicences, type Licence, mergeLicences } from "./packaging/licences.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(await readFile(at("package.json"), "utf8")) as { version: string };

const VIEWER_LICENCES = "viewer.licences.json";

/** One self-contained script, as a content script and a service worker have to be. */
const script = (input: string, outDir: string, file: string): EnvironmentOptions => ({
  consumer: "client",
  build: {
    outDir: at(outDir),
    emptyOutDir: false,
    modulePreload: false,
    license: { fileName: `${file}.licences.json` },
    // Runs in every page: terser makes it a little smaller than Vite's own minifier does.
    minify: "terser",
    terserOptions: {
      ecma: 2020,
      safari10: false,
      compress: { passes: 3, hoist_funs: true, unsafe_arrows: true },
    },
    rolldownOptions: {
      input: at(input),
      output: { format: "iife", entryFileNames: file, codeSplitting: false },
    },
  },
});

/** Extension pages stand at the top of the extension, not under the folder of their source. */
const pagesAtTop: Plugin = {
  name: "keyhole:pages-at-top",
  enforce: "post",
  applyToEnvironment: (environment) => environment.name === "client",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) file.fileName = file.fileName.replace(/^extension\//, "");
  },
};

/**
 * Preact can set `innerHTML`, which Keyhole never asks of it. In what is built it can't: markup would stand
 * there as text. Fails where Preact is not as it was when this was written.
 */
const noInnerHtml: Plugin = {
  name: "keyhole:no-inner-html",
  enforce: "pre",
  transform(code, id) {
    if (!/\/preact\/dist\/preact\.mjs$/.test(id)) return undefined;
    const parts = code.split(/\.innerHTML(?==(?!=))/);
    if (parts.length !== 2) this.error(`Preact sets innerHTML in ${parts.length - 1} places, not in one.`);
    return { code: parts.join(".textContent"), map: null };
  },
};

/** The package has one engine: what runs in Node on top of it imports it by its door. Vitest is the tester's own. */
const oneEngine: Plugin = {
  name: "keyhole:one-engine",
  enforce: "pre",
  applyToEnvironment: (environment) => ["cli", "cliForJest"].includes(environment.name),
  resolveId(source) {
    if (source.endsWith("/src/index.js")) return { id: "../engine/index.js", external: true };
    return source === "vitest" ? { id: source, external: true } : undefined;
  },
};

/**
 * The panel as one HTML file with a place for a recording, for `toHtml`. Its policy lets in these very
 * two texts, so that nothing which a recording contains could run, and no address. The licences of what is in
 * it stand in it, as it is passed on by itself; before the script, which takes the page as it finds it there.
 */
const standalonePage: Plugin = {
  name: "keyhole:standalone-page",
  enforce: "post",
  applyToEnvironment: (environment) => environment.name === "standalone",
  // After Vite has looked which packages are in the script.
  generateBundle: {
    order: "post",
    async handler(_, bundle) {
      let [script, style] = ["", ""];
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === "chunk") script += file.code;
        else if (name.endsWith(".css")) style += file.source;
        else continue;
        delete bundle[name];
      }
      const list = bundle[VIEWER_LICENCES];
      if (list?.type !== "asset") return this.error("The licences of what is in the page are not known.");
      const licences = mergeLicences([JSON.parse(String(list.source)) as Licence[]]);
      const notice = describeLicences(licences, (await readFile(at("LICENSE"), "utf8")).trim());
      // Where a script element would end, or a comment begin, which the text of a script is not spared.
      script = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "\\x3C!--");
      const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
      const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
      const source = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width">
    <meta name="referrer" content="no-referrer">
    <title>Keyhole recording</title>
    <!--
${notice.replace(/--(?=!?>)/g, "- -")}-->
    <style>${style}</style>
  </head>
  <body>
    <script type="application/json" id="keyhole-recording"></script>
    <script>${script}</script>
  </body>
</html>
`;
      this.emitFile({ type: "asset", fileName: "viewer.html", source });
    },
  },
};
/** Scripts for Node on top of the engine, by name. */
const nodeScripts = (entry: Record<string, string>, format: "es" | "cjs"): EnvironmentOptions => ({
  consumer: "server",
  resolve: { noExternal: true },
  build: {
    outDir: at("dist/cli"),
    emptyOutDir: format === "es",
    minify: false,
    license: format === "es" && { fileName: "LICENSES.md" },
    target: "node20",
    lib: {
      entry: Object.fromEntries(Object.entries(entry).map(([name, path]) => [name, at(path)])),
      formats: [format],
      fileName: (_, name) => `${name}.${format === "es" ? "js" : "cjs"}`,
    },
  },
});

export default defineConfig({
  base: "/",
  define: { __KEYHOLE_VERSION__: JSON.stringify(version) },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [noInnerHtml, pagesAtTop, oneEngine, standalonePage],
  build: { target: "es2022", minify: true },
  environments: {
    client: {
      build: {
        outDir: at("dist/chrome"),
        emptyOutDir: true,
        modulePreload: false,
        license: { fileName: "pages.licences.json" },
        rolldownOptions: {
          input: [
            at("extension/devtools/devtools.html"),
            at("extension/devtools/panel.html"),
            at("extension/popup/popup.html"),
            at("extension/viewer/viewer.html"),
          ],
        },
      },
    },
    hook: script("extension/page-hook/index.ts", "dist/hook", "keyhole-hook.js"),
    bootstrap: script("extension/page-hook/bootstrap.ts", "dist/hook", "keyhole-bootstrap.js"),
    standalone: {
      consumer: "client",
      build: {
        outDir: at("dist/standalone"),
        emptyOutDir: true,
        modulePreload: false,
        license: { fileName: VIEWER_LICENCES },
        cssCodeSplit: false,
        rolldownOptions: {
          input: at("panel/recording/standalone/index.ts"),
          output: { format: "iife", codeSplitting: false },
        },
      },
    },
    content: script("extension/content/index.ts", "dist/chrome", "content.js"),
    background: script("extension/background/index.ts", "dist/chrome", "background.js"),
    judge: script("extension/background/judge.ts", "dist/chrome", "judge.js"),
    engine: {
      consumer: "server",
      resolve: { noExternal: true },
      build: {
        outDir: at("dist/engine"),
        emptyOutDir: true,
        minify: false,
        license: { fileName: "LICENSES.md" },
        lib: { entry: at("src/index.ts"), formats: ["es"], fileName: () => "index.js" },
      },
    },
    // The command line, and what other people's tests import.
    cli: nodeScripts(
      {
        keyhole: "cli/index.ts",
        recorder: "cli/recorder/index.ts",
        matchers: "cli/matchers/index.ts",
        judgeWorker: "cli/matchers/judgeWorker.ts",
        vitest: "cli/matchers/vitest.ts",
        jest: "cli/matchers/jest.ts",
      },
      "es",
    ),
    // Jest still loads tests as CommonJS, unless told otherwise.
    cliForJest: nodeScripts({ matchers: "cli/matchers/index.ts", jest: "cli/matchers/jest.ts" }, "cjs"),
  },
  builder: {
    async buildApp(builder) {
      const { client, hook, bootstrap, standalone, content, background, judge, engine, cli, cliForJest } =
        builder.environments;
      // The texts of the bootstrap script and of the standalone page are part of the pages, and the pages' folder is emptied first.
      for (const environment of [
        hook,
        bootstrap,
        standalone,
        client,
        content,
        background,
        judge,
        engine,
        cli,
        cliForJest,
      ])
        await builder.build(environment!);
      await makeExtensions();
      // The declarations beside the engine stand for those of `src`, which the command line's name.
      await mkdir(at("dist/src"), { recursive: true });
      await writeFile(at("dist/src/index.d.ts"), 'export * from "../engine/index.js";\n');
    },
  },
  test: {
    // On two cores, one worker would leave the other core to itself.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{src,panel,extension,cli,architecture,build,fuzz}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.browser.test.ts", "**/*.process.test.ts"],
          // A busy machine is no bug: a test that hangs is found all the same.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "panel",
          include: ["test/panel/**/*.browser.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "cli",
          include: ["test/{cli,package}/**/*.process.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

/** The same files for every browser; the manifest alone differs. */
async function makeExtensions(): Promise<void> {
  await cp(at("dist/hook/keyhole-hook.js"), at("dist/chrome/page-hook.js"));
  await cp(at("panel/_locales"), at("dist/chrome/_locales"), { recursive: true });
  await cp(at("extension/icons"), at("dist/chrome/icons"), { recursive: true });
  await cp(at("LICENSE"), at("dist/chrome/LICENSE"));
  await collectLicences();
  const base = { ...JSON.parse(await readFile(at("manifest.json"), "utf8")), version };
  for (const [browser, manifestFor] of Object.entries({ chrome, firefox, safari })) {
    const folder = at(`dist/${browser}`);
    if (browser !== "chrome") {
      await rm(folder, { recursive: true, force: true });
      await cp(at("dist/chrome"), folder, { recursive: true });
    }
    await writeFile(`${folder}/manifest.json`, `${JSON.stringify(manifestFor(base), null, 2)}\n`);
  }
}

/** Of the packages in any script of the extension, and of those in the page that its exports are made of. */
async function collectLicences(): Promise<void> {
  const take = async (folder: string): Promise<Licence[][]> => {
    const lists = (await readdir(at(folder))).filter((name) => name.endsWith(".licences.json"));
    return Promise.all(
      lists.map(async (name) => {
        const text = await readFile(at(`${folder}/${name}`), "utf8");
        await rm(at(`${folder}/${name}`));
        return JSON.parse(text) as Licence[];
      }),
    );
  };
  const extension = await Promise.all(["dist/chrome", "dist/hook", "dist/standalone"].map(take));
  const own = "Keyhole's own is in LICENSE.";
  await writeFile(at("dist/chrome/LICENSES.md"), describeLicences(mergeLicences(extension.flat()), own));
}
