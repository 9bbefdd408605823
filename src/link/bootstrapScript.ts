import { halvesOf } from "./linkKey.js";
import type { BootstrapOptions } from "./reading.js";

/**
 * The hook as a script for a place without a content script: Web Inspector's Inspector Bootstrap Script,
 * a new-document script, an evaluation. It may run any number of times in the same page.
 *
 * built: the text of `dist/hook/keyhole-bootstrap.js`. Throws where it is something else, or the key is none.
 */
export function bootstrapScript(built: string, { key, ...others }: BootstrapOptions): string {
  const parts = built.split(PLACEHOLDER);
  if (parts.length !== 2) throw new TypeError(`not the built bootstrap script: no ${PLACEHOLDER} in it`);
  const options = JSON.stringify({ ...halvesOf(key), ...others } satisfies BootstrapSecrets);
  return `${parts.join(options).trimEnd()}\n${SOURCE_URL}\n`;
}

/** What the script finds in place of the placeholder. */
export type BootstrapSecrets = Omit<BootstrapOptions, "key"> & { ask: string; mark: string };

const PLACEHOLDER = "__KEYHOLE_BOOTSTRAP__";
/** A name by which the hook knows its own frames in a stack, see `stacks.ts`. */
const SOURCE_URL = "//# sourceURL=keyhole-extension://bootstrap.js";
