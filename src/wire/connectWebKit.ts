import { createCommands } from "./commands.js";
import { type Message, membersOf, parseMessage, textOf } from "./message.js";
import type { Closing, Wire, WireDocument, WireListener } from "./wire.js";
import type { WireWorld } from "./world.js";

/**
 * Connects to a WebKit page: on an iPhone through ios-webkit-debug-proxy, or to WebKitGTK or WPE.
 *
 * Only the `Target` domain is spoken to directly; each target (a page, or the one that is to replace it when
 * a navigation changes the process) has commands of its own inside. Targets are made to wait until the
 * script is in, or a page that comes in a new process runs before it. Needs iOS 13.4.
 *
 * url: the page's `ws:` address; script: to be run in every new document before its own.
 *
 * @see https://github.com/WebKit/WebKit/blob/main/Source/JavaScriptCore/inspector/protocol/Target.json
 */
export function connectWebKit(world: WireWorld, url: string, script: string, listener: WireListener): Wire {
  const targets = new Map<string, PageTarget>();
  let isOpen = false;
  const socket = world.openSocket(url, { opened, message, closed: (code, reason) => end(why(code, reason)) });
  const commands = createCommands(async (text) => {
    if (text.length > MAX_MESSAGE) return `${text.length} characters are too much for one message`;
    socket.send(text);
    return undefined;
  });
  return {
    close() {
      endCommands();
      socket.close();
    },
  };

  async function opened(): Promise<void> {
    isOpen = true;
    const { error } = await commands.send("Target.setPauseOnStart", { pauseOnStart: true });
    if (error === undefined) return listener.attached();
    if (!/ found$/.test(error)) return;
    socket.close();
    end({ why: "too-old", detail: error });
  }

  function message(text: string): void {
    const received = parseMessage(text);
    if (!received || commands.receive(received)) return;
    const { method, params } = received;
    if (method === "Target.targetCreated") {
      const { targetId, type, isPaused } = membersOf(params.targetInfo);
      addTarget(textOf(targetId), textOf(type), isPaused === true);
    } else if (method === "Target.targetDestroyed") removeTarget(textOf(params.targetId));
    else if (method === "Target.didCommitProvisionalTarget") removeTarget(textOf(params.oldTargetId));
    else if (method === "Target.dispatchMessageFromTarget") {
      const inner = parseMessage(textOf(params.message));
      if (inner) targets.get(textOf(params.targetId))?.receive(inner);
    }
  }

  function addTarget(targetId: string, type: string, isPaused: boolean): void {
    // Workers have no credentials; "frame" is what site isolation makes of a frame of another site.
    if (type === "page" || type === "frame")
      targets.set(
        targetId,
        pageTarget(script, listener, async (inner) => {
          const { error } = await commands.send("Target.sendMessageToTarget", { targetId, message: inner });
          return error;
        }),
      );
    // What is sent in a row is worked off in a row: the script is in when the target starts.
    if (isPaused) void commands.send("Target.resume", { targetId });
  }

  function removeTarget(targetId: string): void {
    targets.get(targetId)?.end();
    targets.delete(targetId);
  }

  function endCommands(): void {
    commands.end();
    for (const targetId of [...targets.keys()]) removeTarget(targetId);
  }

  function end(closing: Closing): void {
    endCommands();
    listener.closed(closing);
  }

  function why(code: number, reason: string): Closing {
    const detail = { detail: reason || `code ${code}` };
    if (!isOpen) return { why: "unreachable", ...detail };
    // ios-webkit-debug-proxy's words: "Page 9222/1 claimed by remote", "Page 9222/1 not found".
    if (/claimed by/.test(reason)) return { why: "taken", ...detail };
    return { why: / not found/.test(reason) ? "gone" : "cut", ...detail };
  }
}

/** WebKitGTK ends the connection somewhere between 100 and 128 KiB. */
const MAX_MESSAGE = 100 * 1024;

interface PageTarget {
  receive(message: Message): void;
  end(): void;
}

/** Puts the script in, and follows documents and console of one target. */
function pageTarget(
  script: string,
  listener: WireListener,
  post: (text: string) => Promise<string | undefined>,
): PageTarget {
  const commands = createCommands(post);
  /** by the id of their frame */
  const documents = new Map<string, WireDocument>();

  void commands.send("Page.setBootstrapScript", { source: script }).then(({ error }) => {
    if (error !== undefined && !commands.isOver()) listener.problem("no-script", { error });
  });
  void commands.send("Page.enable");
  void commands.send("Runtime.enable");
  void commands.send("Console.enable");

  return {
    receive(message) {
      if (commands.receive(message)) return;
      const { method, params } = message;
      if (method === "Console.messageAdded") listener.pushed(textOf(membersOf(params.message).text));
      else if (method === "Runtime.executionContextCreated") addDocument(membersOf(params.context));
      else if (method === "Page.frameDetached") removeDocument(textOf(params.frameId));
    },
    end() {
      commands.end();
      for (const frameId of [...documents.keys()]) removeDocument(frameId);
    },
  };

  /** Every document of a frame has a context of its own; others are the user agent's, or an extension's. */
  function addDocument({ id: contextId, type, isPageContext, frameId }: Message["params"]): void {
    // iOS 13.4 has `isPageContext` in place of `type`.
    if (type === undefined ? isPageContext !== true : type !== "normal") return;
    removeDocument(textOf(frameId));
    const document: WireDocument = {
      async evaluate(expression) {
        const { result } = await commands.send("Runtime.evaluate", {
          expression,
          contextId,
          returnByValue: true,
          doNotPauseOnExceptionsAndMuteConsole: true,
        });
        const value = membersOf(result?.result).value;
        return typeof value === "string" ? value : undefined;
      },
    };
    documents.set(textOf(frameId), document);
    listener.document(document);
  }

  function removeDocument(frameId: string): void {
    const document = documents.get(frameId);
    if (document && documents.delete(frameId)) listener.gone(document);
  }
}
