import type { Frame } from "puppeteer-core";

/** What a person sees in the panel: the status in words, and the lines of the list. */
export interface PanelView {
  status: string;
  /** "create: created" for a call, the words of a note for the lines between calls */
  lines: string[];
}

export const readPanel = (panel: Frame): Promise<PanelView> =>
  panel.evaluate(() => {
    const text = (element: Element | null) => element?.textContent?.trim() ?? "";
    const line = (row: Element) =>
      row.matches(".list-row")
        ? `${text(row.querySelector(".method"))}: ${text(row.querySelector(".outcome"))}`
        : text(row);
    return {
      status: text(document.querySelector(".status b")),
      lines: [...document.querySelectorAll(".list-row, .list-note")].map(line),
    };
  });
