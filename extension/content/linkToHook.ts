import { PORT, PORT_WANTED } from "../page-hook/portEvents.js";

/**
 * Hands the page hook its end of a private port, now or as soon as it asks, and to nobody after
 * it; `receive` gets what comes through.
 *
 * @see ../page-hook/portEvents.ts
 */
export function linkToHook(scope: EventTarget, receive: (data: unknown) => void): void {
  const { port1, port2 } = new MessageChannel();
  const hand = () => {
    const taken = !scope.dispatchEvent(new MessageEvent(PORT, { cancelable: true, ports: [port2] }));
    if (taken) scope.removeEventListener(PORT_WANTED, hand);
  };
  port1.onmessage = ({ data }) => receive(data);
  scope.addEventListener(PORT_WANTED, hand);
  hand();
}
