import type { HookEvent } from "../../src/recording/hookEvent.js";
import { createEventBuffer } from "./eventBuffer.js";
import { captureNatives, type Scope } from "./natives.js";
import { PORT, PORT_WANTED } from "./portEvents.js";

/** Events kept while there is no port: some hundred calls, far more than a page makes before its first script. */
const CAPACITY = 500;

/**
 * The link from the hook to the content script of the same window: a private port, see portEvents.ts.
 * Asks for it with the first event, and keeps what is said until the port is there, or for ever
 * where there is no content script.
 */
export function connectPort(scope: Scope): (event: HookEvent) => void {
  const natives = captureNatives(scope);
  const { getter, method } = natives;
  const portsOf = getter<readonly MessagePort[]>("MessageEvent", "ports");
  const post = method("MessagePort", "postMessage");
  const stopPropagation = method("Event", "stopImmediatePropagation");
  const preventDefault = method("Event", "preventDefault");
  const { Event } = scope;
  const buffer = createEventBuffer(natives, CAPACITY);
  let port: MessagePort | undefined;
  let hasAsked = false;

  return (event) => {
    if (port) return void post(port, event);
    buffer.add(event);
    if (hasAsked) return;
    hasAsked = true;
    natives.addEventListener(scope, PORT, onPort);
    natives.dispatchEvent(scope, new Event(PORT_WANTED));
  };

  function onPort(event: MessageEvent): void {
    const ports = portsOf(event);
    if (port || !ports.length) return;
    port = ports[0];
    natives.removeEventListener(scope, PORT, onPort);
    stopPropagation(event);
    preventDefault(event);
    const kept = buffer.drain();
    for (let i = 0; i < kept.length; i++) post(port, kept[i]);
  }
}
