import type { Recording } from "../../src/index.js";
import { driverOf, type Recordable } from "./driver.js";
import { createLog } from "./log.js";
import { type Link, openLink } from "./openLink.js";

export type {
  AnyFrame,
  AnyPage,
  BidiConnection,
  PlaywrightContext,
  PlaywrightPage,
  PuppeteerPage,
  Recordable,
} from "./driver.js";

export interface Recorder {
  /** What was called since the recorder began, calls that are still pending included. */
  recording(): Promise<Recording>;
  /** Forgets what was called up to now. */
  clear(): Promise<void>;
  /** Records no more, and gives back what was recorded. */
  stop(): Promise<Recording>;
}

/**
 * Records what pages ask of WebAuthn in a test: of a page or a browser context of Playwright, of a page of
 * Puppeteer, by the DevTools protocol or by WebDriver BiDi, or of a session of WebDriver BiDi. From its next document on, a page is hooked
 * before its first script, in frames too; what it shows already is hooked now. What was called
 * stays in the recording when its page goes.
 *
 * Rejects where the argument is none of these. The hook stays in the pages after `stop`, and tells what it sees in
 * marked lines (`keyhole:…`) on their consoles, which the recorder listens to.
 */
export async function record(target: Recordable): Promise<Recorder> {
  const link = await linkTo(target);
  await link.read();
  const log = createLog("keyhole/recorder");
  const unsubscribe = link.subscribe(log);
  let last: Recording | undefined;

  return {
    async recording() {
      if (last) return last;
      await link.read();
      return log.recording();
    },
    async clear() {
      await link.read();
      log.clear();
    },
    async stop() {
      if (last) return last;
      await link.read();
      unsubscribe();
      last = log.recording();
      return last;
    },
  };
}

/** A document has one hook, which answers to one key: whoever records the same page shares the link to it. */
const links = new WeakMap<Recordable, Promise<Link>>();

function linkTo(target: Recordable): Promise<Link> {
  const known = links.get(target);
  if (known) return known;
  const link = openLink(driverOf(target));
  links.set(target, link);
  return link;
}
