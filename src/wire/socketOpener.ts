import type { SocketListener, WireSocket, WireWorld } from "./world.js";

/** What a browser's web socket has, and the one of the package ws. */
export interface AnyWebSocket {
  send(text: string): void;
  close(): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { code: number; reason: string }) => void): void;
}

/** Makes `openSocket` of what makes a web socket. */
export function socketOpener(create: (url: string) => AnyWebSocket): WireWorld["openSocket"] {
  return (url, listener) => {
    try {
      return open(create(url), listener);
    } catch (error) {
      // An address that is none, or one that a policy of the page does not allow.
      void Promise.resolve().then(() => listener.closed(1006, String(error)));
      return { send() {}, close() {} };
    }
  };
}

function open(socket: AnyWebSocket, listener: SocketListener): WireSocket {
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
  socket.addEventListener("message", ({ data }) => {
    if (!isOver && typeof data === "string") listener.message(data);
  });
  socket.addEventListener("close", ({ code, reason }: { code: number; reason: string }) => end(code, reason));
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
