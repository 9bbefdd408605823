import { SUCCESS, TROUBLE, UsageError } from "./commands/command.js";
import { COMMANDS } from "./commands/index.js";
import { describeCommand, describeProgram } from "./describeHelp.js";
import { nearest } from "./nearest.js";
import { parseArguments } from "./parseArguments.js";
import { printable } from "./terminal/printable.js";
import type { Terminal } from "./terminal/terminal.js";

/** Runs the command that the words of a command line ask for. Resolves with the exit code. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === "--version" || name === "-V") {
    await terminal.write(`${__KEYHOLE_VERSION__}\n`);
    return SUCCESS;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    const asked = COMMANDS.find((command) => command.name === rest[0]);
    const { paint } = terminal;
    await terminal.write(
      `${asked ? describeCommand(asked, paint) : describeProgram(COMMANDS, __KEYHOLE_VERSION__, paint)}\n`,
    );
    return SUCCESS;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) return complain(terminal, unknownCommand(name), "keyhole --help");
  try {
    const given = parseArguments(command, rest);
    if (given.flag("help")) {
      await terminal.write(`${describeCommand(command, terminal.paint)}\n`);
      return SUCCESS;
    }
    return await command.run(given, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return complain(terminal, error.message, `keyhole ${command.name} --help`);
  }
}

function unknownCommand(name: string | undefined): string {
  if (name === undefined) return "Which command?";
  const close = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  return `There is no command "${name.slice(0, 60)}"${close ? `; did you mean "${close}"?` : "."}`;
}

function complain(terminal: Terminal, message: string, help: string): number {
  terminal.note(`${terminal.paintNote("red", "keyhole:")} ${printable(message)}`);
  terminal.note(`${help} tells more.`);
  return TROUBLE;
}
