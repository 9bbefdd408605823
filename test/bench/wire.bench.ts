import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { launchChromium } from "../support/chromium.js";
import { askAt, openViewer } from "../support/openViewer.js";
import { pageAuthenticator } from "../support/pageAuthenticator.js";
import { startWebKit } from "../support/startWebKit.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { median } from "./median.js";
import type { Bench } from "./row.js";

const CALLS = 60;
const EVERY_MS = 250;
/** Milliseconds, in the median. */
const GOAL = 150;

/**
 * How long it takes from a call's settlement in a page of WebKit to its row in the viewer, by wire: the viewer
 * runs in Chromium on the same machine, so both tell the same time.
 */
const wire: Bench = async () => {
  const settled = new Map<number, number>();
  let onConnected = () => {};
  const connected = new Promise<void>((resolve) => {
    onConnected = resolve;
  });
  const server = createServer((request, response) => {
    const { pathname, searchParams: told } = new URL(request.url!, "http://localhost");
    if (pathname === "/connected") return void connected.then(() => response.end());
    if (told.has("n")) settled.set(Number(told.get("n")), Number(told.get("at")));
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(pathname === "/" ? WAITING : pathname === "/go" ? PAGE : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const webKit = await startWebKit(`http://localhost:${(server.address() as AddressInfo).port}/`);
  const browser = await launchChromium();
  try {
    const list = await (await fetch(`http://${webKit.endpoint}/`)).text();
    const viewer = await openViewer(browser);
    await viewer.setViewport({ width: 1000, height: 2200 });
    await askAt(viewer, webKit.endpoint + /\/socket\/\d+\/\d+\/WebPage/.exec(list)![0]);
    await viewer.waitForSelector(".picker-page .button");
    await viewer.evaluate(watchRows);
    await viewer.click(".picker-page .button");
    await viewer.waitForSelector(".status.waiting .late");
    onConnected();
    await viewer.waitForFunction((count) => window.rowsAt.size >= count, { polling: 100 }, CALLS);
    const rows = new Map(await viewer.evaluate(() => [...window.rowsAt]));
    const times = [...rows].flatMap(([n, at]) => (settled.has(n) ? at - settled.get(n)! : []));
    const sorted = times.sort((a, b) => a - b);
    const measured = median(sorted);
    return [
      {
        what: `a call settles in WebKit, until its row is in the viewer, by wire (${sorted.length} calls)`,
        measured: describeMilliseconds(measured),
        beside: `${describeMilliseconds(sorted[Math.floor(sorted.length * 0.9)]!)} (slowest tenth)`,
        bound: `< ${GOAL} ms`,
        holds: measured < GOAL,
      },
    ];
  } finally {
    await browser.close();
    await webKit.stop();
    server.close();
    server.closeAllConnections();
  }
};

export default wire;

/** Goes on when the viewer is connected: so the calls of the next page are numbered as in the log. */
const WAITING = `<title>waiting</title><script>fetch("/connected").then(() => { location.href = "/go"; });</script>`;

/** Calls as long as it is open; tells the server when each has settled. */
const PAGE = `<title>calls</title><script>${pageAuthenticator()}</script><script>
  let n = 0;
  onload = () => setInterval(async () => {
    const mine = n++;
    await navigator.credentials.preventSilentAccess();
    void fetch("/settled?n=" + mine + "&at=" + Date.now());
  }, ${EVERY_MS});
</script>`;

declare global {
  interface Window {
    /** when the row of a call, by its number in its realm, was first seen settled; epoch milliseconds */
    rowsAt: Map<number, number>;
  }
}

/** Runs in the viewer. */
function watchRows(): void {
  window.rowsAt = new Map();
  new MutationObserver(() => {
    const now = Date.now();
    for (const row of document.querySelectorAll<HTMLElement>(".list-row.good[data-call]")) {
      const seq = Number(row.dataset.call!.split(":")[1]);
      if (!window.rowsAt.has(seq)) window.rowsAt.set(seq, now);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
}
