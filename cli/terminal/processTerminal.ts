import { styleText } from "node:util";
import type { Paint, Terminal } from "./terminal.js";

/** The terminal, or the pipes, that this process was started with. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // Who reads no further (`keyhole lint | head`) has seen enough: no error, but no success either.
  stdout.on("error", stopIfClosed);
  stderr.on("error", stopIfClosed);
  let shown = "";
  const clear = () => {
    if (shown) stderr.write("\r\u001b[2K");
    shown = "";
  };
  return {
    write(text) {
      clear();
      if (text === "") return Promise.resolve();
      return new Promise((resolve) => {
        if (stdout.write(text)) resolve();
        else stdout.once("drain", resolve);
      });
    },
    note(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      if (!stderr.isTTY || env.CI) return;
      clear();
      if (line === undefined) return;
      shown = line.slice(0, (stderr.columns || 80) - 1);
      stderr.write(shown);
    },
    paint: painter(stdout.isTTY, env),
    paintNote: painter(stderr.isTTY, env),
    stdin,
    stdinIsTerminal: stdin.isTTY === true,
    cwd: process.cwd(),
    interrupted: new Promise((resolve) => process.once("SIGINT", () => resolve())),
  };
}

/** What a shell says of a program that was stopped by SIGPIPE. */
const READER_GONE = 141;

function stopIfClosed(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(READER_GONE);
  throw error;
}

/** @see https://no-color.org, https://force-color.org */
function painter(isTerminal: boolean | undefined, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): Paint {
  const isWanted = NO_COLOR
    ? false
    : FORCE_COLOR !== undefined
      ? FORCE_COLOR !== "0" && FORCE_COLOR !== "false"
      : isTerminal === true && TERM !== "dumb";
  return isWanted ? (style, text) => styleText(style, text) : (_, text) => text;
}
