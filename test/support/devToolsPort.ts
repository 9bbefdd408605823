import { readFile } from "node:fs/promises";
import type { Browser } from "puppeteer-core";
import { eventually } from "./eventually.js";

/** The port of the DevTools endpoint of a Chromium that was started with `--remote-debugging-port=0`. */
export async function devToolsPort(browser: Browser): Promise<number> {
  const [folder] = browser
    .process()!
    .spawnargs.flatMap((arg) => (arg.startsWith("--user-data-dir=") ? [arg.slice(16)] : []));
  return eventually(async () => {
    const [port] = (await readFile(`${folder}/DevToolsActivePort`, "utf8")).split("\n");
    return Number(port);
  });
}
