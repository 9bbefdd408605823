import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { pathToFileURL } from "node:url";
import { findChromium } from "../support/findChromium.js";
import { formatTable } from "../support/formatTable.js";
import type { Bench, Row } from "./row.js";

/**
 * Runs every `*.bench.ts` of this folder, one after the other, and prints one table. A word
 * in the command line picks the files whose name has it. Fails if a row breaks its bound.
 * `--write` puts the table, and what it was measured on, into docs/performance.md.
 */
const wanted = process.argv.slice(2).filter((word) => word !== "--write");
const isWritten = process.argv.includes("--write");
const files = (await readdir(import.meta.dirname))
  .filter((name) => name.endsWith(".bench.ts"))
  .filter((name) => !wanted.length || wanted.some((word) => name.includes(word)))
  .sort();

const MARK = "<!-- table -->";
const begun = performance.now();
const loadBefore = loadavg()[0]!;
const rows: Row[] = [];
for (const file of files) {
  console.error(`${file} …`);
  const { default: bench } = (await import(pathToFileURL(`${import.meta.dirname}/${file}`).href)) as {
    default: Bench;
  };
  // One that cannot be measured costs no other its row, and is no success.
  const cannot = (error: unknown): Row[] => [
    { what: file, measured: `not measured: ${String(error).split("\n")[0]}`, holds: false },
  ];
  rows.push(...(await bench().catch(cannot)));
}
const table = tableOf(rows);
console.log(table);
if (isWritten) await write();
process.exitCode = rows.length && rows.every(({ holds = true }) => holds) ? 0 : 1;

function tableOf(all: readonly Row[]): string {
  const body = all.map(({ what, measured, beside = "", ratio, others = "", bound = "", holds }) => [
    what,
    measured,
    beside,
    ratio === undefined ? "" : `${ratio.toFixed(2)}×`,
    others,
    bound,
    holds === undefined ? "" : holds ? "holds" : "BROKEN",
  ]);
  return formatTable([["what", "with Keyhole", "beside it", "ratio", "others", "bound", ""], ...body]);
}

/** From the mark to the end; what is before it stays. */
async function write(): Promise<void> {
  const document = new URL("../../docs/performance.md", import.meta.url);
  const text = await readFile(document, "utf8");
  const before = text.slice(0, text.indexOf(MARK) + MARK.length);
  const [{ model } = { model: "unknown processor" }] = cpus();
  const chromium = execFileSync(findChromium(), ["--version"], { encoding: "utf8" }).trim();
  const facts = [
    `Measured on ${new Date().toISOString().slice(0, 10)}, on ${cpus().length} processors (${model.trim()}) with`,
    `${Math.round(totalmem() / 2 ** 30)} GiB, by Node ${process.versions.node} and ${chromium}, in ${Math.round((performance.now() - begun) / 1_000)} s.`,
    `The machine's load was ${loadBefore.toFixed(1)} when the run began and ${loadavg()[0]!.toFixed(1)} when it ended; the run itself makes about 1.`,
  ].join("\n");
  await writeFile(document, `${before}\n\n${facts}\n\n${table}\n`);
}
