import type { Frame } from "puppeteer-core";
import { PACE } from "../../extension/sources/inspectedWindowSource.js";
import { bootstrapScript, createLinkKey, readExpression } from "../../src/index.js";
import { readBuilt } from "../build/built.js";
import { launchChromium } from "../support/chromium.js";
import { pageAuthenticator } from "../support/pageAuthenticator.js";
import { servePages } from "../support/servePages.js";
import { startWebKit } from "../support/startWebKit.js";
import { openWebInspector } from "../support/webInspector.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { median } from "./median.js";
import type { Bench } from "./row.js";

const CALLS = 40;
const READINGS = 2_000;

/** The panel in Apple's Web Inspector front end, attached to a WebKit page in another process. */
const evaluation: Bench = async () => {
  const key = createLinkKey();
  const server = await servePages({ "/": "<h1>page</h1>" });
  const webkit = await startWebKit(`${server.on("localhost")}/`);
  const browser = await launchChromium({ extension: false });
  try {
    const inspector = await openWebInspector(await browser.newPage(), webkit.endpoint);
    const panel = await inspector.openPanel({ linkKey: key });
    const script = bootstrapScript(readBuilt("hook/keyhole-bootstrap.js"), {
      key,
      via: "bootstrap",
      console: "off",
    });
    await inspector.setBootstrapScript(pageAuthenticator() + script);
    await panel.waitForSelector(".status.good");

    const latencies: number[] = [];
    for (let n = 0; n < CALLS; n++) {
      const shown = rowAppears(panel, n);
      // Calls come at any moment between two readings.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * PACE.poll));
      const settledAt = await inspector.inPage(
        "navigator.credentials.preventSilentAccess().then(() => Date.now())",
      );
      latencies.push((await shown) - Number(settledAt));
    }

    const idle = readExpression({
      key,
      since: { realmId: await realmOf(inspector.inPage, key), next: 2 * CALLS },
    });
    const cost = Number(
      await inspector.inPage(`(() => {
        const begun = performance.now();
        for (let n = 0; n < ${READINGS}; n++) { ${idle}; }
        return (performance.now() - begun) / ${READINGS};
      })()`),
    );
    const answer = String(await inspector.inPage(idle));
    await inspector.close();
    return [
      {
        what: `settled in WebKit until its row is in the panel, by evaluation every ${PACE.poll} ms, median of ${CALLS}`,
        measured: describeMilliseconds(median(latencies)),
      },
      {
        what: "one reading of an idle page, in the page",
        measured: describeMilliseconds(cost),
        bound: "≤ 1 % of its time",
        holds: cost / PACE.poll <= 0.01,
      },
      { what: "its answer", measured: `${answer.length} characters` },
    ];
  } finally {
    await browser.close();
    await webkit.stop();
    await server.close();
  }
};

export default evaluation;

/**
 * When the panel has the row of that call of its page, by the clock of this machine, which the page has too.
 * Of a long list only what is in view is drawn, and a row's element may have been another's.
 */
function rowAppears(panel: Frame, seq: number): Promise<number> {
  return panel.evaluate((row) => {
    return new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector(row)) return;
        observer.disconnect();
        resolve(Date.now());
      });
      observer.observe(document.body, { attributes: true, childList: true, subtree: true });
    });
  }, `.list-row[data-call$=":${seq}"]`);
}

async function realmOf(inPage: (expression: string) => Promise<unknown>, key: string): Promise<string> {
  const { realmId } = JSON.parse(String(await inPage(readExpression({ key })))) as { realmId: string };
  return realmId;
}
