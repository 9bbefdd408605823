import { importAnything, type Problem, parseRecording, type Recording } from "../../src/index.js";
import type { Terminal } from "../terminal/terminal.js";
import { readText } from "./readText.js";

/** A file, opened. `problems` are what could be lived with, or else why there is no recording. */
export interface Opened {
  /** as named on the command line; "-" for standard input */
  file: string;
  recording?: Recording;
  problems: Problem[];
  /** the text of the recording, if the file is one, for places in it */
  text?: string;
}

/**
 * Opens a recording, or whatever else can be imported as one; what is named `.keyhole.json` has to be a
 * recording. Never throws: what is wrong stands in `problems`, with its place.
 */
export async function openRecording(file: string, terminal: Terminal): Promise<Opened> {
  const read = await readText(file, terminal);
  if ("problem" in read) return { file, problems: [problemOf("unreadable", read.problem)] };
  const isNamedRecording = file.endsWith(".keyhole.json");
  if ("bytes" in read) {
    if (!isNamedRecording) return importAs(file, read.bytes);
    return { file, problems: [problemOf("not-text", "It is no text: some of its bytes are not UTF-8.")] };
  }
  const { text } = read;
  const { recording, problems } = parseRecording(text);
  if (recording) return { file, recording, problems, text };
  return isNamedRecording || /"keyhole-recording"/.test(text.slice(0, 200))
    ? { file, problems }
    : importAs(file, text);
}

async function importAs(file: string, input: string | Uint8Array): Promise<Opened> {
  const { recording, problems } = await importAnything(input);
  return { file, problems, ...(recording && { recording }) };
}

function problemOf(code: string, message: string): Problem {
  return { code, message, offset: 0, length: 0 };
}
