import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

/** One message of a conversation between an inspector and a device, as it went through the proxy. */
export interface Said {
  by: "inspector" | "device";
  message: { id?: number; method?: string; params?: Record<string, unknown>; [member: string]: unknown };
}

/** How a page behaves when someone connects to it. */
export type PageBehaviour =
  /** speaks as in the conversation */
  | { says: readonly Said[] }
  /** refuses the upgrade, as for a number that is no page's */
  | "unknown"
  /** is taken by Safari's own inspector: the proxy tells so at the next message */
  | "claimed"
  /** an iOS before 13.4 */
  | "old"
  /** a phone that is locked */
  | "silent";

export interface ProxyPage {
  title: string;
  url: string;
  behaves: PageBehaviour;
  /** another client of the proxy looks at it */
  isInspected?: boolean;
}

export interface ProxyDevice {
  name: string;
  osVersion?: string;
  /** absent: the proxy could not speak with the device, its port answers 404 */
  pages?: ProxyPage[];
}

export interface DeviceProxy {
  /** port of the list of devices */
  port: number;
  /** those of the lists of pages, one for each device */
  ports: number[];
  devices: ProxyDevice[];
  /** ends all connections, as when a cable is pulled */
  cut(): void;
  close(): Promise<void>;
}

/**
 * A server that speaks as ios-webkit-debug-proxy does. Lists, status codes and words of refusals are as its
 * source has them (src/ios_webkit_debug_proxy.c; `deviceOSVersion` and 404s as in its issue 436). No iPhone was
 * at hand: conversations are recorded from WebKitGTK, whose protocol is the same, and made an iPhone's in what they
 * say of themselves.
 */
