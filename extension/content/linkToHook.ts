import { PORT, PORT_WANTED } from "../page-hook/portEvents.js";

/**
 * Hands the page hook its end of a private port, now or as soon as it asks, and to nobody after it;
 * `receive` gets what the hook says in a task of its own, since the page waits for the one in which it is
 * said; at once where `isLeaving`, since a document that goes has no more tasks. What comes back is for the
 * moment in which that changes: it hands over what is there.
 *
 * @see ../page-hook/portEvents.ts
 */
export function linkToHook(
  scope: EventTarget,
  receive: (data: unknown) => void,
  isLeaving: () => boolean,
): () => void {
  const { port1, port2 } = new MessageChannel();
  let waiting: unknown[] = [];
  const handOver = () => {
    const said = waiting;
    waiting = [];
    said.forEach(receive);
  };
  const hand = () => {
    const taken = !scope.dispatchEvent(new MessageEvent(PORT, { cancelable: true, ports: [port1] }));
    if (taken) scope.removeEventListener(PORT_WANTED, hand);
  };
  port1.addEventListener("message", ({ data }) => {
    const count = waiting.push(data);
    if (isLeaving()) handOver();
    // Timers wait for a second in a tab that nobody looks at.
    else if (count === 1) port1.postMessage(null);
  });
  port2.onmessage = handOver;
  scope.addEventListener(PORT_WANTED, hand);
  hand();
  return handOver;
}
