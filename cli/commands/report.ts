import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { analyze, EXPORT_FORMATS, redact } from "../../src/index.js";
import { writeResult } from "../output/writeResult.js";
import { type Command, SUCCESS } from "./command.js";
import { openOne } from "./openOne.js";
import { chooseFrom, EXITS, OUTPUT, PLATFORM, platformOf } from "./options.js";

const FORMATS = EXPORT_FORMATS.filter(({ id }) => id !== "recording");

export const report: Command = {
  name: "report",
  summary: "write what a recording shows, masked, for people without Keyhole",
  usage: "[options] <file | ->",
  options: {
    format: { short: "f", value: "NAME", says: `${FORMATS.map(({ id }) => id).join(", ")}; default: report` },
    platform: PLATFORM,
    unmasked: { says: "names, ids and addresses as they were seen" },
    output: OUTPUT,
  },
  examples: [
    { run: "keyhole report login.keyhole.json > report.md", says: "Markdown, for an issue tracker" },
    { run: "keyhole report -f html -o login.html login.keyhole.json", says: "a page that shows all of it" },
    { run: "keyhole report -f javascript --unmasked login.keyhole.json", says: "to make the calls again" },
  ],
  exits: EXITS,

  async run(given, terminal) {
    const options = platformOf(given);
    const id = chooseFrom(
      FORMATS.map((each) => each.id),
      given,
      "format",
      "report",
    );
    const format = FORMATS.find((each) => each.id === id)!;
    const opened = await openOne(given, terminal);
    if (typeof opened === "number") return opened;
    const recording = given.flag("unmasked") ? opened : await redact(opened);
    const judged = format.needs === "analysis" ? await analyze(recording, options) : undefined;
    const viewer = format.needs === "viewer" ? await readFile(VIEWER, "utf8") : undefined;
    await writeResult(format.write({ recording, judged, viewer }), given, terminal);
    return SUCCESS;
  },
};

/** The panel as one page, which the build puts beside the command line's folder. */
const VIEWER = join(import.meta.dirname, "../standalone/viewer.html");
