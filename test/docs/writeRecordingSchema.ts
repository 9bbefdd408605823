import { writeFile } from "node:fs/promises";
import { recordingJsonSchema, writeJsonSchema } from "./recordingJsonSchema.js";

/** Writes the schema; `test/src/recording/schema.test.ts` fails while it is out of date. */
await writeFile(
  new URL("../../docs/recording.schema.json", import.meta.url),
  writeJsonSchema(recordingJsonSchema()),
);
