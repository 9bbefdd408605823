import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const documents = await findDocuments();

test("the documents that people look for are there", () => {
  expect(documents).toEqual(
    expect.arrayContaining(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "PRIVACY.md"]),
  );
});

test.each(documents)("every relative link of %s leads somewhere", (document) => {
  const text = withoutCode(readFileSync(join(ROOT, document), "utf8"));
  const links = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)|(?:src|href)="([^"]+)"/g)].map(
    ([, markdown, html]) => markdown ?? html ?? "",
  );
  const dead = links.filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link) && !leadsSomewhere(document, link));
  expect(dead).toEqual([]);
});

test("ARCHITECTURE.md gives the reason for every dependency", () => {
  const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  ) as Record<"dependencies" | "devDependencies", Record<string, string>>;
  const named = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !name.startsWith("@types/"),
  );
  expect(named.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

function leadsSomewhere(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path ? join(ROOT, dirname(document), decodeURIComponent(path)) : join(ROOT, document);
  if (!existsSync(target)) return false;
  return !anchor || headings(readFileSync(target, "utf8")).includes(anchor);
}

/** Headings as the anchors that code hosts make of them. */
function headings(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-"),
  );
}

const withoutCode = (text: string): string =>
  text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

async function findDocuments(): Promise<string[]> {
  const atTop = (await readdir(ROOT)).filter((name) => name.endsWith(".md"));
  const below: string[] = [];
  for (const folder of ["docs", "src", "panel", "extension", "examples", "test", "cli"]) {
    const files = await readdir(join(ROOT, folder), { recursive: true }).catch(() => []);
    below.push(...files.filter((name) => name.endsWith(".md")).map((name) => `${folder}/${name}`));
  }
  return [...atTop, ...below].sort();
}
