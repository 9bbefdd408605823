import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Outcome, performCeremonies } from "../../examples/demo/ceremonies.js";
import { MISTAKES } from "../../examples/demo/mistakes.js";
import { type Demo, startDemo } from "../../examples/demo/server.js";
import { type Analysis, analyze, parseRecording } from "../../src/index.js";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { wayToChromium } from "../support/findChromium.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OUT = `${ROOT}/demo-out`;

describe("npm start without a display", () => {
  let printed: string;
  let analysis: Analysis;

  beforeAll(async () => {
    await rm(OUT, { recursive: true, force: true });
    printed = (await startUnattended(process.env)).stdout;
    const { recording, problems } = parseRecording(await readFile(`${OUT}/recording.keyhole.json`, "utf8"));
    expect(problems).toEqual([]);
    analysis = await analyze(recording!);
  }, 120_000);

  test("is what package.json starts", async () => {
    const { scripts } = JSON.parse(await readFile(`${ROOT}/package.json`, "utf8"));
    expect(scripts.start).toBe("npm run --silent build && tsx examples/demo/start.ts");
  });

  test.each(MISTAKES.map(({ id, ruleId }) => ({ id, ruleId })))(
    "finds the mistake $id by the rule $ruleId, and prints it",
    ({ ruleId }) => {
      expect(analysis.findings.map((finding) => finding.ruleId)).toContain(ruleId);
      expect(printed).toContain(`| ${ruleId} `);
    },
  );

  test("has nothing to warn of on the good pages, most of which ran before DevTools was opened", () => {
    const { recording, findings } = analysis;
    const isGood = new Map(recording.realms.map(({ id, url }) => [id, !url.endsWith("/mistakes")]));
    const good = recording.calls.filter(({ realmId }) => isGood.get(realmId));
    expect(good.filter(({ api }) => api === "credentials.create")).toHaveLength(2);
    expect(good.filter(({ api }) => api === "credentials.get")).toHaveLength(2);
    const warned = findings.filter(
      ({ callId, severity }) => severity !== "info" && good.some(({ id }) => id === callId),
    );
    expect(warned).toEqual([]);
  });

  test("leaves every call settled, and none lost", () => {
    const { calls, lostCalls } = analysis.recording;
    expect(calls.filter(({ outcome }) => outcome.status === "pending")).toEqual([]);
    expect(lostCalls ?? 0).toBe(0);
  });

  test("leaves a picture of the panel and a report", async () => {
    const png = await readFile(`${OUT}/panel.png`);
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 760]);
    expect(png.length).toBeGreaterThan(20_000);
    const report = await readFile(`${OUT}/report.md`, "utf8");
    for (const { ruleId } of MISTAKES) expect(report).toContain(ruleId);
  });
});

describe("without a Chromium", () => {
  test.each([
    { on: "Debian, as root", osRelease: 'NAME="Debian"\nID=debian\n', isRoot: true, way: "apt-get" },
    {
      on: "Debian, as somebody",
      osRelease: "ID=debian\n",
      isRoot: false,
      way: "No Chromium found: run: sudo apt-get install chromium, or set CHROME_PATH to its program.",
    },
    {
      on: "another system",
      osRelease: "ID=ubuntu\nID_LIKE=debian\n",
      isRoot: true,
      way: "No Chromium found: install Chrome or Chromium, or set CHROME_PATH to its program.",
    },
  ])("on $on, says in one line how to get it, or gets it", ({ osRelease, isRoot, way }) => {
    expect(wayToChromium({ osRelease, isRoot })).toBe(way);
  });

  test("npm start ends with that line", async () => {
    const env = { ...process.env, CHROME_PATH: "/nowhere/chromium" };
    await expect(startUnattended(env)).rejects.toMatchObject({
      code: 1,
      stdout: "",
      stderr: "CHROME_PATH is /nowhere/chromium, where there is no program.\n",
    });
  });
});

describe("the demo relying party", () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.close());

  test("gives the same verdicts with and without the extension", async () => {
    const without = await outcomesIn({ extension: false });
    expect(without.filter(({ outcome }) => outcome === "accepted").length).toBeGreaterThan(10);
    expect(await outcomesIn({ extension: true })).toEqual(without);
  }, 120_000);

  test("refuses what does not verify, and an answer to nothing", async () => {
    const cookie = (await post("whoami")).cookie;
    const options = await post("register/options", { name: "eve" }, cookie);
    expect(options.body.challenge).toEqual(expect.any(String));
    const forged = {
      id: "AAAA",
      rawId: "AAAA",
      type: "public-key",
      response: {},
      clientExtensionResults: {},
    };
    expect((await post("verify", { response: forged }, cookie)).body).toMatchObject({ accepted: false });
    expect((await post("verify", { response: forged }, cookie)).status).toBe(409);
    expect((await post("whoami", {}, cookie)).body).toEqual({ signedIn: false });
  });

  test("answers its own pages alone, and gives out no file but its own", async () => {
    const foreign = await fetch(`${demo.url}/api/whoami`, {
      method: "POST",
      body: "{}",
      headers: { origin: "https://evil.example" },
    });
    expect(foreign.status).toBe(403);
    for (const path of [
      "/nothing",
      "/..%2fserver.ts",
      "/simplewebauthn/..%2f..%2fpackage.json",
      "/.hidden.js",
    ])
      expect((await fetch(demo.url + path)).status).toBe(404);
  });

  async function post(action: string, body: object = {}, cookie = "") {
    const response = await fetch(`${demo.url}/api/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: demo.url, cookie },
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
      cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
    };
  }
});

/** The second half of `npm start`: the first is the build that stands already. */
function startUnattended({ DISPLAY: _, WAYLAND_DISPLAY: __, ...env }: NodeJS.ProcessEnv) {
  return promisify(execFile)(process.execPath, ["--import", "tsx", "examples/demo/start.ts"], {
    cwd: ROOT,
    env,
  });
}

/** A relying party of its own for each browser, so that neither finds the other's accounts. */
async function outcomesIn({ extension }: { extension: boolean }): Promise<Outcome[]> {
  const demo = await startDemo();
  const browser = await launchChromium({ extension });
  try {
    const [page] = await browser.pages();
    await addVirtualAuthenticator(page!);
    const outcomes = await performCeremonies(page!, demo.url);
    return outcomes.map((each) => ({ ...each, because: each.because.replace(/-[0-9a-f]{6}@/, "-*@") }));
  } finally {
    await browser.close();
    await demo.close();
  }
}
