import { readPngHead } from "./png.js";

/** What a store would refuse in a set of screenshots, by file name; in sentences. */
export function screenshotProblems(screenshots: ReadonlyMap<string, Uint8Array>): string[] {
  const problems = [...screenshots].flatMap(([name, bytes]) => {
    const head = readPngHead(bytes);
    if (!head) return [`${name} is not a PNG`];
    const size = `${head.width} by ${head.height}`;
    return [
      ...(size === "1280 by 800" ? [] : [`${name} is ${size} pixels, not 1280 by 800`]),
      ...(head.isOpaque ? [] : [`${name} has an alpha channel`]),
      ...(bytes.length <= MOST_BYTES ? [] : [`${name} has ${bytes.length} bytes`]),
    ];
  });
  if (screenshots.size < 1 || screenshots.size > 5)
    problems.push(`there are ${screenshots.size}, not 1 to 5`);
  return problems;
}

/** Of our own: they lie in the repository. */
const MOST_BYTES = 300_000;
