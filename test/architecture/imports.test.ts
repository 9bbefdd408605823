import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Inside src: what each folder may import from. The files at the top of src may use everything. */
const ENGINE: Record<string, readonly string[]> = (() => {
  const facts = ["spec", "bytes"];
  const recording = [...facts, "cbor", "recording"];
  const decode = [...recording, "decode"];
  const verify = [...decode, "verify"];
  const ceremony = [...verify, "ceremony"];
  const exchange = [...ceremony, "rules", "explain", "compare"];
  return {
    spec: ["spec"],
    bytes: ["bytes"],
    cbor: [...facts, "cbor"],
    recording,
    decode: [...facts, "cbor", "decode"],
    verify,
    ceremony,
    rules: [...ceremony, "rules"],
    forecast: [...ceremony, "rules", "forecast"],
    explain: [...ceremony, "explain"],
    compare: [...ceremony, "compare"],
    redact: [...exchange, "redact"],
    export: [...exchange, "forecast", "export"],
    import: [...exchange, "link", "import"],
    source: ["spec", "recording", "source"],
    link: [...recording, "source", "link"],
    wire: [...recording, "source", "link", "wire"],
  };
})();

/** Between the parts: who may be imported by whom. */
const PARTS: Record<string, readonly string[]> = {
  src: ["src"],
  panel: ["src", "panel"],
  // The bootstrap script is part of the pages as text, as the build has made it.
  extension: ["src", "panel", "extension", "dist"],
  cli: ["src", "cli"],
};

/** A package is named in one place. */
const PACKAGES: Record<string, readonly string[]> = {
  "cbor-x": ["src/cbor/"],
  "@peculiar/asn1-schema": ["src/decode/"],
  "@peculiar/asn1-x509": ["src/decode/"],
  "@peculiar/asn1-android": ["src/decode/"],
  tldts: ["src/spec/"],
  valibot: ["src/recording/", "src/import/", "src/link/"],
  "webextension-polyfill": ["extension/platform/"],
  "@plasmohq/storage": ["extension/platform/"],
  tinyglobby: ["cli/input/"],
  "@tanstack/virtual-core": ["panel/"],
  re2js: ["panel/store/"],
  ws: ["cli/attach/"],
  vitest: ["cli/matchers/"],
  preact: ["panel/"],
  "@preact/signals": ["panel/"],
};

interface Import {
  file: string;
  /** a file of the project, without its ending; or a package's name with its path */
  target: string;
  isPackage: boolean;
  typeOnly: boolean;
}

const imports = await readImports();

test("there is something to check", () => {
  expect(imports.length).toBeGreaterThan(20);
});

test("each part imports only those below it", () => {
  expect(
    local()
      .filter(({ file, target }) => !PARTS[part(file)]?.includes(part(target)))
      .map(words),
  ).toEqual([]);
});

test("inside the engine, each folder imports only those below it", () => {
  const wrong = local().filter(({ file, target }) => {
    const from = engineFolder(file);
    const to = engineFolder(target);
    if (!from || part(target) !== "src") return false;
    return !to || !ENGINE[from]?.includes(to);
  });
  expect(wrong.map(words)).toEqual([]);
});

test("the page hook takes types from src/recording and src/link and nothing else from outside", () => {
  const wrong = imports.filter(
    ({ file, target, typeOnly }) =>
      file.startsWith("extension/page-hook/") &&
      !target.startsWith("extension/page-hook/") &&
      !(typeOnly && /^src\/(recording|link)\//.test(target)),
  );
  expect(wrong.map(words)).toEqual([]);
});

test("those who use the engine or the panel come in by the door", () => {
  const wrong = local().filter(
    ({ file, target }) =>
      (part(target) === "src" &&
        part(file) !== "src" &&
        target !== "src/index" &&
        !file.startsWith("extension/page-hook/")) ||
      (part(target) === "panel" && part(file) !== "panel" && !PANEL_DOORS.includes(target)),
  );
  expect(wrong.map(words)).toEqual([]);
});

test("each package is imported where it belongs and nowhere else", () => {
  const wrong = imports.filter(
    ({ file, target, isPackage }) =>
      isPackage &&
      !(target.startsWith("node:") && part(file) === "cli") &&
      !PACKAGES[packageName(target)]?.some((folder) => file.startsWith(folder)),
  );
  expect(wrong.map(words)).toEqual([]);
});

test("every package that has a place is imported and installed; the build puts it into what is published", () => {
  const { dependencies = {}, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  ) as Record<"dependencies" | "devDependencies", Record<string, string> | undefined>;
  const used = new Set(imports.filter(({ isPackage }) => isPackage).map(({ target }) => packageName(target)));
  expect(Object.keys(PACKAGES).filter((name) => !used.has(name) || !devDependencies?.[name])).toEqual([]);
  expect(Object.keys(dependencies), "who installs Keyhole installs nothing else").toEqual([]);
});

/** The panel, and the words alone. */
const PANEL_DOORS = ["panel/index", "panel/words/say", "panel/words/engineWords"];

function local(): Import[] {
  return imports.filter(({ isPackage }) => !isPackage);
}

function words({ file, target, typeOnly }: Import): string {
  return `${file} imports ${typeOnly ? "types from " : ""}${target}`;
}

const part = (path: string): string => path.split("/")[0] ?? "";

/** "decode" for a file in src/decode; undefined for a file at the top of src, or outside. */
function engineFolder(path: string): string | undefined {
  const [first, folder, file] = path.split("/");
  return first === "src" && file ? folder : undefined;
}

function packageName(target: string): string {
  const [scopeOrName = "", name] = target.split("/");
  return scopeOrName.startsWith("@") ? `${scopeOrName}/${name}` : scopeOrName;
}

async function readImports(): Promise<Import[]> {
  const found: Import[] = [];
  for (const folder of Object.keys(PARTS)) {
    const files = await readdir(join(ROOT, folder), { recursive: true }).catch(() => []);
    for (const name of files) {
      if (!/\.tsx?$/.test(name) || name.endsWith(".d.ts")) continue;
      const file = join(folder, name).replaceAll("\\", "/");
      for (const { source, typeOnly } of sourcesIn(file)) {
        const isPackage = !source.startsWith(".");
        const target = isPackage ? source : normalize(join(dirname(file), source)).replace(/\.[jt]sx?$/, "");
        found.push({ file, target: target.replaceAll("\\", "/"), isPackage, typeOnly });
      }
    }
  }
  return found;
}

interface Node {
  type?: string;
  source?: { value?: unknown };
  importKind?: string;
  exportKind?: string;
  specifiers?: { importKind?: string; exportKind?: string }[];
}

/** Every module that a file names: import, export … from, import() and the type import(). */
function sourcesIn(file: string): { source: string; typeOnly: boolean }[] {
  const found: { source: string; typeOnly: boolean }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const node = value as Node;
    const source = node.source?.value;
    if (typeof source === "string") found.push({ source, typeOnly: isTypeOnly(node) });
    Object.values(value).forEach(visit);
  };
  visit(parseAst(readFileSync(join(ROOT, file), "utf8"), { lang: file.endsWith("x") ? "tsx" : "ts" }).body);
  return found;
}

function isTypeOnly({ type, importKind, exportKind, specifiers = [] }: Node): boolean {
  if (type === "TSImportType" || importKind === "type" || exportKind === "type") return true;
  return (
    specifiers.length > 0 &&
    specifiers.every((each) => each.importKind === "type" || each.exportKind === "type")
  );
}
