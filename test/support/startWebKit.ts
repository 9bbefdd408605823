import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { findCog } from "./findCog.js";
import { findWebKit } from "./findWebKit.js";

export interface WebKitBrowser {
  /** host and port of its inspector */
  endpoint: string;
  stop(): Promise<void>;
}

/** Starts WebKitGTK's MiniBrowser at `url`, on a display of its own, with its inspector open to connections. */
export const startWebKit = (url: string): Promise<WebKitBrowser> =>
  start("xvfb-run", [
    "-a",
    ...["dbus-run-session", "--", findWebKit()],
    ...["--enable-developer-extras=true", "--private", url],
  ]);

/** Starts WPE at `url`, which needs no display, with its inspector open to connections. */
export const startWpe = (url: string): Promise<WebKitBrowser> =>
  start("dbus-run-session", ["--", findCog(), "-P", "headless", "--enable-developer-extras=1", url]);

async function start(program: string, args: string[]): Promise<WebKitBrowser> {
  const endpoint = `127.0.0.1:${await freePort()}`;
  // A process group of its own: xvfb-run and dbus-run-session start others.
  const child = spawn(program, args, {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, WEBKIT_INSPECTOR_HTTP_SERVER: endpoint, WEBKIT_DISABLE_COMPOSITING_MODE: "1" },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    try {
      process.kill(-child.pid!);
    } catch {
      // it has ended by itself
    }
    await ended;
  };
  const deadline = Date.now() + START_MS;
  while (!(await showsPage(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error("WebKit shows no page that can be inspected.");
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { endpoint, stop };
}

const START_MS = 60_000;

const showsPage = (endpoint: string): Promise<boolean> =>
  fetch(`http://${endpoint}/`).then(
    async (response) => (await response.text()).includes("/WebPage"),
    () => false,
  );

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
