import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { encodeHex } from "../../../src/index.js";
import { create, get, recordingOf } from "../../support/recordings.js";
import { ATTESTATION_ROOT, SoftwareAuthenticator } from "../../support/softwareAuthenticator.js";
import { type PanelBrowser, startPanelBrowser } from "../panelPage.js";

vi.setConfig({ testTimeout: 30_000 });

let panel: PanelBrowser;
let page: Page;

beforeAll(async () => {
  panel = await startPanelBrowser();
}, 60_000);
afterEach(async () => {
  if (!page?.isClosed()) await page?.close();
});
afterAll(async () => {
  await panel?.close();
});

/** A sign-in whose registration is not in the log, and the public key that the server has. */
function signInAlone() {
  const authenticator = new SoftwareAuthenticator();
  const { publicKey } = authenticator.create(create().args[0]);
  const draft = get();
  const { snapshot } = authenticator.get(draft.args[0]);
  return {
    recording: recordingOf([draft.returns(snapshot)]),
    cose: publicKey,
    key: authenticator.credentials[0]!.keys.publicKey,
  };
}

function registrationWithCertificate() {
  const authenticator = new SoftwareAuthenticator({ attestation: "packed" });
  const draft = create({ attestation: "direct" });
  return recordingOf([draft.returns(authenticator.create(draft.args[0]).snapshot)]);
}

async function openVerify(recording: ReturnType<typeof recordingOf>): Promise<void> {
  page = await panel.open(recording);
  await page.click("[data-call=call-0]");
  await page.waitForSelector("[data-tab=verify]");
  await page.click("[data-tab=verify]");
  await page.waitForSelector(".verdicts");
}

const step = (check: string) => `[data-check="${check}"]`;
const outcome = (check: string, word: string) =>
  page.waitForSelector(`${step(check)}.${word}`).then((found) => found !== null);
const paste = async (check: string, text: string) => {
  await page.evaluate(
    (selector, pasted) => {
      const area = document.querySelector<HTMLTextAreaElement>(`${selector} textarea`)!;
      area.value = pasted;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    step(check),
    text,
  );
  await page.click(`${step(check)} .give .primary`);
};
const complaint = (check: string) =>
  page
    .waitForSelector(`${step(check)} .give-problems`)
    .then((found) => found!.evaluate((element) => (element as HTMLElement).innerText.trim()));

const { cose, key, recording } = signInAlone();
const FORMS: [string, string][] = [
  ["COSE in hexadecimal digits", encodeHex(cose)],
  ["COSE in base64url", Buffer.from(cose).toString("base64url")],
  ["SubjectPublicKeyInfo in base64url", key.export({ type: "spki", format: "der" }).toString("base64url")],
  ["JSON Web Key", JSON.stringify(key.export({ format: "jwk" }))],
  ["PEM", key.export({ type: "spki", format: "pem" }).toString()],
];

describe("a public key can be given where it is missed", () => {
  test.each(FORMS)("as %s", async (_, text) => {
    await openVerify(recording);
    await outcome("signature", "cannot-tell");
    await page.click(`${step("signature")} .give-offer`);
    await paste("signature", text);
    await outcome("signature", "pass");
    expect(await page.$(`${step("signature")} .give`)).toBeNull();
    await page.click(`${step("signature")} .given button`);
    await outcome("signature", "cannot-tell");
    await page.waitForSelector(`${step("signature")} .give-offer`);
  });

  test("another key is refused by the signature", async () => {
    await openVerify(recording);
    await page.click(`${step("signature")} .give-offer`);
    await paste("signature", encodeHex(signInAlone().cose));
    await outcome("signature", "fail");
    expect(await page.$eval("[data-tab=verify] .tab-count", (count) => count.className)).toContain(
      "has-failed",
    );
  });

  test("a bad one is explained with its place, and changes nothing", async () => {
    await openVerify(recording);
    await page.click(`${step("signature")} .give-offer`);
    await paste("signature", '{"kty":"EC" "crv"}');
    expect(await complaint("signature")).toMatch(/not JSON, at character 12/);
    await paste("signature", encodeHex(cose.slice(0, 40)));
    await page.waitForFunction(
      (selector) => /byte \d+/.test(document.querySelector(selector)?.textContent ?? ""),
      {},
      `${step("signature")} .give-problems`,
    );
    await paste("signature", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
    await page.waitForFunction(
      (selector) => /holds a CERTIFICATE/.test(document.querySelector(selector)?.textContent ?? ""),
      {},
      `${step("signature")} .give-problems`,
    );
    expect(await page.$(`${step("signature")}.cannot-tell`)).not.toBeNull();
    await page.keyboard.press("Escape");
    await page.waitForSelector(`${step("signature")} .give-offer`);
    expect(await page.$(".detail")).not.toBeNull();
  });
});

describe("root certificates can be given where they are missed", () => {
  const pem = (der: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64")}\n-----END CERTIFICATE-----\n`;

  test("and trust follows at once, and goes when they are removed", async () => {
    await openVerify(registrationWithCertificate());
    await outcome("attestation-trust", "cannot-tell");
    await page.click(`${step("attestation-trust")} .give-offer`);
    await paste("attestation-trust", `our own root:\n${pem(ATTESTATION_ROOT.certificate)}`);
    await outcome("attestation-trust", "pass");
    expect(
      await page.$eval(`${step("attestation-trust")} .given`, ({ textContent }) => textContent),
    ).toContain("Attestation root");
    await page.click(`${step("attestation-trust")} .given button`);
    await outcome("attestation-trust", "cannot-tell");
  });

  test("one that can't be read is named", async () => {
    await openVerify(registrationWithCertificate());
    await page.click(`${step("attestation-trust")} .give-offer`);
    await paste("attestation-trust", pem(ATTESTATION_ROOT.certificate) + pem(new Uint8Array([1, 2, 3])));
    expect(await complaint("attestation-trust")).toMatch(
      /Part 2 of the PEM text \(at character \d+\) can’t be read, at byte 0/,
    );
    expect(await page.$(`${step("attestation-trust")}.cannot-tell`)).not.toBeNull();
  });
});
