import type { MakeFormat } from "./format.js";
import { github } from "./github.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { pretty } from "./pretty.js";
import { sarif } from "./sarif.js";

export const FORMATS: Readonly<Record<string, MakeFormat>> = { pretty, json, sarif, junit, github };
