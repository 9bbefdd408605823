import { gzipSync } from "node:zlib";

const KIB = 1024;

/**
 * Bytes that what every secure page gets may have, gzipped; and the background, which is started whenever a
 * page calls, and stopped soon after.
 */
export const SIZE_LIMITS: Readonly<Record<string, number>> = {
  "page-hook.js": 6 * KIB,
  "content.js": 3 * KIB,
  "background.js": 11 * KIB,
};

export const sizeOf = (content: Uint8Array): number => gzipSync(content, { level: 9 }).length;

/** sizes: by file, gzipped. */
export function sizeProblems(sizes: Readonly<Record<string, number>>): string[] {
  return Object.entries(SIZE_LIMITS).flatMap(([file, limit]) => {
    const size = sizes[file];
    if (size === undefined) return [`${file} was not measured`];
    return size <= limit ? [] : [`${file} has ${size} of at most ${limit} bytes, gzipped`];
  });
}
