import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Frame } from "puppeteer-core";
import { type Analysis, analyze, parseRecording, type Recording, toMarkdown } from "../../src/index.js";
import { addVirtualAuthenticator, openKeyholePanel } from "../../test/support/chromium.js";
import { formatTable } from "../../test/support/formatTable.js";
import { makeMistakes, type Outcome, performGoodCeremonies } from "./ceremonies.js";

const FOLDER = fileURLToPath(new URL("../../demo-out", import.meta.url));
const SYNCED = { defaultBackupEligibility: true, defaultBackupState: true };

/**
 * Goes through the demo at `url` without a person: signs in before DevTools is opened, makes the
 * mistakes with the Keyhole panel open, then prints what the panel's own export says and leaves
 * panel.png, recording.keyhole.json and report.md in demo-out/.
 */
export async function showUnattended(browser: Browser, url: string): Promise<void> {
  const [page] = await browser.pages();
  await addVirtualAuthenticator(page!, SYNCED);
  const good = await performGoodCeremonies(page!, url);
  const { devtools, panel } = await openKeyholePanel(page!);
  await devtools.evaluate(UNDOCK);
  await devtools.setViewport({ width: 1200, height: 760 });
  const outcomes = [...good, ...(await makeMistakes(page!, url))];

  await panel.waitForFunction(
    (count) =>
      document.querySelectorAll("[data-call]").length >= count &&
      !document.querySelector("[data-call].waiting"),
    {},
    outcomes.filter(({ ceremony }) => ceremony !== "sign out").length,
  );
  const text = await exportRecording(panel);
  const recording = readRecording(text);
  const analysis = await analyze(recording);
  await selectGravestCall(panel, analysis);

  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await devtools.screenshot({ path: `${FOLDER}/panel.png` });
  await writeFile(`${FOLDER}/recording.keyhole.json`, text);
  await writeFile(`${FOLDER}/report.md`, toMarkdown(analysis));

  console.log(`\n${formatTable([["ceremony", "outcome", "because"], ...outcomes.map(outcomeCells)])}`);
  console.log(`\n${formatTable([["severity", "rule", "call", "where"], ...findingCells(analysis)])}`);
  console.log("\nWritten to demo-out/: panel.png, recording.keyhole.json, report.md.");
}

/** In a window of their own, DevTools have the picture to themselves. Runs in DevTools. */
const UNDOCK = `import("devtools://devtools/bundled/ui/legacy/legacy.js").then(({ DockController }) =>
  DockController.DockController.instance().setDockSide("undocked"))`;

/** The text of the panel's own export. */
async function exportRecording(panel: Frame): Promise<string> {
  await panel.click('button[aria-label="Export"]');
  const area = await panel.waitForSelector("dialog[open] textarea");
  const text = await area!.evaluate((element) => (element as HTMLTextAreaElement).value);
  await panel.click('dialog[open] button[aria-label="Close"]');
  return text;
}

function readRecording(text: string): Recording {
  const { recording, problems } = parseRecording(text);
  if (!recording) throw new Error(`The panel's export can't be read: ${problems[0]?.message}`);
  return recording;
}

/** The one with most errors. Waits until the panel has judged it as well: its findings stand in its row. */
async function selectGravestCall(panel: Frame, { findings }: Analysis): Promise<void> {
  const gravity = new Map<string, number>();
  for (const { callId, severity } of findings)
    gravity.set(callId, (gravity.get(callId) ?? 0) + { error: 100, warning: 10, info: 1 }[severity]);
  const [most] = [...gravity].sort(([, a], [, b]) => b - a);
  if (!most) throw new Error("Keyhole found nothing, and the demo's mistakes were made to be found.");
  const row = `[data-call="${most[0]}"]`;
  await panel.waitForSelector(`${row} .count`);
  await panel.click(row);
  await panel.waitForSelector('[role="tabpanel"] .finding');
  await panel.waitForFunction(() => {
    const forecast = document.querySelector(".forecast")?.textContent;
    return forecast && !forecast.includes("…");
  });
}

function outcomeCells({ ceremony, outcome, because }: Outcome): string[] {
  return [ceremony, outcome, shorten(because, 80)];
}

function findingCells({ recording, findings }: Analysis): string[][] {
  const names = new Map(
    recording.calls.map(({ id, api }, index) => [id, `${index + 1} ${api.replace(/^.*\./, "")}`]),
  );
  return findings.map(({ severity, ruleId, callId, at }) => [severity, ruleId, names.get(callId) ?? "?", at]);
}

const shorten = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;
