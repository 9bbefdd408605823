import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serializeRecording } from "../../src/index.js";
import { built } from "../build/built.js";
import { keyhole } from "../support/keyhole.js";
import { wrongRecording } from "../support/samplesToLint.js";

const FILES = 10_000;
const MIB = 1024 * 1024;

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "keyhole-limits-"));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

test("10,000 recordings take less than 300 MiB, in every format", async () => {
  const text = serializeRecording(wrongRecording());
  for (let first = 0; first < FILES; first += 500)
    await Promise.all(
      Array.from({ length: 500 }, (_, index) => writeFile(join(cwd, `${first + index}.keyhole.json`), text)),
    );
  for (const format of ["sarif", "pretty"]) {
    const { code, peak, summary } = await lintMeasured(format);
    expect(code).toBe(1);
    expect(summary).toContain(format === "sarif" ? '"executionSuccessful":true' : "of 10,000 files");
    expect(peak, format).toBeLessThan(300 * MIB);
    expect(peak, "something was measured").toBeGreaterThan(20 * MIB);
  }
});

test("200 MB are refused without being read, from a file as from a pipe", async () => {
  const file = join(cwd, "large.json");
  const handle = await open(file, "w");
  await handle.truncate(200_000_000);
  await handle.close();
  const named = await keyhole(["lint", file]);
  expect(named.code).toBe(2);
  expect(named.stdout).toContain("200 MB");

  const child = spawn(process.execPath, [built("cli/keyhole.js"), "lint", "-"]);
  child.stdin.on("error", () => {});
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const piece = Buffer.alloc(MIB, "[");
  let written = 0;
  const feed = () => {
    while (written < 200_000_000 && !child.stdin.destroyed) {
      written += piece.length;
      if (!child.stdin.write(piece)) return void child.stdin.once("drain", feed);
    }
    child.stdin.end();
  };
  feed();
  const [code] = (await once(child, "close")) as [number];
  expect(code).toBe(2);
  expect(said).toContain("MB");
});

test("a reader that goes away ends the run, without a complaint", async () => {
  const child = spawn(process.execPath, [built("cli/keyhole.js"), "lint", cwd]);
  child.stdout.once("data", () => child.stdout.destroy());
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    complaint += text;
  });
  const [code] = (await once(child, "close")) as [number];
  expect(code).toBe(141);
  expect(complaint).toBe("");
});

/** Runs `lint` over the folder, and has it say at its end how much memory it had at most. */
async function lintMeasured(format: string): Promise<{ code: number; peak: number; summary: string }> {
  const hook = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"))`;
  const preload = `--import=data:text/javascript,${encodeURIComponent(hook)}`;
  const child = spawn(process.execPath, [preload, built("cli/keyhole.js"), "lint", "--format", format, cwd]);
  let tail = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-2_000);
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = (await once(child, "close")) as [number];
  // maxRSS is in KiB.
  return { code, peak: Number(/peak (\d+)/.exec(said)?.[1]) * 1024, summary: tail };
}
