import type { CallId, Realm, RealmId } from "../../src/index.js";

/** How a tab's recording lies in session storage, piece by piece. */
export function tabKeys(tabId: number) {
  const prefix = `tab/${tabId}/`;
  const [realms, calls, orders] = [`${prefix}realm/`, `${prefix}call/`, `${prefix}order/`];
  return {
    prefix,
    realms,
    calls,
    orders,
    /** a `TabState` */
    state: `${prefix}state`,
    /** a `StoredRealm` */
    realm: (id: RealmId) => `${realms}${id}`,
    /** a `Call` */
    call: (id: CallId) => `${calls}${id}`,
    /** the `CallId` of the tab's nth call */
    order: (n: number) => `${orders}${n}`,
  };
}

/** The small document of a tab; its size does not grow with the log. */
export interface TabState {
  recording: boolean;
  preserveLog: boolean;
  /** counts up whenever the log is cleared */
  log: number;
  /** the log holds the calls with order numbers from `first` up to, not including, `next` */
  first: number;
  next: number;
  /** calls and events known to be lost since the log was cleared */
  lost: number;
  /** the realm of the page that the tab shows; absent: none was hooked yet */
  top?: RealmId;
  /** realms without a call in the log, oldest first */
  idle: RealmId[];
  /** sites of the page that the tab shows on which nothing may be recorded; absent: none */
  withheld?: WithheldSite[];
}

/** A site on which a person was not asked yet, or said no. Nothing else is kept of it. */
export interface WithheldSite {
  /** the host; "" for documents that have none */
  site: string;
  /** calls that were let go */
  calls: number;
  /** when the page that the tab shows began; absent: these are frames */
  startedAt?: number;
  /** the number of the event that is expected next, by realm */
  received: Record<RealmId, number>;
}

export const FRESH_TAB: TabState = {
  recording: true,
  preserveLog: true,
  log: 0,
  first: 0,
  next: 0,
  lost: 0,
  idle: [],
};

export interface StoredRealm {
  realm: Realm;
  /** the number of the event that is expected next from it */
  received: number;
  /** the calls told of in the events before that one */
  calls: number;
  /** the order number that the next call had when it was first heard of: those before are older, whatever the clock says */
  since: number;
  /** the order number of its newest call; absent: it has none in the log */
  newest?: number;
}

/** Realms as they were first heard of. */
export const byAge = (a: StoredRealm, b: StoredRealm): number =>
  a.since - b.since || a.realm.startedAt - b.realm.startedAt;
