import type { Frame } from "puppeteer-core";

/** What a person sees in the panel: the status in words, and the lines of the list. */
export interface PanelView {
  status: string;
  /** "create: good" for a call (or waiting, stopped, bad), the words of a note for what stands between calls */
  lines: string[];
}

export const readPanel = (panel: Frame): Promise<PanelView> => panel.evaluate(panelView);

/** Runs in the panel, so it stands for itself. */
export function panelView(): PanelView {
  const TONES = ["good", "waiting", "stopped", "bad"];
  const text = (element: Element | null) => element?.textContent?.trim() ?? "";
  const line = (row: Element) =>
    row.matches(".list-row")
      ? `${text(row.querySelector(".method"))}: ${TONES.find((tone) => row.classList.contains(tone))}`
      : text(row);
  return {
    status: text(document.querySelector(".status b")),
    lines: [...document.querySelectorAll(".list-row, .list-note")].map(line),
  };
}
