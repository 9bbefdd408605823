import { mkdir, writeFile } from "node:fs/promises";
import { serializeRecording } from "keyhole";
import { type Recorder, record } from "keyhole/recorder";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSite } from "./site.js";

let browser: Browser;

beforeAll(async () => {
  const executablePath = process.env.CHROME_PATH;
  browser = await chromium.launch(executablePath ? { executablePath } : { channel: "chrome" });
});
afterAll(() => browser.close());

/** A page in which passkeys work without a person. */
async function openPage(): Promise<{ page: Page; recorder: Recorder }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      defaultBackupEligibility: true,
      defaultBackupState: true,
    },
  });
  return { page, recorder: await record(context) };
}

test("a passkey can be made and used, and would be on an iPhone", async () => {
  const site = await startSite();
  const { page, recorder } = await openPage();
  await page.goto(site.url);
  await page.click("#register");
  await page.getByText("registered").waitFor();
  await page.click("#sign-in");
  await page.getByText("signed in").waitFor();

  const recording = await recorder.stop();
  expect(recording.calls).toHaveLength(2);
  expect(recording).toBeFreeOf("error", { platform: "ios-18" });

  // To look at in Keyhole's panel, or for `keyhole lint` in a later step.
  await mkdir("recordings", { recursive: true });
  await writeFile("recordings/passkeys.keyhole.json", serializeRecording(recording));
  site.close();
});

test("a mistake is found, and the message says what to change", async () => {
  const site = await startSite({ mistake: true });
  const { page, recorder } = await openPage();
  await page.goto(site.url);
  await page.click("#register");
  await page.getByText("SecurityError").waitFor();

  const recording = await recorder.stop();
  expect(recording).not.toBeFreeOf("rp-id-not-for-origin");
  expect(() => expect(recording).toBeFreeOf("error", { platform: "ios-18" })).toThrow(/What to change/);
  site.close();
});
