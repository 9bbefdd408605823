import type { HookEvent, Realm, RealmId } from "../../src/index.js";

/** What happens in a realm, in order: the hook's events, and what becomes of the page. */
export type RealmEvent =
  | HookEvent
  /** the page was shown again, from the back/forward cache */
  | { kind: "shown" };

/** What the background is told, by a content script or by the panel. */
export type Message =
  /**
   * Events `first`, `first + 1`, … of a realm, counted from 0. The answer is the number of the
   * event that the background waits for: everything before it is kept. Whoever hears no answer
   * sends again, so the same event may come more than once, and counts once.
   * calls: the number of those told of in the events before, by which a gap is measured.
   * isLeaving: these are the last words of a page, which another one may have followed already.
   * waiting: the calls that wait in the page, with these.
   */
  | {
      kind: "events";
      realm: Realm;
      first: number;
      calls: number;
      events: RealmEvent[];
      isLeaving: boolean;
      waiting: number;
    }
  /** Opens the viewer in a tab: in Safari, a panel can't. */
  | { kind: "openViewer" }
  | { kind: "clear"; tabId: number }
  | { kind: "setRecording"; tabId: number; on: boolean }
  | { kind: "setPreserveLog"; tabId: number; on: boolean };

/** The number of calls that are told of in these events, lost ones too. */
export const callsIn = (events: readonly RealmEvent[]): number =>
  events.reduce((sum, event) => sum + (event.kind === "lost" ? event.count : +(event.kind === "call")), 0);

/** What pages of the extension that are open are told when events cannot be kept, at each attempt. */
export interface Unkept {
  kind: "unkept";
  tabId: number;
  realmId: RealmId;
  /** the calls that wait in the page */
  waiting: number;
}
