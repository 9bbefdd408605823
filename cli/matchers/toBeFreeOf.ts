import type { Platform, Recording, Severity } from "../../src/index.js";
import { judgeNow } from "./judgeNow.js";

export interface FreeOfOptions {
  /**
   * Judge as if the page had run there: "ios-18", "ios-18.3", "ipados-17.6", "ios-18.3-webview", "current".
   * Default: the iPhone or iPad that a call was recorded on, or else the current iOS.
   */
  platform?: string | Platform;
  /** ids of rules to leave out */
  ignore?: readonly string[];
}

export interface KeyholeMatchers<Result = unknown> {
  /**
   * No finding of that severity, or a graver one, in a recording; or none of the rule of that id. The
   * message of a failure is the report.
   */
  toBeFreeOf(what: Severity | (string & {}), options?: FreeOfOptions): Result;
}

export interface Matched {
  pass: boolean;
  message(): string;
}

/**
 * The matcher, for `expect.extend({ toBeFreeOf })` of Vitest, Jest or Playwright Test. Judges at once, so it
 * needs no `await`. Throws where `received` is no recording, or the platform or rule does not exist.
 *
 * received: a recording, or its text
 */
export function toBeFreeOf(
  received: Recording | string,
  what: Severity | (string & {}),
  { platform, ignore = [] }: FreeOfOptions = {},
): Matched {
  const text = typeof received === "string" ? received : (JSON.stringify(received) ?? "");
  const { count, judgedAs, report } = judgeNow({
    text,
    what,
    ignore,
    ...(platform !== undefined && { platform }),
  });
  const free = NOUNS[what] ?? `findings of ${what}`;
  return {
    pass: count === 0,
    message: () =>
      count === 0
        ? `The recording is free of ${free}, judged as ${judgedAs}, and was not expected to be.`
        : `The recording was expected to be free of ${free}, judged as ${judgedAs}. Found: ${count}.\n\n${report}`,
  };
}

const NOUNS: Record<string, string | undefined> = {
  error: "errors",
  warning: "errors and warnings",
  info: "findings",
};
