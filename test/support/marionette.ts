import { once } from "node:events";
import { connect } from "node:net";

/** Sends commands to Firefox; each resolves with its result or rejects with what Firefox says. */
export interface Marionette {
  send(name: string, parameters?: object): Promise<Record<string, unknown>>;
  close(): void;
}

/**
 * The wire of Firefox's WebDriver: frames `<length>:<json>`, a command `[0, id, name, parameters]`, its
 * answer `[1, id, error, result]`.
 *
 * @see https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const waiting = new Map<number, PromiseWithResolvers>();
  let received = Buffer.alloc(0);
  let lastId = 0;

  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let frame = takeFrame(); frame !== undefined; frame = takeFrame()) answer(JSON.parse(frame));
  });
  socket.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("Firefox closed the connection."));
  });
  socket.on("error", () => {});

  return {
    send: (name, parameters = {}) =>
      new Promise((resolve, reject) => {
        waiting.set(++lastId, { resolve, reject });
        const text = JSON.stringify([0, lastId, name, parameters]);
        socket.write(`${Buffer.byteLength(text)}:${text}`);
      }),
    close: () => socket.destroy(),
  };

  function takeFrame(): string | undefined {
    const colon = received.indexOf(":");
    const end = colon + 1 + Number(received.subarray(0, colon));
    if (colon < 0 || received.length < end) return undefined;
    const frame = received.toString("utf8", colon + 1, end);
    received = received.subarray(end);
    return frame;
  }

  function answer(message: unknown): void {
    // The first frame is a greeting, not an answer.
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message;
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(result);
  }
}

interface PromiseWithResolvers {
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}
