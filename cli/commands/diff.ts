import {
  analyze,
  type Call,
  type ComparedPair,
  compareRecordings,
  type Difference,
  describeDifference,
  type Recording,
} from "../../src/index.js";
import { writeResult } from "../output/writeResult.js";
import { printable } from "../terminal/printable.js";
import type { Paint, Style, Terminal } from "../terminal/terminal.js";
import { type Command, FOUND, type Given, SUCCESS, UsageError } from "./command.js";
import { openFile } from "./openOne.js";
import { chooseFrom, EXITS, OUTPUT, PLATFORM, platformOf } from "./options.js";

export const diff: Command = {
  name: "diff",
  summary: "compare two recordings, or two calls: what decides first, what is random left out",
  usage: "[options] <file> <file>",
  options: {
    calls: {
      value: "N,M",
      says: "compare call N of the first with call M of the second; default: all, paired",
    },
    all: { says: "also what differs every time: challenges, ids, signatures" },
    format: { short: "f", value: "NAME", says: "pretty, json; default: pretty" },
    platform: PLATFORM,
    output: OUTPUT,
  },
  examples: [
    {
      run: "keyhole diff mac.keyhole.json iphone.keyhole.json",
      says: "works on the Mac, fails on the iPhone",
    },
    {
      run: "keyhole diff --calls 1,3 login.keyhole.json login.keyhole.json",
      says: "two calls of one recording",
    },
  ],
  exits: {
    ...EXITS,
    0: "no difference that matters",
    1: "there are differences that are decisive or notable",
  },

  async run(given, terminal) {
    const format = chooseFrom(["pretty", "json"], given, "format", "pretty");
    const options = platformOf(given);
    const [first, second, ...others] = given.paths;
    if (first === undefined || second === undefined || others.length) throw new UsageError("Name two files.");
    if (first === "-" && second === "-") throw new UsageError("Only one of the two can be standard input.");
    const a = await openFile(first, terminal);
    const b = await openFile(second, terminal);
    if (typeof a === "number") return a;
    if (typeof b === "number") return b;

    const [chosenA, chosenB] = choose(given, a, b);
    const pairs = compareRecordings(await analyze(chosenA, options), await analyze(chosenB, options));
    const wanted = pairs.map((pair) => ({
      ...pair,
      differences: pair.differences.filter(({ weight }) => given.flag("all") || weight !== "expected"),
    }));
    const numbers = { a: numbersOf(a), b: numbersOf(b) };
    const text = format === "json" ? describeAsJson(wanted, numbers) : describe(wanted, numbers, terminal);
    await writeResult(text, given, terminal);
    const matters = pairs.some(
      ({ a, b, differences }) => !a || !b || differences.some(({ weight }) => weight !== "expected"),
    );
    return matters ? FOUND : SUCCESS;
  },
};

/** The recordings, or what is left of them when two calls were chosen. */
function choose(given: Given, a: Recording, b: Recording): [Recording, Recording] {
  const text = given.text("calls");
  if (text === undefined) return [a, b];
  const [, n, m] = /^(\d{1,9}),(\d{1,9})$/.exec(text) ?? [];
  const [callA, callB] = [a.calls[Number(n) - 1], b.calls[Number(m) - 1]];
  if (n === undefined) throw new UsageError(`--calls is two numbers, as in 1,3; "${text}" is not.`);
  if (!callA) throw new UsageError(`The first recording has no call ${n}: there are ${a.calls.length}.`);
  if (!callB) throw new UsageError(`The second recording has no call ${m}: there are ${b.calls.length}.`);
  return [
    { ...a, calls: [callA] },
    { ...b, calls: [callB] },
  ];
}

interface Numbers {
  a: ReadonlyMap<string, number>;
  b: ReadonlyMap<string, number>;
}

const numbersOf = ({ calls }: Recording): ReadonlyMap<string, number> =>
  new Map(calls.map(({ id }, index) => [id, index + 1]));

function describeAsJson(pairs: readonly ComparedPair[], numbers: Numbers): string {
  const side = (call: Call | undefined, of: ReadonlyMap<string, number>) =>
    call && { callId: call.id, callNumber: of.get(call.id), api: call.api };
  const told = pairs.map(({ a, b, differences }) => ({
    a: side(a, numbers.a),
    b: side(b, numbers.b),
    differences,
  }));
  return `${JSON.stringify({ keyhole: __KEYHOLE_VERSION__, pairs: told }, null, 2)}\n`;
}

const STYLES: Record<Difference["weight"], Style> = { decisive: "red", notable: "yellow", expected: "dim" };

function describe(pairs: readonly ComparedPair[], numbers: Numbers, { paint }: Terminal): string {
  const lines = pairs.flatMap(({ a, b, differences }): string[] => {
    const method = (call: Call) => `${call.api.replace(/^.*\./, "")}()`;
    if (!a || !b) {
      const [call, which, of] = a ? [a, "first", numbers.a] : [b!, "second", numbers.b];
      const sentence = `call ${of.get(call.id)} of the ${which}, ${method(call)}, has no counterpart`;
      return [paint("yellow", printable(sentence)), ""];
    }
    const title = `call ${numbers.a.get(a.id)}, ${method(a)}, and call ${numbers.b.get(b.id)}, ${method(b)}`;
    const body = differences.length
      ? differences.flatMap((each) => describeOne(each, paint))
      : ["  no difference that matters"];
    return [paint("bold", printable(title)), ...body, ""];
  });
  return `${lines.join("\n") || "There are no calls to compare.\n"}`;
}

function describeOne(difference: Difference, paint: Paint): string[] {
  const { weight, area, kind } = difference;
  const { place, a, b } = describeDifference(difference);
  return [
    `  ${paint(STYLES[weight], weight.padEnd(8))}  ${area}: ${printable(place)}${kind === "retyped" ? ", of another type" : ""}`,
    `            ${paint("dim", "first ")}  ${printable(a)}`,
    `            ${paint("dim", "second")}  ${printable(b)}`,
  ];
}
