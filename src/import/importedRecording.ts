import { isoTime } from "../bytes/isoTime.js";
import type { Api, Call, Imported, Outcome, Realm, Recording } from "../recording/recording.js";
import type { Snapshot } from "../recording/snapshot.js";

/** A call as far as something else than a hook tells of it. */
export interface ImportedCall {
  api: Api;
  imported: Imported;
  /** absent: the request is not part of what was imported */
  arguments?: Snapshot[];
  /** absent: the answer is not part of what was imported */
  outcome?: Outcome;
  /** epoch milliseconds */
  startedAt?: number;
  /** milliseconds */
  duration?: number;
  initiator?: string;
  page?: ImportedPage;
}

/** What is known of the page. */
export interface ImportedPage {
  url?: string;
  origin?: string;
  userAgent?: string;
}

/**
 * A recording of calls that no hook recorded. Realms are made of what is known of the pages, one for each
 * different page; whatever isn't known is left at the value that says nothing.
 *
 * @param now epoch milliseconds: the time of calls that don't tell theirs
 */
export function importedRecording(drafts: readonly ImportedCall[], now: number): Recording {
  const realms = new Map<string, Realm>();
  const seqs = new Map<string, number>();
  const timed = drafts.map((draft, index) => ({ draft, startedAt: draft.startedAt ?? now + index }));
  timed.sort((a, b) => a.startedAt - b.startedAt);
  const calls = timed.map(({ draft, startedAt }, index): Call => {
    const realm = realmFor(realms, draft, startedAt);
    const seq = seqs.get(realm.id) ?? 0;
    seqs.set(realm.id, seq + 1);
    return {
      id: `call-${index}`,
      realmId: realm.id,
      seq,
      api: draft.api,
      startedAt,
      ...(draft.duration !== undefined && { duration: Math.max(0, draft.duration) }),
      environment: { hasFocus: true, visibility: "visible" },
      ...(draft.initiator !== undefined && { initiator: draft.initiator }),
      arguments: draft.arguments ?? [NOT_IMPORTED],
      outcome: draft.outcome ?? { status: "pending" },
      imported: draft.imported,
    };
  });
  return {
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "Keyhole import", version: "1" },
    createdAt: isoTime(now),
    realms: [...realms.values()],
    calls,
  };
}

/** Stands for what the material does not have, so that nobody takes it for missing in the page. */
export const NOT_IMPORTED: Snapshot = { $: "unreadable", error: "not part of what was imported" };

function realmFor(realms: Map<string, Realm>, draft: ImportedCall, startedAt: number): Realm {
  const { url = "", origin = originOf(url) ?? "null", userAgent = "" } = draft.page ?? {};
  const key = JSON.stringify([url, origin, userAgent]);
  const known = realms.get(key);
  if (known) return known;
  const realm: Realm = {
    id: `realm-${realms.size}`,
    url,
    origin,
    ancestorOrigins: [],
    // Else the browser would not have had the API.
    isSecureContext: true,
    userAgent,
    maxTouchPoints: 0,
    startedAt,
    hook: { version: "", via: "library", installedAt: startedAt, readyState: "complete", native: true },
    imported: { as: draft.imported.as },
  };
  realms.set(key, realm);
  return realm;
}

/** The origin of an address of the web; undefined for any other. */
export function originOf(url: string): string | undefined {
  const [, scheme, host, port] =
    /^(https?):\/\/(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^:/?#@]+)(?::(\d{1,5}))?(?=[/?#]|$)/i.exec(url) ?? [];
  if (!scheme || !host) return undefined;
  const standard = scheme.toLowerCase() === "https" ? "443" : "80";
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${port && port !== standard ? `:${port}` : ""}`;
}
