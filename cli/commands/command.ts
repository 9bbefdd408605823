import type { Terminal } from "../terminal/terminal.js";

/** One command: what `--help` tells of it, and what it does. */
export interface Command {
  name: string;
  /** one line, for the list of commands */
  summary: string;
  /** what stands after the name, e.g. "[options] <file | folder | glob | -> …" */
  usage: string;
  options: Readonly<Record<string, Option>>;
  examples: readonly { run: string; says: string }[];
  /** what the exit codes mean; 2 is the same for all */
  exits: Readonly<Record<number, string>>;
  /** The exit code. Throws a {@link UsageError} where the command line asks for what is not there. */
  run(given: Given, terminal: Terminal): Promise<number>;
}

export interface Option {
  /** what stands for the value; absent: the option has none */
  value?: string;
  short?: string;
  multiple?: boolean;
  says: string;
}

/** The command line, read. */
export interface Given {
  /** what was named without an option */
  paths: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
}

/** The command line is wrong; the message says how, and what would be right. */
export class UsageError extends Error {}

export const SUCCESS = 0;
/** What was looked for was found: errors, or differences. */
export const FOUND = 1;
/** The command line is wrong, or something could not be read. */
export const TROUBLE = 2;
