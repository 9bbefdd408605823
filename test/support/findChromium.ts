import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Launcher } from "chrome-launcher";

/**
 * The path of a Chromium or Chrome on this machine; CHROME_PATH goes before everything else.
 * On Debian, as root, installs the distribution's package if there is none. Throws one
 * sentence that says how to get it where that can't be done.
 */
export function findChromium(): string {
  const found = firstInstallation();
  if (found) return found;
  const way = wayToChromium({ osRelease: readOsRelease(), isRoot: process.getuid?.() === 0 });
  if (way !== "apt-get") throw new Error(way);
  console.error("No Chromium found: installing Debian's package.");
  for (const step of [["update"], ["install", "--yes", "chromium"]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const { status } = spawnSync("apt-get", step, { stdio: ["ignore", 2, 2], env });
    if (status !== 0) throw new Error(`No Chromium found, and "apt-get ${step.join(" ")}" failed.`);
  }
  const installed = firstInstallation();
  if (!installed) throw new Error("apt-get installed chromium, and yet it can't be found.");
  return installed;
}

/** "apt-get" if it can simply be installed; else the sentence that tells how to get it. */
export function wayToChromium({ osRelease, isRoot }: { osRelease: string; isRoot: boolean }): string {
  const isDebian = /^ID="?debian"?$/m.test(osRelease);
  if (isDebian && isRoot) return "apt-get";
  const remedy = isDebian ? "run: sudo apt-get install chromium" : "install Chrome or Chromium";
  return `No Chromium found: ${remedy}, or set CHROME_PATH to its program.`;
}

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

function readOsRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
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
