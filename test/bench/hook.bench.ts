import { readFile } from "node:fs/promises";
import type { Browser, Page } from "puppeteer-core";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { servePages } from "../support/servePages.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { ISOLATED_PAGE } from "./isolatedPage.js";
import { median } from "./median.js";
import type { Bench, Row } from "./row.js";

const ROUNDS = 30;
const CALLS = 40;
const CEREMONIES = 10;

/** What the page pays, beside the same page in a Chromium without the extension; the runs take turns. */
const hook: Bench = async () => {
  const source = await readFile(new URL("../../dist/hook/keyhole-hook.js", import.meta.url), "utf8");
  const server = await servePages({
    "/": {
      html: "<script>window.firstScriptAt = performance.now()</script><h1>page</h1>",
      headers: ISOLATED_PAGE,
    },
    "/bootstrap": {
      html: `<script>window.before = performance.now()</script><script>${source}</script><script>window.cost = performance.now() - before</script>`,
      headers: ISOLATED_PAGE,
    },
  });
  const withKeyhole = await launchChromium();
  const without = await launchChromium({ extension: false });
  try {
    const url = server.on("localhost");
    const samples = {
      with: await startSampling(withKeyhole, url),
      without: await startSampling(without, url),
    };
    for (let round = 0; round < ROUNDS; round++) {
      const turn = round % 2 ? (["with", "without"] as const) : (["without", "with"] as const);
      for (const name of turn) await samples[name].takeRound();
    }
    const row = (what: string, of: (of: Samples) => number[]): Row => {
      const [measured, beside] = [median(of(samples.with)), median(of(samples.without))];
      return {
        what,
        measured: describeMilliseconds(measured),
        beside: describeMilliseconds(beside),
        ratio: measured / beside,
      };
    };
    return [
      {
        what: "hook start-up: load, compile and run, in an inline script",
        measured: describeMilliseconds(await startUpCost(without, `${url}/bootstrap`)),
      },
      row("response to the page's first script", ({ firstScript }) => firstScript),
      row("get(), until it returns (aborted signal)", ({ returned }) => returned),
      row("get(), until it settles (aborted signal)", ({ settled }) => settled),
      row("get() with a virtual authenticator", ({ ceremony }) => ceremony),
    ];
  } finally {
    await Promise.all([withKeyhole.close(), without.close(), server.close()]);
  }
};

export default hook;

/** Milliseconds; each the median of its round. */
interface Samples {
  firstScript: number[];
  returned: number[];
  settled: number[];
  ceremony: number[];
  takeRound(): Promise<void>;
}

async function startSampling(browser: Browser, url: string): Promise<Samples> {
  const page = await browser.newPage();
  await addVirtualAuthenticator(page);
  await page.goto(url);
  await page.evaluate(register);
  const samples: Samples = {
    firstScript: [],
    returned: [],
    settled: [],
    ceremony: [],
    async takeRound() {
      await page.goto(url);
      samples.firstScript.push(await page.evaluate(timeToFirstScript));
      const calls = await page.evaluate(measureAbortedCalls, CALLS);
      samples.returned.push(median(calls.returned));
      samples.settled.push(median(calls.settled));
      samples.ceremony.push(median(await page.evaluate(measureCeremonies, CEREMONIES)));
    },
  };
  return samples;
}

async function startUpCost(browser: Browser, url: string): Promise<number> {
  const page: Page = await browser.newPage();
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.goto(url);
    costs.push(await page.evaluate(() => (window as unknown as { cost: number }).cost));
  }
  return median(costs);
}

// What follows runs in the page.

function timeToFirstScript(): number {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return (window as unknown as { firstScriptAt: number }).firstScriptAt - navigation!.responseStart;
}

async function register(): Promise<void> {
  await navigator.credentials.create({
    publicKey: {
      rp: { name: "bench", id: "localhost" },
      user: { id: new Uint8Array(32), name: "bench", displayName: "bench" },
      challenge: new Uint8Array(32),
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      authenticatorSelection: { residentKey: "required", requireResidentKey: true },
    },
  });
}

/** The shortest way through the API: nothing leaves the page, so the hook's share is at its greatest. */
async function measureAbortedCalls(count: number): Promise<{ returned: number[]; settled: number[] }> {
  const times = { returned: [] as number[], settled: [] as number[] };
  for (let call = 0; call < count; call++) {
    const options = {
      publicKey: {
        challenge: new Uint8Array(32),
        rpId: "localhost",
        allowCredentials: [
          { type: "public-key" as const, id: new Uint8Array(32), transports: ["internal" as const] },
        ],
        userVerification: "preferred" as const,
        timeout: 300_000,
      },
      signal: AbortSignal.abort(),
    };
    const started = performance.now();
    const promise = navigator.credentials.get(options);
    const returned = performance.now();
    await promise.catch(() => undefined);
    times.settled.push(performance.now() - started);
    times.returned.push(returned - started);
  }
  return times;
}

async function measureCeremonies(count: number): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < count; call++) {
    const started = performance.now();
    await navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32), rpId: "localhost" } });
    times.push(performance.now() - started);
  }
  return times;
}
