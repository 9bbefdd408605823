import type { Ceremony, CredentialHistory } from "./ceremony/ceremony.js";
import type { Recording } from "./recording/recording.js";
import type { Finding, Undecided } from "./rules/rule.js";
import type { Platform } from "./spec/platforms.js";

export interface Analysis {
  recording: Recording;
  ceremonies: Ceremony[];
  findings: Finding[];
  /** what could not be told, and why */
  undecided: Undecided[];
  /** one row per credential ever seen, across calls */
  credentials: CredentialHistory[];
}

/**
 * Decodes and judges a recording.
 *
 * platform: judge as if the page ran there; default: what each realm's user agent says, and
 * current iOS for the rest.
 */
export async function analyze(
  recording: Recording,
  _options: { platform?: Platform } = {},
): Promise<Analysis> {
  return { recording, ceremonies: [], findings: [], undecided: [], credentials: [] };
}
