import type { Realm } from "../../src/index.js";
import type { Message, RealmEvent } from "../background/message.js";

/** Events that may wait for the background; of more, the oldest are lost, which the numbers show. */
const MAX_WAITING = 2000;
const MAX_BATCH = 100;
const RETRY_AFTER_MS = { first: 50, most: 5000 };

/**
 * Takes a realm's events to the background, in order, some at a time, one message under way, again
 * and again until they are acknowledged: a service worker may be stopped before or while it answers.
 *
 * send: rejects or answers nothing of use: try again. isConnected: false means for ever.
 */
export function createOutbox(
  realm: Realm,
  send: (message: Message) => Promise<unknown>,
  isConnected: () => boolean,
) {
  const waiting: RealmEvent[] = [];
  /** the number of the first event that waits */
  let first = 0;
  let isPumping = false;

  const forget = (count: number) => {
    waiting.splice(0, count);
    first += count;
  };
  const batch = (from: number, isLeaving: boolean): Message => ({
    kind: "events",
    realm,
    first: first + from,
    events: waiting.slice(from, from + MAX_BATCH),
    isLeaving,
  });

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    for (let delay = RETRY_AFTER_MS.first; waiting.length > 0 && isConnected(); ) {
      const expected = await send(batch(0, false)).catch(() => undefined);
      if (typeof expected === "number" && expected > first) {
        forget(expected - first);
        delay = RETRY_AFTER_MS.first;
      } else {
        await new Promise((resolve) => setTimeout(resolve, delay));
        delay = Math.min(delay * 2, RETRY_AFTER_MS.most);
      }
    }
    isPumping = false;
  }

  return {
    /** Keeps an event until `pump` takes it away. */
    push(event: RealmEvent): void {
      if (!isConnected()) return;
      waiting.push(event);
      if (waiting.length > MAX_WAITING) forget(1);
    },
    pump,
    /** The page may be gone in a moment: everything goes at once, acknowledged or not. */
    flush(): void {
      for (let from = 0; from < waiting.length && isConnected(); from += MAX_BATCH)
        send(batch(from, true)).catch(() => {});
    },
  };
}
