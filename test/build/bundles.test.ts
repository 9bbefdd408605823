import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { SIZE_LIMITS, sizeOf } from "../../packaging/release/sizes.js";
import { RULES } from "../../src/index.js";
import { built, listBuilt, readBuilt } from "./built.js";

const BUNDLES = [
  ...["chrome", "engine", "hook"].flatMap(listBuilt).filter((file) => file.endsWith(".js")),
  "standalone/viewer.html",
];

test.each(Object.entries(SIZE_LIMITS))(
  "%s, which every secure page gets, or which is started for it, is at most %i bytes (gzipped)",
  (file, limit) => {
    expect(sizeOf(Buffer.from(readBuilt(`chrome/${file}`)))).toBeLessThanOrEqual(limit);
  },
);

/** Where a pattern stands in a text, with a little of what is around it. */
const places = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(({ index }) => text.slice(Math.max(0, index - 30), index + 50));

describe.each(BUNDLES)("%s", (file) => {
  const text = readBuilt(file);

  test("makes no code out of text", () => {
    // `inspectedWindow.eval` is another one: it runs in the inspected page, by the grace of DevTools.
    // A method of that name is none: RE2's `eval(input, at) {`.
    const direct = /(?<![\w$.])eval\s*\((?![\w$,]*\)\{)|\(0,\s*eval\)|\b(globalThis|window|self)\.eval\b/g;
    expect(places(text, direct)).toEqual([]);
    expect(places(text, /\bnew\s+Function\b|(?<![\w$.])Function\s*\(/g)).toEqual([]);
  });

  test("makes no request, and loads no code but its own", () => {
    const ways = /\b(XMLHttpRequest|EventSource|sendBeacon|RTCPeerConnection)\b/g;
    expect(places(text, ways)).toEqual([]);
    // The background alone loads one more of its files, when there is something to judge.
    const loads = /\.importScripts\s*\(|\bcreateElement\s*\(\s*["'`]script/g;
    if (file !== "chrome/background.js") expect(places(text, loads)).toEqual([]);
    else {
      expect(places(text, loads)).toHaveLength(3);
      expect(text.match(/["'`][^"'`\s]*\.m?js["'`]/g)).toEqual(['"/judge.js"']);
    }
    const wire = [/(?<![\w$.])fetch\s*\(/g, /\bWebSocket\b/g].flatMap((way) => places(text, way));
    // The viewer alone connects to what it is told to.
    if (readBuilt("chrome/viewer/viewer.html").includes(`src="/${file.slice("chrome/".length)}"`))
      expect(wire).toHaveLength(3);
    else expect(wire).toEqual([]);
    expect(places(text, /\bimport\s*\((?!\s*["'`]\.\/)/g)).toEqual([]);
  });
});

/** Hosts that the sources of rules lead to: links to documentation, which a person may follow. */
const DOCUMENTATION = new Set(hostsIn(JSON.stringify(RULES)));
/** Hosts in code that nobody is sent to, and what they are there for. */
const NO_LINKS: Record<string, string> = {
  "www.gstatic.com": "Google's application id for U2F, which a sign-in may name",
  "goo.gl": "a word of help in an error of a package",
  "example.com": "the base that a relative address is resolved against, to look at its parts",
  localhost: "an example in a sentence",
  "bootstrap.js": "no host: what a script calls itself in stacks",
  "json.schemastore.org": "the schema of SARIF, by its name",
  "docs.oasis-open.org": "the standard that a SARIF report names",
  "docs.github.com": "documentation, in a sentence of the command line",
  "superchupu.dev": "documentation, in a sentence of a package",
};

test.each(["chrome", "firefox", "safari", "hook", "standalone", "engine", "cli"])(
  "what is built into %s names no host but those of documentation",
  (folder) => {
    const files = listBuilt(folder).filter((file) => /\.(js|cjs|html|css)$/.test(file));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      // Comments that packages have at the head of their lines; code after one stays.
      const code = readBuilt(file).replace(/^\s*(\*(?!\/)|\/\/|\/\*(?!.*\*\/.)).*$/gm, "");
      const others = hostsIn(code).filter((host) => !DOCUMENTATION.has(host) && !(host in NO_LINKS));
      expect(others, file).toEqual([]);
    }
  },
);

function hostsIn(text: string): string[] {
  return [...text.matchAll(/\b[a-z][a-z+.-]*:\/\/([\w-]+(?:\.[\w-]+)*)/g)].map(([, host]) => host!);
}

test("no script of the extension makes elements out of text", () => {
  const scripts = [...listBuilt("chrome"), "standalone/viewer.html"].filter((file) =>
    /\.(js|html)$/.test(file),
  );
  const ways =
    /\.(inner|outer)HTML\s*=(?!=)|insertAdjacentHTML|document\.write|setHTMLUnsafe|createContextualFragment/g;
  for (const script of scripts) expect(places(readBuilt(script), ways), script).toEqual([]);
});

test.each(["hook/keyhole-hook.js", "hook/keyhole-bootstrap.js", "chrome/content.js"])(
  "%s, which runs in pages, names no host and needs no other file",
  (file) => {
    const text = readBuilt(file);
    const links = [...text.matchAll(/\w+:\/\/[\w.-]+/g)].map(([link]) => link);
    expect(links).toEqual([]);
    expect(places(text, /\b(import|export)\b\s*[{("'`*]|\brequire\s*\(\s*["'`]/g)).toEqual([]);
  },
);

test("extension pages load nothing but their own files", () => {
  const pages = listBuilt("chrome").filter((file) => /\.(html|css)$/.test(file));
  expect(pages.length).toBeGreaterThanOrEqual(3);
  for (const page of pages) {
    const text = readBuilt(page);
    expect(places(text, /(?:src|href)="(?!\/)|url\((?!["']?data:)|@import|https?:/g), page).toEqual([]);
    expect(places(text, /<script(?![^>]*src=)/g), page).toEqual([]);
  }
});

test("no page of the extension but the viewer can make a request", () => {
  const pages = listBuilt("chrome").filter((file) => file.endsWith(".html"));
  expect(pages).toContain("chrome/viewer/viewer.html");
  const free = pages.filter((page) => !readBuilt(page).includes(`content="connect-src 'none'"`));
  expect(free).toEqual(["chrome/viewer/viewer.html"]);
});

test("the hook is the same script in the extension and on its own", () => {
  expect(readBuilt("hook/keyhole-hook.js")).toBe(readBuilt("chrome/page-hook.js"));
});

test("the bootstrap script has one place for its options", () => {
  expect(listBuilt("hook").sort()).toEqual(["hook/keyhole-bootstrap.js", "hook/keyhole-hook.js"]);
  expect(readBuilt("hook/keyhole-bootstrap.js").split("__KEYHOLE_BOOTSTRAP__")).toHaveLength(2);
});

test("the engine can be imported in Node, with its types beside it", () => {
  const program = `
    import { analyze, parseRecording } from ${JSON.stringify(`file://${built("engine/index.js")}`)};
    const { recording, problems } = parseRecording(JSON.stringify({
      format: "keyhole-recording", version: 1, createdBy: { name: "test", version: "0" },
      createdAt: "2026-01-01T00:00:00Z", realms: [], calls: [],
    }));
    console.log(problems.length, (await analyze(recording)).findings.length);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  expect(output.trim()).toBe("0 0");
  expect(readBuilt("engine/index.d.ts")).toMatch(/\banalyze\b/);
});
