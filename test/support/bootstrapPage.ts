import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { build, type Rolldown } from "vite";
import { bootstrapScript } from "../../src/link/bootstrapScript.js";
import { createLinkKey } from "../../src/link/linkKey.js";
import { type ParsedReading, parseReading } from "../../src/link/parseReading.js";
import { type ReadOptions, readExpression } from "../../src/link/readExpression.js";
import type { BootstrapOptions } from "../../src/link/reading.js";
import { createFakeContext } from "./fakePage.js";

export interface BootstrapPage {
  key: string;
  /** Runs code as a script of the page and returns what it evaluates to. */
  run<T = unknown>(code: string): T;
  /** Runs the body of an async function as a script of the page and returns a copy of what it returns. */
  runAsync<T = unknown>(body: string): Promise<T>;
  /** What an inspector gets. */
  evaluate(options?: Partial<ReadOptions>): ParsedReading;
  /** messages on the console of the page, one text each */
  lines: string[];
  /** Runs the script (again). */
  install(options?: Partial<BootstrapOptions>): void;
}

/** The page of `openFakePage`, with the bootstrap script in it, as Web Inspector would run it. */
export async function openBootstrapPage({
  before = "",
  api = true,
  install = true,
  url = "https://rp.example/sign-in",
  ...options
}: Partial<BootstrapOptions> & {
  before?: string;
  api?: boolean;
  install?: boolean;
  url?: string;
} = {}): Promise<BootstrapPage> {
  const built = await buildBootstrap();
  const context = createFakeContext();
  const run = <T>(code: string) =>
    new Script(code, { filename: "https://rp.example/app.js" }).runInContext(context) as T;
  const lines: string[] = [];
  (run("(place) => Object.assign(globalThis, place)") as (place: object) => void)({
    location: { href: url, origin: new URL(url).origin },
    crypto: globalThis.crypto,
    console: { info: (...said: string[]) => void lines.push(said.join(" ")) },
    isSecureContext: true,
  });
  run(`Object.defineProperty(globalThis, "origin", { configurable: true, get() { return "${new URL(url).origin}"; } });
    Object.assign(Object.getPrototypeOf(navigator), { userAgent: "Mozilla/5.0 (iPhone)", maxTouchPoints: 5 });`);
  if (!api)
    run(
      "delete globalThis.PublicKeyCredential; delete CredentialsContainer; delete Navigator.prototype.credentials",
    );
  run(before);
  const key = options.key ?? createLinkKey();
  const page: BootstrapPage = {
    key,
    run,
    runAsync: async <T>(body: string) =>
      structuredClone(await run<Promise<T>>(`(async () => { ${body} })()`)),
    evaluate: (more = {}) => parseReading(run(readExpression({ key, ...more }))),
    lines,
    install: (more = {}) =>
      void run(bootstrapScript(built, { key, via: "bootstrap", console: "off", ...options, ...more })),
  };
  if (install) page.install();
  return page;
}

let script: Promise<string> | undefined;

/** The text of `dist/hook/keyhole-bootstrap.js`, without a build of everything. */
export function buildBootstrap(): Promise<string> {
  script ??= build({
    configFile: false,
    logLevel: "silent",
    define: { __KEYHOLE_VERSION__: '"9.9.9"' },
    build: {
      write: false,
      target: "es2022",
      minify: true,
      rolldownOptions: {
        input: fileURLToPath(new URL("../../extension/page-hook/bootstrap.ts", import.meta.url)),
        output: { format: "iife" },
      },
    },
  }).then((built) => (built as Rolldown.RolldownOutput).output[0].code);
  return script;
}
