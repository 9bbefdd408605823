import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeResult } from "../output/writeResult.js";
import { type Command, SUCCESS, UsageError } from "./command.js";
import { EXITS, OUTPUT } from "./options.js";

export const schema: Command = {
  name: "schema",
  summary: "print the JSON Schema of recordings",
  usage: "[options]",
  options: { output: OUTPUT },
  examples: [{ run: "keyhole schema > recording.schema.json", says: "for an editor, or another program" }],
  exits: EXITS,

  async run(given, terminal) {
    if (given.paths.length) throw new UsageError("schema takes no file.");
    await writeResult(await readFile(SCHEMA, "utf8"), given, terminal);
    return SUCCESS;
  },
};

const SCHEMA = join(import.meta.dirname, "../../docs/recording.schema.json");
