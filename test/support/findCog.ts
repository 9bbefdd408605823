import { spawnSync } from "node:child_process";
import { installOnDebian } from "./installOnDebian.js";

/** WPE's small browser; on Debian, as root, it is installed. Throws one sentence that says how to get it otherwise. */
export function findCog(): string {
  const isThere = () => spawnSync("sh", ["-c", "command -v cog && command -v dbus-run-session"]).status === 0;
  if (!isThere())
    installOnDebian({
      what: "WPE's browser cog with dbus-run-session",
      packages: ["cog", "dbus-daemon"],
      otherwise: "install them (these tests run on Linux)",
    });
  return "cog";
}
