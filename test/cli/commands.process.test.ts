import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze, parseRecording, type Recording, serializeRecording } from "../../src/index.js";
import { built } from "../build/built.js";
import { attestationObject, authenticatorData } from "../support/authenticatorBytes.js";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { keyhole } from "../support/keyhole.js";
import { cleanRecording, hostileRecording, wrongRecording } from "../support/samplesToLint.js";
import { servePages } from "../support/servePages.js";
import { type DeviceProxy, type Said, serveProxy } from "../support/serveProxy.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "keyhole-commands-"));
  await writeFile(join(cwd, "clean.keyhole.json"), serializeRecording(cleanRecording()));
  await writeFile(join(cwd, "wrong.keyhole.json"), serializeRecording(wrongRecording()));
  await writeFile(join(cwd, "hostile.keyhole.json"), serializeRecording(hostileRecording()));
  await writeFile(join(cwd, "half.keyhole.json"), serializeRecording(wrongRecording()).slice(0, 2_000));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const run = (words: readonly string[], input = "") => keyhole(words, { cwd, input });
const read = (text: string): Recording => {
  const { recording, problems } = parseRecording(text);
  if (!recording) throw new Error(problems[0]?.message);
  return recording;
};

describe.each(["decode", "redact", "report"])("%s", (command) => {
  test.each([
    ["half a file", ["half.keyhole.json"], "half.keyhole.json"],
    ["no such file", ["nowhere.keyhole.json"], "nowhere.keyhole.json"],
    ["nothing named", [], "--help"],
    ["two files", ["clean.keyhole.json", "wrong.keyhole.json"], "--help"],
    ["an option that it does not have", ["--wrong", "clean.keyhole.json"], "--wrong"],
    [
      "a place that can't be written to",
      ["-o", "no/such/folder/x", "clean.keyhole.json"],
      "no/such/folder/x can't be written: there is no such folder.",
    ],
  ])("%s: fails, and says why", async (_, words, said) => {
    const ran = await run([command, ...words]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(said);
    expect(ran.stdout).toBe("");
  });

  test("from standard input to a file is the same as from a file to standard output", async () => {
    const named = await run([command, "clean.keyhole.json"]);
    const piped = await run([command, "-o", `${command}.out`, "-"], serializeRecording(cleanRecording()));
    expect([named.code, piped.code]).toEqual([0, 0]);
    const written = await readFile(join(cwd, `${command}.out`), "utf8");
    // Pseudonyms are random: of what is masked, the shape is compared.
    const shape = (text: string) => (command === "decode" ? text : text.replace(/[\w-]/g, "x").length);
    expect(shape(written)).toEqual(shape(named.stdout));
    expect(piped.stdout).toBe("");
  });
});

describe("decode", () => {
  const bytes = attestationObject({ authData: authenticatorData({ attested: {} }) });

  test.each([
    ["base64url", Buffer.from(bytes).toString("base64url")],
    ["base64", Buffer.from(bytes).toString("base64")],
    ["hex", Buffer.from(bytes).toString("hex")],
  ])("an attestation object in %s, as a word and from standard input", async (_, text) => {
    const ran = await run(["decode", text]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("attestationFormat");
    expect(ran.stdout).toContain("rpIdHash");
    expect((await run(["decode", "-"], text)).stdout).toBe(ran.stdout);
  });

  test("as bytes", async () => {
    await writeFile(join(cwd, "attestation.bin"), bytes);
    const ran = await run(["decode", "attestation.bin"]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("attestationFormat");
  });

  test("as JSON, with offsets and verdicts", async () => {
    const ran = await run(["decode", "-f", "json", "clean.keyhole.json"]);
    const { calls } = JSON.parse(ran.stdout) as {
      calls: { decoded: Record<string, { fields: unknown[] }>; verdicts: { check: string }[] }[];
    };
    expect(calls).toHaveLength(2);
    expect(calls[0]!.decoded.attestationObject!.fields.length).toBeGreaterThan(5);
    const { ceremonies } = await analyze(cleanRecording());
    expect(calls.map(({ verdicts }) => verdicts)).toEqual(ceremonies.map(({ verdicts }) => verdicts));
  });

  test("what is nothing, and what is hostile", async () => {
    expect((await run(["decode", "this is no ceremony"])).code).toBe(2);
    expect((await run(["decode", "-"])).code).toBe(2);
    const ran = await run(["decode", "hostile.keyhole.json"]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).not.toMatch(CONTROL);
  });
});

describe("redact", () => {
  test.each(["pseudonymous", "minimal"])("%s: masks, and the same is found", async (profile) => {
    const ran = await run(["redact", "--profile", profile, "wrong.keyhole.json"]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/Masked: \d+ values/);
    const masked = read(ran.stdout);
    expect(masked.redaction?.profile).toBe(profile);
    expect(ran.stdout).not.toContain("alice@example.com");
    expect(ran.stdout.includes("example.com")).toBe(profile === "pseudonymous");
    const rulesOf = async (recording: Recording) =>
      (await analyze(recording)).findings.map(({ ruleId, callId, at }) => [ruleId, callId, at]);
    expect(await rulesOf(masked)).toEqual(await rulesOf(wrongRecording()));
  });
});

describe("report", () => {
  test("is masked, unless it is asked for otherwise", async () => {
    const masked = await run(["report", "-f", "webauthn-json", "wrong.keyhole.json"]);
    expect(masked.stdout).not.toContain("alice@example.com");
    const plain = await run(["report", "-f", "webauthn-json", "--unmasked", "wrong.keyhole.json"]);
    expect(plain.stdout).toContain("alice@example.com");
  });

  test("is judged as the platform that is asked for", async () => {
    const on = (platform: string) => run(["report", "--platform", platform, "wrong.keyhole.json"]);
    expect((await on("ios-15")).stdout).not.toBe((await on("ios-26")).stdout);
  });

  test("as a page, contains the recording and no address to load from", async () => {
    const ran = await run(["report", "-f", "html", "hostile.keyhole.json"]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^<!doctype html>/);
    expect(ran.stdout).toContain("keyhole-recording");
    expect(ran.stdout).not.toContain("<img src=x");
  });
});

describe("attach", () => {
  let site: Awaited<ReturnType<typeof servePages>>;
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let port: string;
  beforeAll(async () => {
    site = await servePages({
      "/": "<title>A passkey site</title>",
      "/other": "<title>Another site</title>",
    });
    browser = await launchChromium({ extension: false, pipe: false });
    port = new URL(browser.wsEndpoint()).port;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test("records a page to a file, call by call, until it is interrupted", async () => {
    const [page] = await browser.pages();
    await page!.goto(site.on("localhost"));
    await addVirtualAuthenticator(page!);
    const child = spawn(
      process.execPath,
      [
        built("cli/keyhole.js"),
        "attach",
        `localhost:${port}`,
        "--page",
        "A passkey",
        "-o",
        "live.keyhole.json",
      ],
      { cwd },
    );
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    await eventually(() => expect(stderr).toMatch(/hook/i));
    await page!.evaluate(async () => {
      const publicKey = {
        rp: { id: "localhost", name: "Example" },
        challenge: new Uint8Array(32),
        user: { id: new Uint8Array(16), name: "alice", displayName: "Alice" },
        pubKeyCredParams: [{ type: "public-key" as const, alg: -7 }],
      };
      await navigator.credentials.create({ publicKey });
    });
    await eventually(() => expect(stdout).toMatch(/create\(\) {2}localhost {2}fulfilled, \d+ ms/));
    const onTheWay = await eventually(() => readFile(join(cwd, "live.keyhole.json"), "utf8"));
    expect(read(onTheWay).calls).toHaveLength(1);
    await page!.goto(`${site.on("localhost")}/other`);
    await page!.evaluate(() =>
      navigator.credentials
        .get({ publicKey: { rpId: "example.com", challenge: new Uint8Array(32) } })
        .catch(() => {}),
    );
    await eventually(() => expect(stdout).toMatch(/get\(\) {2}example\.com {2}rejected|SecurityError/));
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    expect(code, stderr).toBe(0);
    const recording = read(await readFile(join(cwd, "live.keyhole.json"), "utf8"));
    expect(recording.calls.map(({ api, outcome }) => [api, outcome.status])).toEqual([
      ["credentials.create", "fulfilled"],
      ["credentials.get", "rejected"],
    ]);
    expect(recording.realms.map(({ hook }) => hook.via)).toEqual(["wire", "wire"]);
    expect(stderr).toContain("live.keyhole.json: 2 calls");
  });

  test("says which pages there are where it can't tell which is meant", async () => {
    const other = await browser.newPage();
    await other.goto(`${site.on("localhost")}/other`);
    const several = await run(["attach", `localhost:${port}`]);
    expect(several.code).toBe(2);
    expect(several.stderr).toContain("--page");
    const none = await run(["attach", `localhost:${port}`, "--page", "nowhere at all"]);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("Another site");
    await other.close();
  });

  test.each([
    ["an address that is none", ["attach", "not an address"]],
    ["none", ["attach"]],
    ["one of another machine, without leave", ["attach", "192.0.2.1:9222"]],
    ["one where nothing listens", ["attach", "localhost:1"]],
  ])("%s is refused with a sentence", async (_, words) => {
    const ran = await run(words);
    expect(ran.code).toBe(2);
    expect(ran.stderr.length).toBeGreaterThan(20);
    expect(ran.stderr).not.toContain("    at ");
  });
});

describe("attach, through a proxy as that of iPhones", () => {
  const says = JSON.parse(
    readFileSync(new URL("../fixtures/wire/conversation.json", import.meta.url), "utf8"),
  ) as Said[];
  const page = { url: "http://localhost/sign-in", behaves: { says } };
  let proxy: DeviceProxy;
  beforeAll(async () => {
    proxy = await serveProxy([
      {
        name: "Ada's iPhone",
        osVersion: "18.6.2",
        pages: [
          { ...page, title: "Sign in" },
          { ...page, title: "Shop" },
        ],
      },
      { name: "Bob's iPad" },
    ]);
  });
  afterAll(() => proxy?.close());

  test("connects to the page that is meant, of whatever device", async () => {
    const words = ["attach", `localhost:${proxy.port}`, "--page", "Sign", "-o", "iphone.keyhole.json"];
    const child = spawn(process.execPath, [built("cli/keyhole.js"), ...words], { cwd });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    await eventually(() =>
      expect(stderr).toMatch(
        /^Connecting to Sign in on Ada's iPhone\n[\s\S]*Hooked before the page's first script/,
      ),
    );
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
    expect(read(await readFile(join(cwd, "iphone.keyhole.json"), "utf8")).calls).toEqual([]);
  });

  test("names the pages and their devices where several fit", async () => {
    const ran = await run(["attach", `localhost:${proxy.port}`]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(
      /choose one by --page:\n {2}Sign in .* on Ada's iPhone\n {2}Shop .* on Ada's iPhone\n/,
    );
  });

  test("says what helps where a device shows nothing", async () => {
    const empty = await serveProxy([]);
    const ran = await run(["attach", `localhost:${empty.port}`]);
    await empty.close();
    expect(ran.code).toBe(2);
    expect(ran.stderr.trim().split("\n").length).toBeGreaterThan(1);
  });
});

describe("on a terminal", () => {
  /** As a person would run it: `script` gives the program a terminal, and passes on what it shows. */
  const onTerminal = async (words: readonly string[], env: Record<string, string> = {}): Promise<string> => {
    const line = [process.execPath, built("cli/keyhole.js"), ...words].map((word) => `'${word}'`).join(" ");
    const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, ...plain } = process.env;
    const child = spawn("script", ["-qec", line, "/dev/null"], {
      cwd,
      env: { ...plain, TERM: "xterm", ...env },
    });
    let shown = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    await once(child, "close");
    return shown;
  };
  const ESCAPE = "\u001b[";

  test("says how far it is on one line, and takes that away again", async () => {
    const shown = await onTerminal(["lint", "clean.keyhole.json", "wrong.keyhole.json"]);
    expect(shown).toContain("1 of 2: clean.keyhole.json");
    expect(shown).toContain(`2 of 2: wrong.keyhole.json\r${ESCAPE}2K`);
    expect(shown.split(`\r${ESCAPE}2K`).at(-1)).not.toContain(" of 2: ");
    expect(shown).toContain(`${ESCAPE}31m`);
  });

  test("has no colours with NO_COLOR, and no progress in CI", async () => {
    const plain = await onTerminal(["lint", "wrong.keyhole.json"], { NO_COLOR: "1" });
    expect(plain.replaceAll(`${ESCAPE}2K`, "")).not.toContain("\u001b");
    expect(plain).toContain("1 of 1: ");
    expect(await onTerminal(["lint", "wrong.keyhole.json"], { CI: "true" })).not.toContain("1 of 1: ");
  });

  test("shows the control characters in a file's name, and does nothing else", async () => {
    const name = "a\u001b]0;b\u0007.keyhole.json";
    await writeFile(join(cwd, name), serializeRecording(cleanRecording()));
    const shown = await onTerminal(["lint", name, "nowhere\u001b]0;c\u0007"]);
    expect(shown).toContain("1 of 1: a\\u{1b}]0;b\\u{7}.keyhole.json");
    expect(shown).not.toContain("\u001b]");
  });

  test("a long path is cut to the width of the line", async () => {
    const name = `${"long-".repeat(40)}.keyhole.json`;
    await writeFile(join(cwd, name), serializeRecording(cleanRecording()));
    const shown = await onTerminal(["lint", name]);
    expect(shown).toMatch(/1 of 1: long-[\w-]{60,75}\r/);
  });
});

describe("diff", () => {
  test("says what decides first, and leaves out what is random", async () => {
    const ran = await run(["diff", "clean.keyhole.json", "wrong.keyhole.json"]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^call 1, create\(\), and call 1, create\(\)\n {2}decisive/);
    expect(ran.stdout).toContain("has no counterpart");
    const all = await run(["diff", "--all", "clean.keyhole.json", "wrong.keyhole.json"]);
    expect(all.stdout.length).toBeGreaterThan(ran.stdout.length);
  });

  test("finds nothing between a recording and itself", async () => {
    const ran = await run(["diff", "-", "clean.keyhole.json"], serializeRecording(cleanRecording()));
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("no difference that matters");
  });

  test("compares two calls, and tells it as JSON", async () => {
    const ran = await run([
      "diff",
      "-f",
      "json",
      "--calls",
      "2,3",
      "wrong.keyhole.json",
      "wrong.keyhole.json",
    ]);
    expect(ran.code).toBe(1);
    const { pairs } = JSON.parse(ran.stdout) as {
      pairs: {
        a: { callNumber: number };
        b: { callNumber: number };
        differences: { at: string; weight: string }[];
      }[];
    };
    expect(pairs).toHaveLength(1);
    expect([pairs[0]!.a.callNumber, pairs[0]!.b.callNumber]).toEqual([2, 3]);
    expect(pairs[0]!.differences).toContainEqual(
      expect.objectContaining({ at: "/arguments/0/publicKey/rpId" }),
    );
  });

  test("shows what is hostile, and does nothing else", async () => {
    const ran = await run(["diff", "--all", "hostile.keyhole.json", "wrong.keyhole.json"]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).not.toMatch(CONTROL);
  });

  test.each([
    [["diff", "clean.keyhole.json"]],
    [["diff", "-", "-"]],
    [["diff", "clean.keyhole.json", "half.keyhole.json"]],
    [["diff", "--calls", "1", "clean.keyhole.json", "clean.keyhole.json"]],
    [["diff", "--calls", "1,9", "clean.keyhole.json", "clean.keyhole.json"]],
  ])("%j is refused with a sentence", async (words) => {
    const ran = await run(words);
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toContain("    at ");
  });
});

test("schema is the one that is published", async () => {
  const ran = await run(["schema"]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toBe(
    await readFile(new URL("../../docs/recording.schema.json", import.meta.url), "utf8"),
  );
  expect((await run(["schema", "x"])).code).toBe(2);
});
