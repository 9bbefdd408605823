import type { AnyTarget } from "./target.js";
import { answers } from "./targets/answers.js";
import { consoleText } from "./targets/consoleText.js";
import { decoders } from "./targets/decoders.js";
import { hookMessages } from "./targets/hookMessages.js";
import { imports } from "./targets/imports.js";
import { recordings } from "./targets/recordings.js";
import { wire } from "./targets/wire.js";

/** Everything that takes what others made. */
export const TARGETS: readonly AnyTarget[] = [
  ...decoders,
  ...recordings,
  ...imports,
  ...hookMessages,
  ...answers,
  ...wire,
  ...consoleText,
];
