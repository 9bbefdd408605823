import { attach } from "./attach.js";
import type { Command } from "./command.js";
import { decode } from "./decode.js";
import { diff } from "./diff.js";
import { lint } from "./lint.js";
import { redact } from "./redact.js";
import { report } from "./report.js";
import { schema } from "./schema.js";

/** In the order in which the help tells them. */
export const COMMANDS: readonly Command[] = [lint, decode, diff, redact, report, attach, schema];
