import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Launcher } from "chrome-launcher";
import { installOnDebian, type Missing, wayToInstall } from "./installOnDebian.js";

/**
 * The path of a Chromium or Chrome on this machine; CHROME_PATH goes before everything else.
 * On Debian, as root, installs the distribution's package if there is none. Throws one
 * sentence that says how to get it where that can't be done.
 */
export function findChromium(): string {
  const found = firstInstallation();
  if (found) return found;
  installOnDebian(CHROMIUM);
  const installed = firstInstallation();
  if (!installed) throw new Error("apt-get installed chromium, and yet it can't be found.");
  return installed;
}

/** "apt-get" if it can simply be installed; else the sentence that tells how to get it. */
export const wayToChromium = (system: { osRelease: string; isRoot: boolean }): string =>
  wayToInstall(CHROMIUM, system);

const CHROMIUM: Missing = {
  what: "Chromium",
  packages: ["chromium"],
  otherwise: "install Chrome or Chromium",
  or: "set CHROME_PATH to its program",
};

function firstInstallation(): string | undefined {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH && !existsSync(CHROME_PATH))
    throw new Error(`CHROME_PATH is ${CHROME_PATH}, where there is no program.`);
  if (CHROME_PATH) return CHROME_PATH;
  try {
    return Launcher.getFirstInstallation();
  } catch {
    // chrome-launcher throws on Linux where it returns undefined elsewhere
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(findChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
