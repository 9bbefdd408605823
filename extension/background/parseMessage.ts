import type { Realm } from "../../src/index.js";
import { parseHookEvent } from "../content/parseHookEvent.js";
import type { Sender } from "../platform/runtime.js";
import type { Message, RealmEvent } from "./message.js";

/**
 * Checks what came to the background; undefined where it is no message, or from one who may not
 * send it: events come from a frame of a tab, everything else from the extension's own pages.
 */
export function parseMessage(value: unknown, sender: Sender): Message | undefined {
  if (!isRecord(value)) return undefined;
  if (value.kind === "events") {
    const { realm, first, calls, events, isLeaving, waiting } = value;
    const isOfFrame = sender.tabId !== undefined && sender.frameId !== undefined;
    if (!isOfFrame || !isRealm(realm) || ![first, calls, waiting].every(isCount) || !Array.isArray(events))
      return undefined;
    return {
      kind: "events",
      realm: stamp(realm, sender),
      first: first as number,
      calls: calls as number,
      events: events.map(parseRealmEvent),
      isLeaving: isLeaving === true,
      waiting: waiting as number,
    };
  }
  const { kind, tabId, on } = value;
  if (!sender.isExtensionPage) return undefined;
  if (kind === "openViewer") return { kind };
  if (!isCount(tabId)) return undefined;
  if (kind === "clear") return { kind, tabId };
  if ((kind === "setRecording" || kind === "setPreserveLog") && typeof on === "boolean")
    return { kind, tabId, on };
  return undefined;
}

/** The browser's word counts more than the content script's. */
const stamp = (realm: Realm, { frameId, url, origin }: Sender): Realm => ({
  ...realm,
  ...(frameId !== undefined && { frameId }),
  ...(url !== undefined && { url }),
  ...(origin !== undefined && { origin }),
});

/** What is none is lost; leaving it out would move the numbers of those after it. */
const parseRealmEvent = (value: unknown): RealmEvent =>
  isRecord(value) && value.kind === "shown"
    ? { kind: "shown" }
    : (parseHookEvent(value) ?? { kind: "lost", count: 1 });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isStrings = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isRealm = (value: unknown): value is Realm =>
  isRecord(value) &&
  UUID.test(String(value.id)) &&
  typeof value.url === "string" &&
  typeof value.origin === "string" &&
  isStrings(value.ancestorOrigins) &&
  typeof value.isSecureContext === "boolean" &&
  typeof value.userAgent === "string" &&
  isCount(value.maxTouchPoints) &&
  (value.standalone === undefined || typeof value.standalone === "boolean") &&
  Number.isFinite(value.startedAt) &&
  isRecord(value.hook) &&
  value.hook.via === "content-script" &&
  parseHookEvent({ kind: "installed", hook: value.hook }) !== undefined;
