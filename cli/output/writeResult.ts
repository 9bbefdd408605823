import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Given, UsageError } from "../commands/command.js";
import { describeFileError } from "../input/findFiles.js";
import type { Terminal } from "../terminal/terminal.js";

/** Writes a command's result to the file that `--output` names, or to standard output. */
export async function writeResult(text: string, given: Given, terminal: Terminal): Promise<void> {
  const file = given.text("output");
  if (file === undefined || file === "-") return terminal.write(text);
  await writeFile(resolve(terminal.cwd, file), text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `${file} can't be written: ${WHY_NOT[error.code ?? ""] ?? describeFileError(error)}`,
    );
  });
}

/** What the same errors mean where a file is read is another matter. */
const WHY_NOT: Record<string, string | undefined> = {
  EACCES: "that is not allowed.",
  EPERM: "that is not allowed.",
  EROFS: "that is not allowed.",
  ENOENT: "there is no such folder.",
};
