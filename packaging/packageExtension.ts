import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PACKAGES } from "./packages.js";
import { type Run, safariPackager } from "./safariPackager.js";
import { zipFiles } from "./zipFolder.js";

/** `tsx packaging/packageExtension.ts [name…]`: all packages, or those named, into dist/packages. */
const root = fileURLToPath(new URL("..", import.meta.url));
const packages = `${root}dist/packages`;
const { version } = JSON.parse(await readFile(`${root}package.json`, "utf8")) as { version: string };
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PACKAGES);

const unknown = names.filter((name) => !Object.hasOwn(PACKAGES, name));
if (unknown.length > 0 || !existsSync(`${root}dist/safari/manifest.json`)) {
  console.error(
    unknown.length > 0
      ? `No package is called ${unknown.join(", ")}. There are: ${Object.keys(PACKAGES).join(", ")}.`
      : "There is no build yet: run `npm run build` first.",
  );
  process.exit(1);
}
await mkdir(packages, { recursive: true });
for (const name of names) {
  const bytes = zipFiles(await PACKAGES[name]!(root));
  const zip = `${packages}/keyhole-${version}-${name}.zip`;
  await writeFile(zip, bytes);
  console.log(`${zip}  ${Math.ceil(bytes.length / 1024)} KiB`);
}
if (names.includes("safari")) process.exitCode = makeSafariApp();

function makeSafariApp(): number {
  const bundleIdentifier = process.env.KEYHOLE_BUNDLE_IDENTIFIER ?? "example.keyhole.Keyhole";
  const run: Run = (program, args) => {
    const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
    return status === 0 ? stdout : undefined;
  };
  const command = safariPackager(
    { extension: `${root}dist/safari`, project: `${packages}/safari`, bundleIdentifier },
    { platform: process.platform, run },
  );
  if ("why" in command) {
    console.log(
      `${command.why} The zip can be installed temporarily in Safari, or given to App Store Connect's packager.`,
    );
    return 0;
  }
  return spawnSync("xcrun", command.args, { stdio: "inherit" }).status ?? 1;
}
