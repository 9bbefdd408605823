import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Run, safariPackager } from "./safariPackager.js";
import { zipFolder } from "./zipFolder.js";

/** `tsx packaging/packageExtension.ts <browser>`: dist/<browser> as a zip and, for Safari, as an app's project. */
const [browser = ""] = process.argv.slice(2);
const extension = fileURLToPath(new URL(`../dist/${browser}`, import.meta.url));
const packages = fileURLToPath(new URL("../dist/packages", import.meta.url));
const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));

if (!existsSync(`${extension}/manifest.json`)) {
  console.error(`No extension in ${extension}: run \`npm run build\` first.`);
  process.exit(1);
}
await mkdir(packages, { recursive: true });
const zip = `${packages}/keyhole-${version}-${browser}.zip`;
await writeFile(zip, await zipFolder(extension));
console.log(zip);
if (browser === "safari") process.exitCode = makeSafariApp();

function makeSafariApp(): number {
  const project = `${packages}/safari`;
  const bundleIdentifier = process.env.KEYHOLE_BUNDLE_IDENTIFIER ?? "example.keyhole.Keyhole";
  const run: Run = (program, args) => {
    const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
    return status === 0 ? stdout : undefined;
  };
  const command = safariPackager(
    { extension, project, bundleIdentifier },
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
