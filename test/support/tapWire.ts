import type { WireWorld } from "../../src/index.js";
import { nodeWorld } from "./nodeWorld.js";

/** A world whose connection to WebKit a test can use as well, and cut. */
export interface Tap {
  world: WireWorld;
  /** Evaluates in the page that is shown, as code of its own; awaits a promise; resolves with its value. */
  evaluate(expression: string): Promise<unknown>;
  /** Cuts the connection; a new one is refused until `restore`. */
  cut(): void;
  restore(): void;
  /** Messages that are not let through. */
  drop: (text: string) => boolean;
}

export function tapWire(): Tap {
  let send: ((text: string) => void) | undefined;
  let cutNow = () => {};
  let isCut = false;
  let targetId: unknown;
  let count = 1_000_000;
  const waiting = new Map<number, (message: { result?: { result?: { value?: unknown } } }) => void>();

  const command = (method: string, params: object) => {
    const id = ++count;
    const message = JSON.stringify({ id, method, params });
    return new Promise<{ result?: { result?: { value?: unknown; objectId?: string } } }>((resolve) => {
      waiting.set(id, resolve);
      const envelope = { id: ++count, method: "Target.sendMessageToTarget", params: { targetId, message } };
      send?.(JSON.stringify(envelope));
    });
  };

  const tap: Tap = {
    drop: () => false,
    world: {
      ...nodeWorld,
      openSocket(url, listener) {
        if (isCut) {
          setTimeout(() => listener.closed(1006, ""));
          return { send() {}, close() {} };
        }
        const socket = nodeWorld.openSocket(url, {
          ...listener,
          message(text) {
            follow(JSON.parse(text));
            if (!tap.drop(text)) listener.message(text);
          },
        });
        send = socket.send;
        cutNow = () => {
          socket.close();
          listener.closed(1006, "");
        };
        return socket;
      },
    },
    async evaluate(expression) {
      const { result } = await command("Runtime.evaluate", {
        expression: `Promise.resolve(${expression}).then(JSON.stringify, (error) => JSON.stringify(String(error)))`,
        emulateUserGesture: true,
      });
      const { result: awaited } = await command("Runtime.awaitPromise", {
        promiseObjectId: result?.result && (result.result as { objectId?: string }).objectId,
        returnByValue: true,
      });
      const value = awaited?.result?.value;
      return typeof value === "string" ? JSON.parse(value) : undefined;
    },
    cut() {
      isCut = true;
      cutNow();
    },
    restore() {
      isCut = false;
    },
  };
  return tap;

  function follow({ method, params }: { method?: string; params?: Record<string, unknown> }): void {
    if (method === "Target.targetCreated") {
      const info = params!.targetInfo as { targetId: string; type: string; isProvisional?: boolean };
      if (info.type === "page" && !info.isProvisional) targetId = info.targetId;
    } else if (method === "Target.didCommitProvisionalTarget") targetId = params!.newTargetId;
    else if (method === "Target.dispatchMessageFromTarget") {
      const message = JSON.parse(params!.message as string);
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  }
}
