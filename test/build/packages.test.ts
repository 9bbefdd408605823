import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { safariPackager } from "../../packaging/safariPackager.js";
import { zipFolder } from "../../packaging/zipFolder.js";
import { built, listBuilt } from "./built.js";

const copies = await mkdtemp(join(tmpdir(), "keyhole-package-"));
afterAll(() => rm(copies, { recursive: true }));

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("the zip for Safari", () => {
  test("has every file of the build, as it is, with the manifest at the top", async () => {
    const files = unzipSync(await zipFolder(built("safari")));
    expect(Object.keys(files).sort()).toEqual(
      listBuilt("safari")
        .map((file) => file.slice("safari/".length))
        .sort(),
    );
    for (const [name, bytes] of Object.entries(files))
      expect(Buffer.from(bytes).equals(await readFile(built(`safari/${name}`))), name).toBe(true);
    expect(files["manifest.json"]).toBeDefined();
  });

  test("has the same bytes elsewhere, at another time, in another zone", async () => {
    const folder = join(copies, "safari");
    await cp(built("safari"), folder, { recursive: true });
    for (const file of listBuilt("safari")) await utimes(join(folder, file.slice("safari/".length)), 1, 1);
    const program = `
      import { createHash } from "node:crypto";
      import { zipFolder } from ${JSON.stringify(new URL("../../packaging/zipFolder.ts", import.meta.url).href)};
      console.log(createHash("sha256").update(await zipFolder(${JSON.stringify(folder)})).digest("hex"));`;
    const elsewhere = execFileSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", program],
      {
        encoding: "utf8",
        env: { ...process.env, TZ: "Pacific/Kiritimati" },
      },
    );
    expect(elsewhere.trim()).toBe(sha256(await zipFolder(built("safari"))));
  });
});

describe("the app for Safari", () => {
  const app = { extension: "/e", project: "/p", bundleIdentifier: "example.keyhole.Keyhole" };

  test("is made by Apple's packager, for macOS and iOS, on a Mac with Xcode", () => {
    const asked: string[][] = [];
    const command = safariPackager(app, {
      platform: "darwin",
      run: (program, args) => {
        asked.push([program, ...args]);
        return "/path";
      },
    });
    expect(asked).toEqual([["xcrun", "--find", "safari-web-extension-packager"]]);
    expect(command).toEqual({
      args: [
        ...["safari-web-extension-packager", "/e", "--project-location", "/p", "--app-name", "Keyhole"],
        ...[
          "--bundle-identifier",
          "example.keyhole.Keyhole",
          "--swift",
          "--copy-resources",
          "--no-open",
          "--force",
        ],
      ],
    });
  });

  test("is made by the tool's earlier name with an older Xcode", () => {
    const command = safariPackager(app, {
      platform: "darwin",
      run: (_, [, name]) => (name === "safari-web-extension-converter" ? "/path" : undefined),
    });
    expect(command).toMatchObject({ args: { 0: "safari-web-extension-converter" } });
  });

  test.each([
    ["linux", /on a Mac with Xcode/],
    ["darwin", /needs Xcode/],
  ] as const)("is not made without it: %s", (platform, why) => {
    const command = safariPackager(app, { platform, run: () => undefined });
    expect("why" in command && command.why).toMatch(why);
  });
});
