import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Bench } from "./row.js";

const KIB = 1024;

/** What every secure page has to load, and what is started for it again and again. */
const size: Bench = async () =>
  [
    { file: "page-hook.js", limit: 6 * KIB },
    { file: "content.js", limit: 3 * KIB },
    { file: "background.js", limit: 10 * KIB },
  ].map(({ file, limit }) => {
    const bytes = gzipSync(readFileSync(new URL(`../../dist/chrome/${file}`, import.meta.url)), {
      level: 9,
    }).length;
    return {
      what: `${file}, gzipped`,
      measured: `${(bytes / KIB).toFixed(2)} KiB`,
      bound: `≤ ${limit / KIB} KiB`,
      holds: bytes <= limit,
    };
  });

export default size;
