import { redactAndTell, serializeRecording } from "../../src/index.js";
import { writeResult } from "../output/writeResult.js";
import { type Command, SUCCESS } from "./command.js";
import { openOne } from "./openOne.js";
import { chooseFrom, EXITS, OUTPUT } from "./options.js";

export const redact: Command = {
  name: "redact",
  summary: "mask a recording: names, ids, challenges, keys become pseudonyms, findings stay",
  usage: "[options] <file | ->",
  options: {
    profile: {
      value: "NAME",
      says: "pseudonymous keeps hosts and paths, minimal masks these, too; default: pseudonymous",
    },
    output: OUTPUT,
  },
  examples: [
    { run: "keyhole redact login.keyhole.json > masked.keyhole.json", says: "for a bug report" },
    {
      run: "keyhole redact --profile minimal -o masked.keyhole.json login.keyhole.json",
      says: "hosts as well",
    },
  ],
  exits: EXITS,

  async run(given, terminal) {
    const profile = chooseFrom(["pseudonymous", "minimal"], given, "profile", "pseudonymous");
    const recording = await openOne(given, terminal);
    if (typeof recording === "number") return recording;
    const { recording: masked, values } = await redactAndTell(recording, { profile });
    await writeResult(serializeRecording(masked), given, terminal);
    const already = recording.redaction && values.length === 0;
    terminal.note(already ? "It was masked already." : `Masked: ${values.length} values.`);
    return SUCCESS;
  },
};
