import type { Recording } from "../../src/index.js";
import { openRecording } from "../input/openRecording.js";
import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import { type Given, TROUBLE, UsageError } from "./command.js";

/** The one recording that the command line names; or the exit code, when it has been said what is wrong with it. */
export function openOne({ paths }: Given, terminal: Terminal): Promise<Recording | number> {
  const [file, ...others] = paths;
  if (file === undefined || others.length) throw new UsageError("Name one file, or - for standard input.");
  return openFile(file, terminal);
}

/** The recording in a file; or the exit code, when it has been said what is wrong with it. */
export async function openFile(file: string, terminal: Terminal): Promise<Recording | number> {
  const { recording, problems } = await openRecording(file, terminal);
  const name = file === "-" ? "standard input" : file;
  for (const { message } of problems.slice(0, SHOWN_PROBLEMS))
    terminal.note(
      `${terminal.paintNote(recording ? "yellow" : "red", printable(name))}: ${printable(message)}`,
    );
  return recording ?? TROUBLE;
}

const SHOWN_PROBLEMS = 10;
