import { analyze, toMarkdown } from "../../src/index.js";
import { writeResult } from "../output/writeResult.js";
import { type Command, SUCCESS } from "./command.js";
import { openOne } from "./openOne.js";
import { EXITS, OUTPUT, PLATFORM, platformOf } from "./options.js";

export const report: Command = {
  name: "report",
  summary: "write what a recording shows as Markdown, for an issue tracker",
  usage: "[options] <file | ->",
  options: { platform: PLATFORM, output: OUTPUT },
  examples: [
    { run: "keyhole report login.keyhole.json > report.md", says: "the whole report" },
    { run: "keyhole report -p ios-17 login.keyhole.json | gh issue create -F -", says: "as an issue" },
  ],
  exits: EXITS,

  async run(given, terminal) {
    const options = platformOf(given);
    const recording = await openOne(given, terminal);
    if (typeof recording === "number") return recording;
    await writeResult(toMarkdown(await analyze(recording, options)), given, terminal);
    return SUCCESS;
  },
};
