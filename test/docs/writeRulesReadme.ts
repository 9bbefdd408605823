import { writeFile } from "node:fs/promises";
import { describeRules } from "../../src/rules/describeRules.js";
import { RULES } from "../../src/rules/index.js";

/** Writes the catalogue; `test/architecture/rules.test.ts` fails while it is out of date. */
await writeFile(new URL("../../src/rules/README.md", import.meta.url), describeRules(RULES));
