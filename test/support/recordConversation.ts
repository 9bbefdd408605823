import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { listPages, parseEndpoint, type WireWorld, wireSource } from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { register, signIn } from "./ceremonies.js";
import { nodeWorld } from "./nodeWorld.js";
import { pageAuthenticator } from "./pageAuthenticator.js";
import { recordSource } from "./recordSource.js";
import { servePages } from "./servePages.js";
import type { Said } from "./serveProxy.js";
import { startWebKit } from "./startWebKit.js";

/**
 * Makes test/fixtures/wire/conversation.json anew, by `npx tsx test/support/recordConversation.ts`: a page of
 * WebKitGTK is looked at through the wire, registers a passkey and signs in with it. It says of itself what
 * an iPhone says.
 */
export const CONVERSATION_KEY = "c0ffee".repeat(8);

async function record(): Promise<void> {
  const said: Said[] = [];
  const world: WireWorld = {
    ...nodeWorld,
    openSocket(url, listener) {
      const socket = nodeWorld.openSocket(url, {
        ...listener,
        message(text) {
          said.push({ by: "device", message: JSON.parse(text) });
          listener.message(text);
        },
      });
      return {
        ...socket,
        send(text) {
          said.push({ by: "inspector", message: JSON.parse(text) });
          socket.send(text);
        },
      };
    },
  };
  const page = `<title>Sign in</title><script>const __name = (f) => f;
    onload = () => setTimeout(async () => { await (${register})(); await (${signIn})(); }, 500);</script>`;
  const server = await servePages({ "/": "<title>start</title>", "/sign-in": page });
  const webKit = await startWebKit(`${server.on("localhost")}/`);
  try {
    const { devices } = await listPages(nodeWorld, parseEndpoint(webKit.endpoint)!);
    const bootstrap = `${AS_AN_IPHONE}${pageAuthenticator()}
      setTimeout(() => { if (location.pathname === "/") location.href = "/sign-in"; }, 300);\n`;
    const log = recordSource(
      wireSource(devices[0]!.pages[0]!, world, {
        bootstrap: bootstrap + readBuilt("hook/keyhole-bootstrap.js"),
        key: CONVERSATION_KEY,
      }),
    );
    await until(() => log.calls.filter(({ outcome }) => outcome.status === "fulfilled").length === 2);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    log.stop();
  } finally {
    await webKit.stop();
    await server.close();
  }
  const text = JSON.stringify(said.map(shorten), null, 1);
  await writeFile(fileURLToPath(new URL("../fixtures/wire/conversation.json", import.meta.url)), `${text}\n`);
}

const AS_AN_IPHONE = `Object.defineProperties(Navigator.prototype, {
  userAgent: { configurable: true, get: () => "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1" },
  maxTouchPoints: { configurable: true, get: () => 5 },
});
`;

async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Commands are known by their kind; the script in them is that of the day. */
function shorten({ by, message }: Said): Said {
  const inner = message.params?.message;
  if (by === "device" || typeof inner !== "string" || inner.length < 10_000) return { by, message };
  const command = JSON.parse(inner);
  for (const name of ["source", "expression"]) if (name in command.params) command.params[name] = "the hook";
  return { by, message: { ...message, params: { ...message.params, message: JSON.stringify(command) } } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await record();
