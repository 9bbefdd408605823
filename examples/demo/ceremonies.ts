import type { Page } from "puppeteer-core";

/** What became of one step: the relying party's verdict, or the browser's refusal. */
export interface Outcome {
  /** "register", "mistake: user-id-long" … */
  ceremony: string;
  outcome: "accepted" | "refused" | "failed";
  because: string;
}

/**
 * Goes through the demo as a person would, in `page`, which needs a virtual authenticator:
 * first the good pages, then every mistake. `url` is the demo's.
 */
export async function performCeremonies(page: Page, url: string): Promise<Outcome[]> {
  return [...(await performGoodCeremonies(page, url)), ...(await makeMistakes(page, url))];
}

/** Registers, signs in by button and from autofill, tries a second passkey, signs out. */
export async function performGoodCeremonies(page: Page, url: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const settle = async (ceremony: string) => {
    const output = await page.waitForSelector("output[data-outcome]");
    const { outcome, because } = await output!.evaluate((element) => ({
      outcome: element.getAttribute("data-outcome"),
      because: element.textContent ?? "",
    }));
    outcomes.push({ ceremony, outcome: outcome as Outcome["outcome"], because });
  };

  await page.goto(`${url}/register`);
  await page.type("#name", "robin@example.com");
  await page.click("button");
  await settle("register");

  await page.goto(`${url}/sign-in`);
  await page.click("button");
  await settle("sign in");

  await page.goto(`${url}/autofill`);
  await settle("sign in from autofill");

  await page.goto(`${url}/account`);
  await page.waitForSelector("tbody tr");
  await page.click("#add");
  await settle("add a second passkey");
  await page.reload();
  await page.waitForSelector("tbody tr");
  await page.click("#sign-out");
  await settle("sign out");
  return outcomes;
}

/** Presses every button of the mistakes page, one after the other. */
export async function makeMistakes(page: Page, url: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await page.goto(`${url}/mistakes`);
  await page.waitForSelector("#mistakes > li");
  for (const id of await page.$$eval("#mistakes > li", (items) => items.map((item) => item.id))) {
    await page.click(`#${id} button`);
    await page.waitForSelector(`#${id}[data-done]`);
    const lines = await page.$$eval(`#${id} ul > li`, (items) =>
      items.map(({ dataset }) => ({ outcome: dataset.outcome, because: dataset.because ?? "" })),
    );
    for (const { outcome, because } of lines)
      outcomes.push({ ceremony: `mistake: ${id}`, outcome: outcome as Outcome["outcome"], because });
  }
  return outcomes;
}
