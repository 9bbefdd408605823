import type { Call, Environment } from "./recording.js";

/**
 * What is known of the page at the moment of the call: nothing where no hook was there. The members that the
 * format demands of an imported call stand there for want of a word for "unknown".
 */
export function environmentOf({ environment, imported }: Call): Partial<Environment> {
  return imported ? {} : environment;
}
