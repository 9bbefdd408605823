import { readFileSync } from "node:fs";
import { SIZE_LIMITS, sizeOf } from "../../packaging/release/sizes.js";
import type { Bench, Row } from "./row.js";

const KIB = 1024;

const read = (path: string) => readFileSync(new URL(path, import.meta.url));
const say = (bytes: number) => `${(bytes / KIB).toFixed(2)} KiB`;

/** What every secure page has to load, and what is started for it again and again. */
const size: Bench = async () => {
  const bounded = ([file, limit]: [string, number]): Row => {
    const bytes = sizeOf(read(`../../dist/chrome/${file}`));
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
    ...Object.entries(SIZE_LIMITS).map(bounded),
    {
      what: "bytes added to every page: both, as they are",
      measured: say(own.reduce((sum, { length }) => sum + length, 0)),
      others: others.join(", "),
    },
  ];
};

export default size;
