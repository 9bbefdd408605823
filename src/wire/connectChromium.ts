import { createCommands } from "./commands.js";
import { type Members, type Message, membersOf, parseMessage, textOf } from "./message.js";
import type { Closing, Wire, WireDocument, WireListener } from "./wire.js";
import type { WireWorld } from "./world.js";

/**
 * Connects to a page of a Chromium: on an Android phone by `adb forward`, or another browser on this machine.
 *
 * Frames of other sites are targets of their own, attached as they come and made to wait until the script
 * is in. What the script says comes through `binding`, a function that the script takes away before a
 * page's own script can see it.
 *
 * url: the page's `ws:` address; script: to be run in every new document before its own.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export function connectChromium(
  world: WireWorld,
  url: string,
  { script, binding }: { script: string; binding: string },
  listener: WireListener,
): Wire {
  /** by session; that of the page itself has none */
  const sessions = new Map<string | undefined, Session>();
  let isOpen = false;
  let said: Closing | undefined;
  const socket = world.openSocket(url, {
    opened,
    message,
    closed(code, reason) {
      const detail = reason || `code ${code}`;
      end(said ?? { why: isOpen ? "cut" : "unreachable", detail });
    },
  });
  const commands = createCommands(async (text) => {
    socket.send(text);
    return undefined;
  });
  return {
    close() {
      endSessions();
      socket.close();
    },
  };

  async function opened(): Promise<void> {
    isOpen = true;
    const { error } = await attach(undefined);
    if (error === undefined) return listener.attached();
    if (commands.isOver()) return;
    socket.close();
    end({ why: "too-old", detail: error });
  }

  function message(text: string): void {
    const received = parseMessage(text);
    if (!received || commands.receive(received)) return;
    const { method, params, sessionId } = received;
    if (method === "Target.attachedToTarget") attached(params);
    else if (method === "Target.detachedFromTarget") removeSession(textOf(params.sessionId));
    else if (method === "Inspector.detached" && sessionId === undefined)
      said = whyDetached(textOf(params.reason));
    else sessions.get(sessionId)?.receive(received);
  }

  /** Resolves when the script is in. What is sent in a row is worked off in a row. */
  function attach(sessionId: string | undefined) {
    const send = (method: string, params?: Members) =>
      commands.send(method, params, sessionId === undefined ? {} : { sessionId });
    sessions.set(sessionId, followSession(send, binding, listener));
    void send("Page.enable");
    void send("Runtime.addBinding", { name: binding });
    const isIn = send("Page.addScriptToEvaluateOnNewDocument", { source: script });
    void send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    void send("Runtime.enable");
    return isIn;
  }

  function attached({ sessionId, targetInfo, waitingForDebugger }: Members): void {
    const session = textOf(sessionId);
    const isFrame = membersOf(targetInfo).type === "iframe";
    if (isFrame) void attach(session);
    if (waitingForDebugger === true)
      void commands.send("Runtime.runIfWaitingForDebugger", {}, { sessionId: session });
    // Workers have no credentials.
    if (!isFrame) void commands.send("Target.detachFromTarget", { sessionId: session });
  }

  function removeSession(sessionId: string | undefined): void {
    sessions.get(sessionId)?.end();
    sessions.delete(sessionId);
  }

  function endSessions(): void {
    commands.end();
    for (const sessionId of [...sessions.keys()]) removeSession(sessionId);
  }

  function end(closing: Closing): void {
    endSessions();
    listener.closed(closing);
  }
}

function whyDetached(reason: string): Closing {
  if (/^target_closed$/i.test(reason)) return { why: "gone", detail: reason };
  if (/replaced/i.test(reason)) return { why: "taken", detail: reason };
  return { why: "cut", detail: reason };
}

interface Session {
  receive(message: Message): void;
  end(): void;
}

/** Follows the documents of one target, and what they say. */
function followSession(
  send: (method: string, params?: Members) => Promise<{ result?: Members }>,
  binding: string,
  listener: WireListener,
): Session {
  /** by the id of their execution context */
  const documents = new Map<unknown, WireDocument>();
  return {
    receive({ method, params }) {
      if (method === "Runtime.bindingCalled" && params.name === binding)
        listener.pushed(textOf(params.payload));
      else if (method === "Runtime.executionContextCreated") addDocument(membersOf(params.context));
      else if (method === "Runtime.executionContextDestroyed") removeDocument(params.executionContextId);
      else if (method === "Runtime.executionContextsCleared") removeAll();
    },
    end: removeAll,
  };

  function addDocument({ id: contextId, auxData }: Members): void {
    if (membersOf(auxData).isDefault !== true) return;
    const evaluate = (expression: string) =>
      send("Runtime.evaluate", { expression, contextId, returnByValue: true, silent: true });
    const document: WireDocument = {
      async evaluate(expression) {
        const { result } = await evaluate(expression);
        const value = membersOf(result?.result).value;
        return typeof value === "string" ? value : undefined;
      },
      // A document that was hooked before gets the function once more, with each connection.
      hooked: () => void evaluate(`delete globalThis[${JSON.stringify(binding)}]`),
    };
    documents.set(contextId, document);
    listener.document(document);
  }

  function removeDocument(contextId: unknown): void {
    const document = documents.get(contextId);
    if (document && documents.delete(contextId)) listener.gone(document);
  }

  function removeAll(): void {
    for (const contextId of [...documents.keys()]) removeDocument(contextId);
  }
}
