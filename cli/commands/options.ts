import { type AnalyzeOptions, RULES } from "../../src/index.js";
import { nearest } from "../nearest.js";
import { parsePlatform } from "../parsePlatform.js";
import { type Given, type Option, UsageError } from "./command.js";

// What several commands have in common on the command line.

export const PLATFORM: Option = {
  short: "p",
  value: "NAME",
  says: "judge as if it had run there: ios-18, ios-18.3, ipados-17.6, ios-18.3-webview, current",
};

export const IGNORE: Option = { value: "RULE", multiple: true, says: "leave a rule out; may be repeated" };

export const OUTPUT: Option = { short: "o", value: "FILE", says: "write there instead of standard output" };

/** Exit codes of every command; each adds its own. */
export const EXITS = { 0: "done", 2: "the command line is wrong, or something could not be read" };

/** What was named; a usage error if nothing was. */
export function pathsOf({ paths }: Given): readonly string[] {
  if (paths.length) return paths;
  throw new UsageError("Name a file, a folder or a pattern, or - for standard input.");
}

export function platformOf(given: Given): AnalyzeOptions {
  const name = given.text("platform");
  if (name === undefined) return {};
  const parsed = parsePlatform(name);
  if ("problem" in parsed) throw new UsageError(parsed.problem);
  return parsed;
}

export function rulesToIgnore(given: Given): ReadonlySet<string> {
  const ids = RULES.map(({ id }) => id);
  for (const asked of given.texts("ignore")) {
    if (ids.includes(asked)) continue;
    const close = nearest(asked, ids);
    throw new UsageError(`There is no rule "${asked}"${close ? `; did you mean "${close}"?` : "."}`);
  }
  return new Set(given.texts("ignore"));
}

export function chooseFrom<Choice extends string>(
  choices: readonly Choice[],
  given: Given,
  option: string,
  byDefault: NoInfer<Choice>,
): Choice {
  const asked = given.text(option) ?? byDefault;
  const choice = choices.find((each) => each === asked);
  if (choice !== undefined) return choice;
  throw new UsageError(`--${option} is one of ${choices.join(", ")}; "${asked}" is none of them.`);
}
