import type { Call, Finding, Problem, Recording, Undecided } from "../../src/index.js";
import type { Place } from "../input/locate.js";
import type { Paint } from "../terminal/terminal.js";

/** A form in which `lint` tells what it found, written file by file: nothing is kept of those before. */
export interface Format {
  start(): string;
  file(result: LintedFile): string;
  end(summary: LintSummary): string;
}

/** Makes a format for one run. */
export type MakeFormat = (setting: { version: string; judgedAs: string; paint: Paint }) => Format;

export interface LintedFile {
  /** as named on the command line; "-" for standard input */
  file: string;
  /** absent: the file is no recording, and `problems` say why */
  recording?: Recording;
  problems: readonly Problem[];
  findings: readonly LintFinding[];
  undecided: readonly Undecided[];
}

export interface LintFinding {
  finding: Finding;
  call: Call;
  /** of the call within the recording, from 1 */
  callNumber: number;
  rpId?: string;
  /** in the text of the file; absent where the file is another form of recording */
  place?: Place;
  /** it makes the run fail */
  fails: boolean;
}

export interface LintSummary {
  files: number;
  calls: number;
  errors: number;
  warnings: number;
  infos: number;
  undecided: number;
  /** files that are no recordings, and paths that lead nowhere */
  unreadable: number;
  passed: boolean;
}

/** "call 2, create() for example.com" */
export function describeCall({ callNumber, call, rpId }: LintFinding): string {
  return `call ${callNumber}, ${call.api.replace(/^.*\./, "")}()${rpId === undefined ? "" : ` for ${rpId}`}`;
}

/** JSON pointer of a finding in the whole recording. */
export function pointerOf({ callNumber, finding }: LintFinding): string {
  return `/calls/${callNumber - 1}${finding.at}`;
}
