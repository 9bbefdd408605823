import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { installOnDebian } from "./installOnDebian.js";

/**
 * The path of a Firefox on this machine; FIREFOX_PATH goes before everything else. On Debian, as root,
 * installs the distribution's package if there is none. Throws one sentence that says how to get it
 * where that can't be done.
 */
export function findFirefox(): string {
  const found = firstInstallation();
  if (found) return found;
  installOnDebian({
    what: "Firefox",
    packages: ["firefox-esr"],
    otherwise: "install Firefox",
    or: "set FIREFOX_PATH to its program",
  });
  const installed = firstInstallation();
  if (!installed) throw new Error("apt-get installed firefox-esr, and yet it can't be found.");
  return installed;
}

function firstInstallation(): string | undefined {
  const { FIREFOX_PATH } = process.env;
  if (FIREFOX_PATH && !existsSync(FIREFOX_PATH))
    throw new Error(`FIREFOX_PATH is ${FIREFOX_PATH}, where there is no program.`);
  return FIREFOX_PATH || PLACES.find((path) => existsSync(path));
}

const PLACES = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/usr/local/bin/firefox",
  "/snap/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(findFirefox());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
