import type { Command } from "./command.js";
import { lint } from "./lint.js";
import { report } from "./report.js";

/** In the order in which the help tells them. */
export const COMMANDS: readonly Command[] = [lint, report];