export async function serveProxy(
  devices: ProxyDevice[],
  { cors = true, host = "127.0.0.1", port: listPort = 0 } = {},
): Promise<DeviceProxy> {
  const servers: Server[] = [];
  const sockets = new Set<WebSocket>();
  const upgrades = new WebSocketServer({ noServer: true });
  const headers = { "Content-Type": "application/json", ...(cors && { "Access-Control-Allow-Origin": "*" }) };

  const listen = async (
    answer: () => string | undefined,
    title: string,
    page?: (n: number) => PageBehaviour | undefined,
    port = 0,
  ) => {
    const server = createServer((request, response) => {
      const text = request.url === "/json" ? answer() : undefined;
      if (request.url === "/")
        response.writeHead(200, { ...headers, "Content-Type": "text/html" }).end(title);
      else if (text === undefined) response.writeHead(404, { "Content-Length": "0" }).end();
      else response.writeHead(200, headers).end(text);
    });
    server.on("upgrade", (request, socket: Duplex, head) => {
      const behaves = page?.(Number(/^\/devtools\/page\/(\d+)$/.exec(request.url!)?.[1]));
      if (behaves === undefined || behaves === "unknown")
        return socket.end("HTTP/1.1 404 Not Found\r\nContent-length: 0\r\nConnection: close\r\n\r\n");
      upgrades.handleUpgrade(request, socket, head, (opened) => {
        sockets.add(opened);
        converse(opened, behaves, Number(request.url!.split("/").at(-1)));
      });
    });
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };

  const ports = new Map<ProxyDevice, number>();
  const proxy: DeviceProxy = {
    port: 0,
    ports: [],
    devices,
    cut() {
      for (const socket of sockets) socket.terminate();
      sockets.clear();
    },
    async close() {
      proxy.cut();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  for (const device of devices)
    ports.set(
      device,
      await listen(
        () => device.pages && list(device.pages.map((page, i) => pageItem(page, i + 1, ports.get(device)!))),
        `<html><head><title>${device.name}</title></head><body>Inspectable pages for <a>${device.name}</a>:<p><ol></ol></body></html>`,
        (n) => device.pages?.[n - 1]?.behaves,
      ),
    );
  proxy.port = await listen(
    () => list(proxy.devices.map((device) => deviceItem(device, ports.get(device)!))),
    "<html><body><ol></ol></body></html>",
    undefined,
    listPort,
  );
  proxy.ports = devices.map((device) => ports.get(device)!);
  return proxy;
}

/** Written by hand, as the proxy does it: it escapes nothing. */
const list = (items: string[]): string => `[${items.join(",")}]`;

const item = (members: [string, string][]): string =>
  `{\n${members.map(([name, value]) => `   "${name}": "${value}"`).join(",\n")}\n}`;

const deviceItem = ({ name, osVersion }: ProxyDevice, port: number): string =>
  item([
    ["deviceId", "00008120-001E1C8621A3C01E"],
    ["deviceName", name],
    ...(osVersion ? ([["deviceOSVersion", osVersion]] as [string, string][]) : []),
    ["url", `localhost:${port}`],
  ]);

const pageItem = ({ title, url, isInspected }: ProxyPage, n: number, port: number): string =>
  item([
    [
      "devtoolsFrontendUrl",
      isInspected ? "" : `/devtools/inspector.html?ws=localhost:${port}/devtools/page/${n}`,
    ],
    ["faviconUrl", ""],
    ["thumbnailUrl", `/thumb/${url}`],
    ["title", title],
    ["url", url],
    ["webSocketDebuggerUrl", `ws://localhost:${port}/devtools/page/${n}`],
    ["appId", "PID:1234"],
  ]);

function converse(socket: WebSocket, behaves: PageBehaviour, n: number): void {
  if (behaves === "claimed")
    socket.on("message", () => socket.close(1001, `Page 9222/${n} claimed by remote`));
  else if (behaves === "old")
    socket.on("message", (data) => {
      const { id, method } = JSON.parse(String(data));
      socket.send(JSON.stringify({ id, error: { code: -32601, message: `'${method}' was not found` } }));
    });
  else if (typeof behaves === "object") replay(socket, behaves.says);
}

/**
 * Says what was said in the conversation, in its order; where the inspector spoke, waits for a command of
 * that kind. When the conversation is over, further questions get the answer that the last of their kind got.
 */
function replay(socket: WebSocket, conversation: readonly Said[]): void {
  /** commands that came and are yet to be reached in the conversation */
  const early: Said["message"][] = [];
  /** ids in the conversation to those of today, of envelopes and of commands in them */
  const ids = new Map<unknown, number | undefined>();
  const innerIds = new Map<unknown, number | undefined>();
  let place = 0;

  socket.on("message", (data) => {
    early.push(JSON.parse(String(data)));
    goOn();
    if (place === conversation.length) for (const asked of early.splice(0)) answerAgain(asked);
  });

  function goOn(): void {
    for (; place < conversation.length; place++) {
      const { by, message } = conversation[place]!;
      if (by === "device") socket.send(JSON.stringify(renumber(message)));
      else {
        const at = early.findIndex((asked) => kindOf(asked) === kindOf(message));
        if (at < 0) return;
        const [asked] = early.splice(at, 1);
        take(message, asked!);
      }
    }
  }

  function take(recorded: Said["message"], asked: Said["message"]): void {
    ids.set(recorded.id, asked.id);
    innerIds.set(innerOf(recorded)?.id, innerOf(asked)?.id);
  }

  function answerAgain(asked: Said["message"]): void {
    const last = conversation
      .filter(({ by, message }) => by === "inspector" && kindOf(message) === kindOf(asked))
      .at(-1)?.message;
    if (!last) return;
    take(last, asked);
    for (const { by, message } of conversation)
      if (by === "device" && (message.id === last.id || isAnswerTo(last, message)))
        socket.send(JSON.stringify(renumber(message)));
  }

  function renumber(message: Said["message"]): object {
    if (message.id !== undefined) return { ...message, id: ids.get(message.id) };
    const inner = innerOf(message);
    if (inner?.id === undefined) return message;
    const renumbered = JSON.stringify({ ...inner, id: innerIds.get(inner.id) });
    return { ...message, params: { ...message.params, message: renumbered } };
  }
}

const isAnswerTo = (command: Said["message"], message: Said["message"]): boolean =>
  innerOf(message)?.id !== undefined && innerOf(message)?.id === innerOf(command)?.id;

const innerOf = ({ params }: Said["message"]) =>
  typeof params?.message === "string" ? (JSON.parse(params.message) as Said["message"]) : undefined;

/** A command, and for an evaluation whether it reads. */
function kindOf(message: Said["message"]): string {
  const inner = innerOf(message);
  if (!inner) return String(message.method);
  const isReading = JSON.stringify(inner.params ?? {}).includes("__proto__: Function.prototype");
  return `${String(inner.method)}${isReading ? " reading" : ""}`;
}
