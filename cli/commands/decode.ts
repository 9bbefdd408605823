import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { analyze, type Ceremony, importAnything, type Verdict } from "../../src/index.js";
import { readText } from "../input/readText.js";
import { describeTree } from "../output/describeTree.js";
import { toPlainJson } from "../output/toPlainJson.js";
import { writeResult } from "../output/writeResult.js";
import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import { type Command, type Given, SUCCESS, TROUBLE, UsageError } from "./command.js";
import { chooseFrom, EXITS, OUTPUT } from "./options.js";

export const decode: Command = {
  name: "decode",
  summary: "take apart anything with a ceremony in it, and verify it",
  usage: "[options] <file | text | ->",
  options: {
    format: { short: "f", value: "NAME", says: "pretty, json; default: pretty" },
    output: OUTPUT,
  },
  examples: [
    { run: "keyhole decode response.json", says: "a response as JSON, a recording, a HAR file, …" },
    {
      run: "keyhole decode o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVjE…",
      says: "bytes in base64url, base64 or hex",
    },
    { run: "keyhole decode -f json login.har | jq .calls[].decoded", says: "for a script" },
  ],
  exits: {
    ...EXITS,
    0: "something was decoded, with problems or without",
    2: "the command line is wrong, or nothing in it can be read",
  },

  async run(given, terminal) {
    const format = chooseFrom(["pretty", "json"], given, "format", "pretty");
    const { name, input, problem } = await readInput(given, terminal);
    if (input === undefined) return refuse(name, [problem ?? ""], terminal);
    const { recording, takenFor, problems, unreadable } = await importAnything(input);
    if (!recording)
      return refuse(
        name,
        problems.map(({ message }) => message),
        terminal,
      );
    const { ceremonies } = await analyze(recording);
    const calls = recording.calls.map(({ api, arguments: args, outcome }, index) => {
      const { rpId, kind, decoded, verdicts } = ceremonies[index]!;
      return { api, kind, rpId, arguments: args, outcome, decoded, verdicts };
    });
    const told = { takenFor, unreadable, problems, calls };
    const text =
      format === "json" ? `${JSON.stringify(toPlainJson(told), null, 2)}\n` : describe(told, terminal);
    await writeResult(text, given, terminal);
    return SUCCESS;
  },
};

/** A file, standard input, or the very text where there is no such file. */
async function readInput(
  { paths }: Given,
  terminal: Terminal,
): Promise<{ name: string; input?: string | Uint8Array; problem?: string }> {
  const [first, ...others] = paths;
  if (first === undefined || others.length)
    throw new UsageError("Name one file, a text, or - for standard input.");
  const isFile = first === "-" || existsSync(resolve(terminal.cwd, first));
  if (!isFile && LOOKS_LIKE_A_PATH.test(first)) return { name: first, problem: "There is no such file." };
  if (!isFile) return { name: "the text", input: first };
  const read = await readText(first, terminal);
  const name = first === "-" ? "standard input" : first;
  if ("problem" in read) return { name, problem: read.problem };
  return { name, input: "text" in read ? read.text : read.bytes };
}

/** An ending, or a folder: neither base64url nor hex has dots. */
const LOOKS_LIKE_A_PATH = /^[^{[\s]{1,255}\.\w{1,8}$/;

function refuse(name: string, messages: readonly string[], terminal: Terminal): number {
  for (const message of messages.slice(0, 10))
    terminal.note(`${terminal.paintNote("red", printable(name))}: ${printable(message)}`);
  return TROUBLE;
}

interface Told {
  takenFor: string | undefined;
  unreadable: number;
  problems: readonly { message: string }[];
  calls: readonly {
    api: string;
    rpId: string | undefined;
    outcome: unknown;
    decoded: Ceremony["decoded"];
    verdicts: readonly Verdict[];
  }[];
}

function describe({ takenFor, unreadable, problems, calls }: Told, { paint }: Terminal): string {
  const lines = [`Taken for: ${printable(takenFor ?? "recording")}`];
  for (const { message } of problems) lines.push(`${paint("yellow", "note")}  ${printable(message)}`);
  if (unreadable > problems.length)
    lines.push(`and ${unreadable - problems.length} more that could not be read`);
  for (const [index, { api, rpId, decoded, verdicts }] of calls.entries()) {
    const title = `call ${index + 1}, ${api.replace(/^.*\./, "")}()${rpId === undefined ? "" : ` for ${rpId}`}`;
    lines.push("", paint("bold", printable(title)));
    for (const [name, part] of Object.entries(decoded)) {
      const { value, problems: found = [] } = (part ?? {}) as {
        value?: unknown;
        problems?: { message: string }[];
      };
      lines.push(`  ${paint("underline", name)}`, ...describeTree(value, "    "));
      for (const { message } of found) lines.push(`    ${paint("red", "problem")}  ${printable(message)}`);
    }
    if (verdicts.length) lines.push(`  ${paint("underline", "what a server would say")}`);
    for (const { check, outcome, because } of verdicts)
      if (outcome !== "not-applicable")
        lines.push(`    ${paint(OUTCOMES[outcome], outcome.padEnd(11))}  ${check}: ${printable(because)}`);
  }
  return `${lines.join("\n")}\n`;
}

const OUTCOMES = { pass: "green", fail: "red", "cannot-tell": "yellow" } as const;
