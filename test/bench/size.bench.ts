import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Bench, Row } from "./row.js";

const KIB = 1024;

const read = (path: string) => readFileSync(new URL(path, import.meta.url));
const gzipped = (...files: Buffer[]) =>
  files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
const say = (bytes: number) => `${(bytes / KIB).toFixed(2)} KiB`;

/** What every secure page has to load. */
const size: Bench = async () => {
  const bounded = (file: string, limit: number): Row => {
    const bytes = gzipped(read(`../../dist/chrome/${file}`));
    return {
      what: `${file}, gzipped`,
      measured: say(bytes),
      bound: `≤ ${limit / KIB} KiB`,
      holds: bytes <= limit,
    };
  };
  const own = ["page-hook.js", "content.js"].map((file) => read(`../../dist/chrome/${file}`));
  const peers = {
    panel: ["content.js", "injected.js"],
    recorder: ["content.js", "inject.js"],
  };
  const others = Object.entries(peers).map(([name, files]) => {
    const bytes = files.reduce((sum, file) => sum + read(`./peers/${name}/${file}`).length, 0);
    return `${say(bytes)} (${name} stand-in, not minified)`;
  });
  return [
    bounded("page-hook.js", 6 * KIB),
    bounded("content.js", 3 * KIB),
    {
      what: "bytes added to every page: both, as they are",
      measured: say(own.reduce((sum, { length }) => sum + length, 0)),
      others: others.join(", "),
    },
  ];
};

export default size;
