import { readdir } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { formatTable } from "../support/formatTable.js";
import type { Bench, Row } from "./row.js";

/**
 * Runs every `*.bench.ts` of this folder, one after the other, and prints one table. A word
 * in the command line picks the files whose name has it. Fails if a row breaks its bound.
 */
const wanted = process.argv.slice(2);
const files = (await readdir(import.meta.dirname))
  .filter((name) => name.endsWith(".bench.ts"))
  .filter((name) => !wanted.length || wanted.some((word) => name.includes(word)))
  .sort();

const rows: Row[] = [];
for (const file of files) {
  console.error(`${file} …`);
  const { default: bench } = (await import(pathToFileURL(`${import.meta.dirname}/${file}`).href)) as {
    default: Bench;
  };
  rows.push(...(await bench()));
}
print(rows);
process.exitCode = rows.length && rows.every(({ holds = true }) => holds) ? 0 : 1;

function print(all: readonly Row[]): void {
  const body = all.map(({ what, measured, beside = "", ratio, bound = "", holds }) => [
    what,
    measured,
    beside,
    ratio === undefined ? "" : `${ratio.toFixed(2)}×`,
    bound,
    holds === undefined ? "" : holds ? "holds" : "BROKEN",
  ]);
  console.log(formatTable([["what", "with Keyhole", "beside it", "ratio", "bound", ""], ...body]));
}
