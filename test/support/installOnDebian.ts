import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Missing {
  /** "Chromium" */
  what: string;
  /** Debian's */
  packages: readonly string[];
  /** how to get it on other systems: "install Chrome or Chromium" */
  otherwise: string;
  /** what else helps, everywhere: "set CHROME_PATH to its program" */
  or?: string;
}

/** Installs Debian's packages, as root on Debian; throws one sentence that says what to do where that can't be done. */
export function installOnDebian(missing: Missing): void {
  const way = wayToInstall(missing, { osRelease: readOsRelease(), isRoot: process.getuid?.() === 0 });
  if (way !== "apt-get") throw new Error(way);
  const { what, packages } = missing;
  console.error(`No ${what} found: installing Debian's package${packages.length > 1 ? "s" : ""}.`);
  for (const step of [["update"], ["install", "--yes", ...packages]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const { status } = spawnSync("apt-get", step, { stdio: ["ignore", 2, 2], env });
    if (status !== 0) throw new Error(`No ${what} found, and "apt-get ${step.join(" ")}" failed.`);
  }
}

/** "apt-get" if it can simply be installed; else the sentence that tells how to get it. */
export function wayToInstall(
  { what, packages, otherwise, or }: Missing,
  { osRelease, isRoot }: { osRelease: string; isRoot: boolean },
): string {
  const isDebian = /^ID="?debian"?$/m.test(osRelease);
  if (isDebian && isRoot) return "apt-get";
  const remedy = isDebian ? `run: sudo apt-get install ${packages.join(" ")}` : otherwise;
  return `No ${what} found: ${remedy}${or ? `, or ${or}` : ""}.`;
}

function readOsRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
