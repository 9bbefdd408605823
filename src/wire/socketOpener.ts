import type { SocketListener, WireSocket, WireWorld } from "./world.js";

/** The browser's `WebSocket`, or the one of the package ws. */
export type WebSocketClass = new (url: string) => {
  send(text: string): void;
  close(): void;
  addEventListener(type: string, listener: (event: never) => void): void;
};

/** Makes `openSocket` of a class that has the shape of the browser's `WebSocket`. */
export function socketOpener(WebSocket: WebSocketClass): WireWorld["openSocket"] {
  return (url, listener) => {
    try {
      return open(new WebSocket(url), listener);
    } catch (error) {
      // An address that is none, or one that a policy of the page does not allow.
      Promise.resolve().then(() => listener.closed(1006, String(error)));
      return { send() {}, close() {} };
    }
  };
}

function open(socket: InstanceType<WebSocketClass>, listener: SocketListener): WireSocket {
  let isOpen = false;
  let isOver = false;
  const end = (code: number, reason: string) => {
    if (isOver) return;
    isOver = true;
    isOpen = false;
    listener.closed(code, reason);
  };
  socket.addEventListener("open", () => {
    if (isOver) return;
    isOpen = true;
    listener.opened();
  });
  socket.addEventListener("message", ({ data }: { data: unknown }) => {
    if (!isOver && typeof data === "string") listener.message(data);
  });
  socket.addEventListener("close", ({ code, reason }: { code: number; reason: string }) =>
    end(code, reason),
  );
  // Node's throws what nobody listens for; "close" follows.
  socket.addEventListener("error", () => {});
  return {
    send: (text) => {
      if (isOpen) socket.send(text);
    },
    close() {
      isOver = true;
      isOpen = false;
      socket.close();
    },
  };
}
