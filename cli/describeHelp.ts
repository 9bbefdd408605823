import type { Command, Option } from "./commands/command.js";
import { HELP } from "./parseArguments.js";
import type { Paint } from "./terminal/terminal.js";

/** What `keyhole --help` prints. */
export function describeProgram(commands: readonly Command[], version: string, paint: Paint): string {
  return [
    `keyhole ${version}: the passkey inspector, on the command line`,
    section("Usage", ["keyhole <command> [options] …"], paint),
    section("Commands", columns(commands.map(({ name, summary }) => [name, summary])), paint),
    section(
      "Options",
      columns([
        ["-h, --help", "this text; after a command: its options, examples and exit codes"],
        ["--version", "the version"],
      ]),
      paint,
    ),
  ].join("\n\n");
}

/** What `keyhole <command> --help` prints. */
export function describeCommand(
  { name, summary, usage, options, examples, exits }: Command,
  paint: Paint,
): string {
  const rows = Object.entries({ ...options, help: HELP }).map(([long, option]) => [
    describeOption(long, option),
    option.says,
  ]);
  return [
    `keyhole ${name}: ${summary}`,
    section("Usage", [`keyhole ${name} ${usage}`], paint),
    section("Options", columns(rows), paint),
    section(
      "Examples",
      examples.flatMap(({ run, says }) => [paint("dim", `# ${says}`), run]),
      paint,
    ),
    section("Exit codes", columns(Object.entries(exits)), paint),
  ].join("\n\n");
}

function describeOption(long: string, { short, value }: Option): string {
  return `${short ? `-${short}, ` : ""}--${long}${value === undefined ? "" : ` ${value}`}`;
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return [paint("bold", title), ...lines.map((line) => `  ${line}`)].join("\n");
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = ""]) => left.length));
  return rows.map(([left = "", right = ""]) => `${left.padEnd(width)}  ${right}`);
}
