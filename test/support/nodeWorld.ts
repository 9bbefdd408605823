import { WebSocket } from "ws";
import { socketOpener, type WireWorld } from "../../src/index.js";

/** What the wire needs, from Node. */
export const nodeWorld: WireWorld = {
  openSocket: socketOpener((url) => new WebSocket(url)),
  async getText(url) {
    const response = await fetch(url);
    return { status: response.status, text: await response.text() };
  },
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};
