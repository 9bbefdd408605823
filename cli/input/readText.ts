import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { MAX_RECORDING_LENGTH } from "../../src/index.js";
import type { Terminal } from "../terminal/terminal.js";
import { describeFileError } from "./findFiles.js";

/**
 * The text of a file, or of standard input ("-"): UTF-8, or UTF-16 with a byte order mark, as some
 * shells on Windows write it. Bytes that are no text come as bytes. A sentence says why something
 * can't be read: it is not there, or larger than any recording (which is then not read to its end).
 */
export async function readText(
  file: string,
  terminal: Terminal,
): Promise<{ text: string } | { bytes: Uint8Array } | { problem: string }> {
  const path = resolve(terminal.cwd, file);
  try {
    // A pipe or a device has no size to go by: there, what comes is counted.
    const size = file === "-" ? 0 : (await stat(path)).size;
    if (size > MAX_RECORDING_LENGTH) return tooLarge(`It has ${megabytes(size)} MB`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of file === "-" ? terminal.stdin : createReadStream(path)) {
      length += chunk.length;
      if (length > MAX_RECORDING_LENGTH) return tooLarge(`It has more than ${megabytes(length)} MB`);
      chunks.push(chunk);
    }
    return decode(Buffer.concat(chunks, length));
  } catch (error) {
    return { problem: sentence(describeFileError(error as NodeJS.ErrnoException)) };
  }
}

function decode(bytes: Buffer): { text: string } | { bytes: Uint8Array } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes) };
  return isUtf8(bytes) ? { text: bytes.toString("utf8") } : { bytes };
}

function tooLarge(what: string): { problem: string } {
  return { problem: `${what}; a recording has at most ${megabytes(MAX_RECORDING_LENGTH)} MB.` };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
