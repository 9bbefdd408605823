import type { HookEvent, Realm } from "../../src/index.js";
import { isConnected, onAsked, sendToBackground } from "../platform/contentRuntime.js";
import { encodeBytes } from "./encodeBytes.js";
import { linkToHook } from "./linkToHook.js";
import { createOutbox } from "./outbox.js";
import { parseHookEvent } from "./parseHookEvent.js";

// In an insecure context there is no API, hence no hook to wait for.
if (isSecureContext) start();
// The popup wants to know which page the tab shows.
if (window === top) onAsked(() => ({ isSecureContext, startedAt: performance.timeOrigin }));

/**
 * Takes the hook's events. The first one, `installed`, makes the realm known: at once
 * for a top-level page, with its first call for a frame, so that a frame without one costs nothing.
 */
function start(): void {
  let outbox: ReturnType<typeof createOutbox> | undefined;
  let isOpen = false;
  let isLeaving = false;

  const open = () => {
    isOpen = true;
    if (isLeaving) outbox?.flush(true);
    else outbox?.pump();
  };
  const begin = ({ hook }: HookEvent & { kind: "installed" }) => {
    outbox = createOutbox(
      { ...describeRealm(), hook: { ...hook, via: "content-script" } },
      sendToBackground,
      isConnected,
    );
    outbox.push({ kind: "installed", hook });
    if (window !== top) return;
    // A page that is prepared in the background is not what the tab shows, until it is.
    if ("prerendering" in document && document.prerendering)
      document.addEventListener("prerenderingchange", open, { once: true });
    else open();
  };

  const receive = (data: unknown) => {
    encodeBytes(data);
    const event = parseHookEvent(data) ?? { kind: "lost", count: 1 };
    if (outbox) {
      outbox.push(event);
      if (isOpen || event.kind === "call") open();
    } else if (event.kind === "installed") begin(event);
  };
  const handOver = linkToHook(document.fonts, receive, () => isLeaving);
  addEventListener("pagehide", () => {
    handOver();
    isLeaving = true;
    if (isOpen) outbox?.flush();
  });
  addEventListener("pageshow", ({ persisted }) => {
    isLeaving = false;
    if (!persisted || window !== top) return;
    outbox?.push({ kind: "shown" });
    outbox?.pump();
  });
}

/** What a page cannot forge: it is read in a world of its own. */
function describeRealm(): Omit<Realm, "hook"> {
  // WebKit's alone. @see https://developer.mozilla.org/docs/Web/API/Navigator/standalone
  const { standalone } = navigator as Navigator & { standalone?: unknown };
  return {
    id: crypto.randomUUID(),
    url: location.href,
    // Unlike location's, right for about:blank and srcdoc too.
    origin: self.origin,
    ancestorOrigins: [...(location.ancestorOrigins ?? [])],
    isSecureContext,
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    ...(typeof standalone === "boolean" && { standalone }),
    startedAt: performance.timeOrigin,
  };
}
