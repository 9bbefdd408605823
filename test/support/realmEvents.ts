import type { RealmEvent } from "../../extension/background/message.js";
import type { Realm } from "../../src/index.js";

/** The nth realm of a test: a top-level page, unless `frameId` says otherwise. */
export function aRealm(n = 1, more: Partial<Realm> = {}): Realm {
  return {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    url: `https://site.example/${n}`,
    origin: "https://site.example",
    ancestorOrigins: [],
    isSecureContext: true,
    userAgent: "test",
    maxTouchPoints: 0,
    startedAt: n * 1000,
    frameId: 0,
    hook: {
      version: "0",
      via: "content-script",
      installedAt: n * 1000 + 1,
      readyState: "loading",
      native: true,
    },
    ...more,
  };
}

export const installed: RealmEvent = {
  kind: "installed",
  hook: { version: "0", installedAt: 1, readyState: "loading", native: true },
};

export const called = (seq: number, argument: string = "x"): RealmEvent & { kind: "call" } => ({
  kind: "call",
  call: {
    seq,
    api: "credentials.get",
    startedAt: 5000 + seq,
    environment: { hasFocus: true, visibility: "visible" },
    arguments: [argument],
    outcome: { status: "pending" },
  },
});

export const settled = (seq: number): RealmEvent => ({
  kind: "settled",
  seq,
  duration: 12,
  outcome: { status: "fulfilled", value: { $: "Credential", type: "password", id: `credential ${seq}` } },
});

export const aborted = (seq: number): RealmEvent => ({
  kind: "aborted",
  seq,
  aborted: { at: 9000, reason: "enough" },
});
