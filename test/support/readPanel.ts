import type { Frame } from "puppeteer-core";

/** What a person sees in the panel: the status in words, and the lines of the list. */
export interface PanelView {
  status: string;
  /**
   * "create: good" for a call (or waiting, stopped, bad), the words of a note for what stands between calls;
   * of a long list those that are in view
   */
  lines: string[];
}

export const readPanel = (panel: Frame): Promise<PanelView> => panel.evaluate(panelView);

/** How many calls the panel says that it has; the list has rows for those alone that are in view. */
export const readCallCount = (panel: Frame): Promise<number> =>
  panel.$$eval(".status span", (spans) => {
    const said = spans.map(({ textContent }) => /^([\d,]+) calls?$/.exec(textContent ?? "")).find(Boolean);
    return Number(said?.[1]?.replace(",", ""));
  });

/** How many calls the panel says are lost. */
export async function readLossCount(panel: Frame): Promise<number> {
  const said = /^([\d,]+) older calls? (was|were) dropped/.exec((await readFirstLine(panel)) ?? "");
  return Number(said?.[1]?.replaceAll(",", "") ?? 0);
}

/** The line at the very top of the list. */
export async function readFirstLine(panel: Frame): Promise<string | undefined> {
  await panel.$eval(".list-body", (body) => {
    for (let at: Element | null = body; at; at = at.parentElement) at.scrollTop = 0;
  });
  return (await readPanel(panel)).lines[0];
}

/** Runs in the panel, so it stands for itself. */
export function panelView(): PanelView {
  const TONES = ["good", "waiting", "stopped", "bad"];
  const text = (element: Element | null) => element?.textContent?.trim() ?? "";
  const line = (row: Element) =>
    row.matches(".list-row")
      ? `${text(row.querySelector(".method"))}: ${TONES.find((tone) => row.classList.contains(tone))}`
      : text(row);
  return {
    // With nothing recorded, what is in the way of that stands where the list would be.
    status: text(document.querySelector(".status b") ?? document.querySelector(".empty h2")),
    lines: [...document.querySelectorAll(".list-row, .list-note")].map(line),
  };
}
