import { get } from "node:http";
import WebSocket from "ws";
import { socketOpener, type WireWorld } from "../../src/index.js";

/** Connections of a Node process, for the wire. */
export const nodeWorld: WireWorld = {
  // What a device says of a page can be long; the wire bounds what it asks for.
  openSocket: socketOpener((url) => new WebSocket(url, { perMessageDeflate: false }) as never),
  getText: (url) =>
    new Promise((resolve, reject) => {
      const request = get(url, { timeout: PATIENCE_MS }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => {
          text += piece;
          if (text.length > MAX_LENGTH) request.destroy(new Error("The answer is too long."));
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", reject);
      });
      request.on("timeout", () => request.destroy(new Error("There is no answer.")));
      request.on("error", reject);
    }),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};

const PATIENCE_MS = 10_000;
/** Characters of a list of pages. */
const MAX_LENGTH = 2 ** 24;
