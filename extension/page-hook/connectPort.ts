import type { HookEvent } from "../../src/recording/hookEvent.js";
import { bareArray, type Scope, uncurry } from "./natives.js";
import { PORT, PORT_WANTED } from "./portEvents.js";

/** Events kept while there is no port: some hundred calls, far more than a page makes before its first script. */
const CAPACITY = 500;

/**
 * The link from the hook to the content script of the same window: a private port, see portEvents.ts.
 * Asks for it with the first event, and keeps what is said first until the port is there, or for ever
 * where there is no content script. What is not kept is missing in the numbers of the calls.
 */
export function connectPort(scope: Scope): (event: HookEvent) => void {
  const { MessageEvent } = scope;
  const place = scope.document.fonts;
  const dispatch = uncurry(place.dispatchEvent);
  const kept = bareArray<HookEvent>();
  let port: MessagePort | undefined;

  return (event) => {
    if (port) return post(event);
    const count = kept.length;
    if (count < CAPACITY) kept[count] = event;
    if (count) return;
    place.addEventListener(PORT, onPort);
    dispatch(place, new MessageEvent(PORT_WANTED));
  };

  function post(data: HookEvent): void {
    dispatch(port, new MessageEvent("message", { __proto__: null, data } as MessageEventInit));
  }

  // The port is handed over before the page's first script: what stands here is the browser's own, but
  // for the limit that portEvents.ts tells of.
  function onPort(event: Event): void {
    port = (event as MessageEvent).ports?.[0];
    if (!port) return;
    place.removeEventListener(PORT, onPort);
    event.stopImmediatePropagation();
    event.preventDefault();
    for (let i = 0; i < kept.length; i++) post(kept[i]!);
  }
}
