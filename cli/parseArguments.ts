import { parseArgs } from "node:util";
import { type Command, type Given, type Option, UsageError } from "./commands/command.js";

/** The words after a command's name, read by its options. Throws a UsageError that says what is wrong. */
export function parseArguments(command: Command, words: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: HELP }).map(([name, { value, short, multiple = false }]) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        multiple,
        ...(short && { short }),
      },
    ]),
  );
  const { values, positionals } = parse();
  return {
    paths: positionals,
    flag: (name) => values[name] === true,
    text: (name) => (typeof values[name] === "string" ? values[name] : undefined),
    texts: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
  };

  function parse() {
    try {
      return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // Node's own words, without its advice on how to write a dash.
      throw new UsageError(`${error.message.split(". ")[0]!.replace(/\.$/, "")}.`);
    }
  }
}

export const HELP: Option = { short: "h", says: "this text" };
