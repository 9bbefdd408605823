import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findWebKit } from "./findWebKit.js";
import { installOnDebian } from "./installOnDebian.js";

export interface WorldScript {
  source: string;
  /** name of its world; null: the page's own */
  world: string | null;
}

/**
 * Opens `url` in WebKitGTK with scripts that run in every frame ahead of its document, the earlier before
 * the later, each in its world. Gives what `body`, that of an async function, returns in `world` once the
 * page has loaded: a string.
 */
export async function runInWebKitWorlds(job: {
  url: string;
  scripts: readonly WorldScript[];
  world: string;
  body: string;
}): Promise<string> {
  findWebKit();
  if (!hasBindings())
    installOnDebian({
      what: "Python's bindings of WebKitGTK",
      packages: ["python3-gi", "gir1.2-webkit2-4.1"],
      otherwise: "install them (these tests run on Linux)",
    });
  const child = spawn("xvfb-run", ["-a", "dbus-run-session", "--", PYTHON, PROGRAM], {
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: "1" },
  });
  child.stdin.end(JSON.stringify(job));
  let said = "";
  child.stdout.on("data", (data) => {
    said += data;
  });
  const giveUp = setTimeout(() => process.kill(-child.pid!), PATIENCE_MS);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(giveUp);
  // Others write there, too: the bus that dbus-run-session starts has services.
  const answer = /^answer (.*)$/m.exec(said)?.[1];
  if (answer === undefined) throw new Error(`WebKit ended with ${code} and said: ${said || "nothing"}`);
  return JSON.parse(answer) as string;
}

/** Debian's own, to which Debian's bindings belong. */
const PYTHON = "/usr/bin/python3";
const PROGRAM = fileURLToPath(new URL("webkitWorlds.py", import.meta.url));
const PATIENCE_MS = 45_000;

const hasBindings = (): boolean =>
  spawnSync(PYTHON, ["-c", 'import gi; gi.require_version("WebKit2", "4.1")']).status === 0;
