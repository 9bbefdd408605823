import { newsOf, type Realm } from "../../src/index.js";
import { callsIn, type Message, type RealmEvent } from "../background/message.js";

/** Events that may wait for the background; of more, the oldest calls are lost, and their number is told. */
const MAX_WAITING = 2000;
const MAX_BATCH = 100;
const RETRY_AFTER_MS = { first: 50, most: 5000 };

type CallEvent = RealmEvent & { kind: "call" };

/**
 * Takes a realm's events to the background, in order, some at a time, one message under way, again
 * and again until they are acknowledged: a service worker may be stopped before or while it answers.
 *
 * What becomes of a call that still waits is told along with it. So a call that is lost leaves nothing
 * behind, and no call is left without its end.
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
  /** the calls told of in the events before that one */
  let told = 0;
  /** how many of those that wait were sent, and may have arrived: they keep their numbers */
  let sent = 0;
  /** calls that wait and were not sent, by seq */
  const unsent = new Map<number, CallEvent>();
  /** calls that were lost before they settled */
  const lost = new Set<number>();
  let nextSeq = 0;
  let isPumping = false;

  const forget = (count: number) => {
    told += callsIn(waiting.splice(0, count));
    first += count;
    sent = Math.max(0, sent - count);
  };
  const batch = (from: number, isLeaving: boolean): Message => {
    const events = waiting.slice(from, from + MAX_BATCH);
    sent = Math.max(sent, from + events.length);
    for (const event of events) if (event.kind === "call") unsent.delete(event.call.seq);
    const calls = told + callsIn(waiting.slice(0, from));
    const unkept = waiting.filter(({ kind }) => kind === "call").length;
    return { kind: "events", realm, first: first + from, calls, events, isLeaving, waiting: unkept };
  };
  const tellLoss = (count: number) => {
    const loss = waiting[sent];
    if (loss?.kind === "lost") waiting[sent] = { kind: "lost", count: loss.count + count };
    else waiting.splice(sent, 0, { kind: "lost", count });
  };
  const makeRoom = () => {
    const at = waiting.findIndex((event, n) => n >= sent && event.kind === "call");
    if (at < 0) return forget(1);
    const [{ call }] = waiting.splice(at, 1) as [CallEvent];
    unsent.delete(call.seq);
    if (call.outcome.status === "pending") lost.add(call.seq);
    tellLoss(1);
  };

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
      if (event.kind === "aborted" || event.kind === "settled") {
        const before = unsent.get(event.seq);
        if (before) Object.assign(before.call, newsOf(event));
        const isLost = event.kind === "settled" ? lost.delete(event.seq) : lost.has(event.seq);
        if (before || isLost) return;
      }
      if (event.kind === "call") {
        const { seq } = event.call;
        // The hook keeps but some hundred calls until there is a port.
        if (seq > nextSeq) tellLoss(seq - nextSeq);
        nextSeq = seq + 1;
        unsent.set(seq, event);
      }
      waiting.push(event);
      if (waiting.length > MAX_WAITING) makeRoom();
    },
    pump,
    /** The page may be gone in a moment: everything goes at once, acknowledged or not; or what was never sent. */
    flush(isOnlyUnsent = false): void {
      for (let from = isOnlyUnsent ? sent : 0; from < waiting.length && isConnected(); from += MAX_BATCH)
        send(batch(from, true)).catch(() => {});
    },
  };
}
