import { type Problem, parseRecording, type Recording } from "../../src/index.js";
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

/** Opens a recording. Never throws: what is wrong stands in `problems`, with its place. */
export async function openRecording(file: string, terminal: Terminal): Promise<Opened> {
  const read = await readText(file, terminal);
  if ("problem" in read) return { file, problems: [problemOf("unreadable", read.problem)] };
  if ("bytes" in read) {
    const message = "It is no text: some of its bytes are not UTF-8.";
    return { file, problems: [problemOf("not-text", message)] };
  }
  const { text } = read;
  const { recording, problems } = parseRecording(text);
  return recording ? { file, recording, problems, text } : { file, problems };
}

function problemOf(code: string, message: string): Problem {
  return { code, message, offset: 0, length: 0 };
}
