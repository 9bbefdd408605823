import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page, Target } from "puppeteer-core";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { servePages } from "../support/servePages.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { ISOLATED_PAGE } from "./isolatedPage.js";
import { median } from "./median.js";
import type { Bench, Row } from "./row.js";

const ROUNDS = 30;
const CALLS = 40;
const CEREMONIES = 10;
const REMEMBERED = 1_000;
const MEMORY_RUNS = 7;
const UNCHANGED_READINGS = 5;
const NOTICED_BYTES = 1_024;
const BETWEEN_READINGS_MS = 300;

const peer = (name: string) => fileURLToPath(new URL(`./peers/${name}`, import.meta.url));

/** Two stand-ins, see peers/README.md. */
const SETUPS = {
  keyhole: true,
  without: false,
  panel: peer("panel"),
  recorder: peer("recorder"),
} as const;

type Setup = keyof typeof SETUPS;
const NAMES = Object.keys(SETUPS) as Setup[];

/** What the page pays: the same page in four Chromiums, without an extension and with one of three; they take turns. */
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
  const browsers: Browser[] = [];
  try {
    const url = server.on("localhost");
    const samples = {} as Record<Setup, Samples>;
    for (const name of NAMES) {
      const browser = await launchChromium({ extension: SETUPS[name] });
      browsers.push(browser);
      samples[name] = await startSampling(browser, url);
    }
    for (let round = 0; round < ROUNDS; round++)
      for (let turn = 0; turn < NAMES.length; turn++)
        await samples[NAMES[(round + turn) % NAMES.length]!].takeRound();
    const row = (what: string, of: (of: Samples) => number[]): Row => {
      const measured = (name: Setup) => median(of(samples[name]));
      return {
        what,
        measured: describeMilliseconds(measured("keyhole")),
        beside: describeMilliseconds(measured("without")),
        ratio: measured("keyhole") / measured("without"),
        others: others((name) => describeMilliseconds(measured(name))),
      };
    };
    const startUp = await startUpCost(browsers[NAMES.indexOf("without")]!, `${url}/bootstrap`);
    return [
      {
        what: "hook start-up: load, compile and run, in an inline script",
        measured: describeMilliseconds(startUp),
      },
      row("response to the page's first script", ({ firstScript }) => firstScript),
      row("response to the page's load event", ({ loaded }) => loaded),
      row("get(), until it returns (aborted signal)", ({ returned }) => returned),
      row("get(), until it settles (aborted signal)", ({ settled }) => settled),
      row("get() with a virtual authenticator", ({ ceremony }) => ceremony),
      ...(await remember(samples, url)),
    ];
  } finally {
    await Promise.all([...browsers.map((browser) => browser.close()), server.close()]);
  }
};

export default hook;

const others = (say: (name: Setup) => string): string =>
  `${say("panel")} (panel stand-in), ${say("recorder")} (recorder stand-in)`;

/** Milliseconds; each the median of its round. */
interface Samples {
  browser: Browser;
  page: Page;
  firstScript: number[];
  loaded: number[];
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
    browser,
    page,
    firstScript: [],
    loaded: [],
    returned: [],
    settled: [],
    ceremony: [],
    async takeRound() {
      await page.goto(url);
      // What comes late into a page has come then.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
      const { firstScript, loaded } = await page.evaluate(timesOfLoad);
      samples.firstScript.push(firstScript);
      samples.loaded.push(loaded);
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

/**
 * What is left in memory of very many calls: in the page, with the content scripts in it, and in the extension.
 * The first run warms up: code that is compiled then, or thrown away, is as large as all that is looked for.
 */
async function remember(samples: Record<Setup, Samples>, url: string): Promise<Row[]> {
  const heaps = {} as Record<Setup, { page: number[]; worker: number[] }>;
  for (const name of NAMES) {
    heaps[name] = { page: [], worker: [] };
    await samples[name].page.goto(url);
  }
  for (let run = 0; run <= MEMORY_RUNS; run++)
    for (const name of NAMES) {
      const { browser, page } = samples[name];
      await page.evaluate(measureAbortedCalls, REMEMBERED);
      heaps[name].page.push(await heapOf(page));
      heaps[name].worker.push(await workerHeap(browser));
    }
  const say = (sizes: number[]) => {
    const grown = median(sizes.slice(1).map((size, run) => size - sizes[run]!));
    return `${Math.round(grown / 1024).toLocaleString("en")} KiB`;
  };
  const what = `${REMEMBERED.toLocaleString("en")} calls more, median of ${MEMORY_RUNS} runs`;
  return [
    {
      what: `memory of the page (JavaScript heap, collected) for ${what}`,
      measured: say(heaps.keyhole.page),
      beside: say(heaps.without.page),
      others: others((name) => say(heaps[name].page)),
    },
    {
      what: `memory of the extension's service worker for ${what}`,
      measured: say(heaps.keyhole.worker),
      others: `${say(heaps.panel.worker)} (panel stand-in)`,
    },
  ];
}

/** Bytes, once collecting finds nothing more: calls that are still on their way hold memory until they are there. */
async function heapOf(of: Page | Target): Promise<number> {
  const client = await of.createCDPSession();
  try {
    let least = Number.POSITIVE_INFINITY;
    for (let unchanged = 0; unchanged < UNCHANGED_READINGS; unchanged++) {
      await client.send("HeapProfiler.collectGarbage");
      const { usedSize } = await client.send("Runtime.getHeapUsage");
      if (usedSize < least - NOTICED_BYTES) unchanged = -1;
      least = Math.min(least, usedSize);
      await new Promise((next) => setTimeout(next, BETWEEN_READINGS_MS));
    }
    return least;
  } finally {
    await client.detach();
  }
}

async function workerHeap(browser: Browser): Promise<number> {
  const worker = browser.targets().find((target) => target.type() === "service_worker");
  return worker ? heapOf(worker) : 0;
}

// What follows runs in the page.

function timesOfLoad(): { firstScript: number; loaded: number } {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const { responseStart, loadEventStart } = navigation!;
  const { firstScriptAt } = window as unknown as { firstScriptAt: number };
  return { firstScript: firstScriptAt - responseStart, loaded: loadEventStart - responseStart };
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
