import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Firefox that is driven by Marionette's commands, with a profile of its own. */
export interface Firefox {
  /** @see https://searchfox.org/mozilla-central/source/remote/marionette/driver.sys.mjs */
  send(command: string, parameters?: object): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts Firefox headless; its virtual authenticators answer ceremonies. Set FIREFOX_PATH to use another one. */
export async function launchFirefox(): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), "keyhole-firefox-"));
  writeFileSync(join(profile, "user.js"), PREFERENCES.join("\n"));
  const listens = new Promise<number>((resolve) => {
    const watcher = watch(profile, (_, name) => {
      const port = name === "MarionetteActivePort" ? Number(readFileSync(join(profile, name), "utf8")) : 0;
      if (port === 0) return;
      watcher.close();
      resolve(port);
    });
  });
  const program = process.env.FIREFOX_PATH ?? "firefox-esr";
  const args = ["--headless", "--marionette", "--no-remote", "--profile", profile];
  const child = spawn(program, args, { stdio: "ignore", env: { ...process.env, HOME: profile } });
  const failed = once(child, "error").then(([error]) => {
    throw error;
  });
  const socket = connect(await Promise.race([listens, failed]), "127.0.0.1");
  const send = commandsOver(socket);
  await send("WebDriver:NewSession");
  return {
    send,
    async close() {
      const exited = once(child, "exit");
      socket.destroy();
      child.kill();
      await exited;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

const PREFERENCES = [
  'user_pref("marionette.port", 0);',
  'user_pref("security.webauth.webauthn_enable_softtoken", true);',
  'user_pref("security.webauth.webauthn_enable_usbtoken", false);',
];

/** Frames are "<length>:<json>"; a command is [0, id, name, parameters], its answer [1, id, error, result]. */
function commandsOver(socket: Socket): Firefox["send"] {
  const pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let received = Buffer.alloc(0);
  let lastId = 0;
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(":");
      const end = colon + 1 + Number(received.subarray(0, Math.max(0, colon)));
      if (colon < 0 || received.length < end) return;
      const message: unknown = JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const { resolve, reject } = pending.get(id)!;
      pending.delete(id);
      if (error) reject(new Error(`${error.error}: ${error.message}`));
      else resolve(result?.value ?? result);
    }
  });
  return (command, parameters = {}) =>
    new Promise((resolve, reject) => {
      pending.set(++lastId, { resolve, reject });
      const text = JSON.stringify([0, lastId, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
