import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface Node {
  type: string;
  start: number;
  [member: string]: unknown;
}

/** What people read or hear, as opposed to `class`, `id`, `role` and the like. */
const READ = ["title", "aria-label", "aria-description", "alt", "placeholder", "label", "offer", "summary"];

/** Names and notations that are the same in every language. */
const SAME_EVERYWHERE =
  /^(?:Keyhole|base64url|DOMException|WebAuthn Level 3|A|B|C|iOS|webauthn|[⌘⇄+]+S?|\/regex\/|\.keyhole\.json|keyhole:|ios_webkit_debug_proxy|--remote-[a-z-]+=\d*|WEBKIT_INSPECTOR_HTTP_SERVER=[\d.:]+|adb forward .+)$/;

/** What programs read, and names that the engine gives. */
const CODES = [
  "AbortSignal",
  "PUBLIC KEY",
  "-----BEGIN CERTIFICATE-----",
  "<!doctype html>",
  "noopener noreferrer",
  "(nested too deep)",
  "signalled away",
  "client data",
  "Keyhole recording",
];

const files = [
  "panel",
  "extension/devtools",
  "extension/popup",
  "extension/sources",
  "extension/viewer",
].flatMap((folder) =>
  (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
);

test("no component has words of its own: all are said out of the messages", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(wordsOf)).toEqual([]);
});

test("words in a component are found, wherever they stand", () => {
  const found = wordsIn(
    `const a = <p title="Some words" class="quiet one">Plain <b>{"quoted"}</b> {x ? "yes" : say("no")} {\`\${n} calls\`}</p>;`,
  );
  expect(found).toEqual(["Some words", "Plain", "quoted", "yes", "calls"]);
});

test("sentences outside of components are found, and what only programmers read is not", () => {
  const found = wordsIn(
    `if (!a) throw new Error("useActions outside of it"); const b = "It could not be opened"; root.querySelector("main button"); say("key_name");`,
  );
  expect(found).toEqual(["It could not be opened"]);
});

test("nothing is said when a module is loaded: the language is not known yet", () => {
  expect(saidAtOnce(`const a = { word: say("copied") }; const b = () => say("copied");`)).toEqual(["say"]);
  expect(files.flatMap((file) => saidAtOnce(read(file), file).map((said) => `${file}: ${said}`))).toEqual([
    // After the panel is mounted, which has chosen the language.
    "extension/popup/popup.ts: sayParts",
    "extension/popup/popup.ts: say",
    "extension/viewer/viewer.ts: say",
  ]);
});

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

function saidAtOnce(source: string, file = "x"): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isNode(node) || /Function/.test(node.type)) return;
    const { name } = (node.callee ?? {}) as { name?: string };
    if (node.type === "CallExpression" && name && /^say/.test(name)) found.push(name);
    else Object.values(node).forEach(visit);
  };
  visit(parseAst(source, { lang: file.endsWith("x") ? "tsx" : "ts" }).body);
  return found;
}

function wordsOf(file: string): string[] {
  return wordsIn(read(file), file.endsWith("x") ? "tsx" : "ts").map((words) => `${file}: ${words}`);
}

/** Texts in a source that people would read: in JSX, and whatever reads like a sentence elsewhere. */
function wordsIn(source: string, lang: "ts" | "tsx" = "tsx"): string[] {
  const found: string[] = [];
  const take = (text: string, isRead: boolean) => {
    const words = text.replace(/\s+/g, " ").trim();
    // Code that is run in another page is no sentence.
    if (words.includes("=>")) return;
    if (!/\p{L}/u.test(words) || SAME_EVERYWHERE.test(words) || CODES.includes(words)) return;
    if (isRead || /\p{L}{2,}[,:;]? \p{L}{2,}/u.test(words)) found.push(words);
  };
  const visit = (node: unknown, isRead: boolean): void => {
    if (Array.isArray(node)) for (const each of node) visit(each, isRead);
    if (!isNode(node) || isForProgrammers(node)) return;
    const { type } = node;
    const below = (names: readonly string[], isReadBelow: boolean) => {
      for (const name of names) visit(node[name], isReadBelow);
    };
    if (type === "JSXText") take(node.value as string, true);
    else if (type === "Literal" && typeof node.value === "string") take(node.value, isRead);
    else if (type === "TemplateElement") take((node.value as { cooked: string }).cooked, isRead);
    else if (type === "JSXAttribute") visit(node.value, isReadName(node.name));
    else if (type === "Property") visit(node.value, isReadName(node.key));
    else if (type === "JSXElement" || type === "JSXFragment") {
      below(["openingElement"], false);
      below(["children"], true);
    } else if (type === "ConditionalExpression") {
      below(["test"], false);
      below(["consequent", "alternate"], isRead);
    } else if (type === "LogicalExpression") {
      below(["left"], isRead && node.operator !== "&&");
      below(["right"], isRead);
    } else if (type === "TemplateLiteral") {
      below(["quasis"], isRead);
      below(["expressions"], false);
    } else {
      const isWrapper = ["JSXExpressionContainer", "ParenthesizedExpression"].includes(type);
      for (const each of Object.values(node)) visit(each, isRead && isWrapper);
    }
  };
  visit(parseAst(source, { lang }).body, false);
  return found;
}

function isReadName(name: unknown): boolean {
  const { name: identifier, value } = name as { name?: unknown; value?: unknown };
  return READ.includes(String(identifier ?? value));
}

/** Imports and types, names of classes, selectors, faults of programmers, and what asks for a message. */
function isForProgrammers(node: Node): boolean {
  if (/^(?:TS|Import)/.test(node.type) && !/^TS(?:As|NonNull|Satisfies)/.test(node.type)) return true;
  if (node.type === "JSXAttribute") return (node.name as { name?: unknown }).name === "class";
  const callee = node.callee as { name?: string; property?: { name?: string } } | undefined;
  const called = callee?.property?.name ?? callee?.name ?? "";
  return /^(?:querySelector(?:All)?|closest|say(?:[A-Z]\w*)?|(?:[A-Z]\w*)?Error)$/.test(called);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}
