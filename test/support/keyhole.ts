import { spawn } from "node:child_process";
import { built } from "../build/built.js";

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  input?: string | Uint8Array;
  cwd?: string;
  env?: Record<string, string>;
}

/** Runs the built command line as a process of its own, with pipes for a terminal. */
export function keyhole(
  words: readonly string[],
  { input = "", cwd, env = {} }: RunOptions = {},
): Promise<Ran> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...plain } = process.env;
  const child = spawn(process.execPath, [built("cli/keyhole.js"), ...words], {
    cwd,
    env: { ...plain, ...env },
  });
  const ran: Ran = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ran.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ran.stderr += text;
  });
  // A program that does not read its input to the end closes it.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ran, code }));
  });
}
