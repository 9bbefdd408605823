import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { installOnDebian } from "./installOnDebian.js";

/**
 * The path of WebKitGTK's MiniBrowser; MINI_BROWSER_PATH goes before everything else. It needs `xvfb-run` and
 * `dbus-run-session` beside it. On Debian, as root, installs what is missing. Throws one sentence that
 * says how to get it where that can't be done.
 */
export function findWebKit(): string {
  const found = firstInstallation();
  if (found) return found;
  installOnDebian({
    what: "WebKitGTK's MiniBrowser with xvfb-run and dbus-run-session",
    packages: ["libwebkit2gtk-4.1-0", "xvfb", "xauth", "dbus-daemon"],
    otherwise: "install them (these tests run on Linux)",
  });
  const installed = firstInstallation();
  if (!installed) throw new Error("apt-get installed WebKitGTK, and yet its MiniBrowser can't be found.");
  return installed;
}

function firstInstallation(): string | undefined {
  const hasTools = ["xvfb-run", "dbus-run-session"].every(
    (tool) => spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0,
  );
  if (!hasTools) return undefined;
  const { MINI_BROWSER_PATH } = process.env;
  return [...(MINI_BROWSER_PATH ? [MINI_BROWSER_PATH] : []), ...candidates()].find((path) =>
    existsSync(path),
  );
}

/** Distributions keep it beside the library, in a folder of the processor's name or without one. */
const candidates = (): string[] =>
  ["/usr/lib", "/usr/lib64", "/usr/libexec"].flatMap((folder) =>
    [folder, ...subfolders(folder)].flatMap((each) =>
      ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"].map((name) => `${each}/${name}/MiniBrowser`),
    ),
  );

const subfolders = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith("-linux-gnu"))
        .map((name) => `${folder}/${name}`)
    : [];

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(findWebKit());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
