import { createPublicKey, X509Certificate } from "node:crypto";
import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  decodeAttestationObject,
  encodeBase64url,
  importAnything,
  type Recording,
  readSnapshot,
  type Snapshot,
} from "../../../src/index.js";
import { genuineAttestation } from "../../support/attestationSamples.js";
import { bytes, create, get, passkey, recordingOf } from "../../support/recordings.js";
import { ATTESTATION_ROOT } from "../../support/softwareAuthenticator.js";
import { type PageOptions, type PanelBrowser, startPanelBrowser } from "../panelPage.js";

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

const ATTESTATION = genuineAttestation("tpm");

/** A registration with the attestation of a TPM, a kilobyte; `response` replaces members. */
function registration(response: Record<string, Snapshot> = {}): Recording {
  const recording = recordingOf([create().returns(passkey("A")), get().rejects("NotAllowedError")]);
  const { outcome } = recording.calls[0]!;
  if (outcome.status !== "fulfilled") throw new Error("The registration has no answer.");
  const credential = outcome.value as { value: { response: Record<string, Snapshot> } };
  Object.assign(credential.value.response, { attestationObject: arrayBuffer(ATTESTATION) }, response);
  return recording;
}

const arrayBuffer = (content: Uint8Array): Snapshot => ({
  $: "bytes",
  type: "ArrayBuffer",
  base64url: encodeBase64url(content),
});

async function openBytes(recording: Recording, buffer: string, options?: PageOptions): Promise<void> {
  page = await panel.open(recording, options);
  await page.click('[data-call="call-0"]');
  await page.click("[data-tab=bytes]");
  await page.click(`[data-buffer=${buffer}]`);
  await page.waitForSelector(`[data-buffer=${buffer}][aria-pressed=true]`);
}

/** Offsets of the bytes that carry a mark, as far as they are drawn. */
const marked = (mark: string) =>
  page.$$eval(`.hex-bytes .run.${mark}`, (runs) =>
    (runs as HTMLElement[]).flatMap((run) =>
      Array.from({ length: Number(run.dataset.length) }, (_, index) => Number(run.dataset.offset) + index),
    ),
  );
const range = (offset: number, length: number) => Array.from({ length }, (_, index) => offset + index);
const line = (path: string) => `[role=treeitem][data-path="${path}"]`;
const text = (selector: string) => page.$eval(selector, (element) => (element as HTMLElement).innerText);
const fieldOf = (path: string) =>
  decodeAttestationObject(ATTESTATION).fields.find((field) => field.path === path)!;

describe("a field and its bytes", () => {
  test("every byte stands there as it came back, in hexadecimal and in ASCII", async () => {
    const clientData = new TextEncoder().encode('{"type":"webauthn.create","challenge":"AQ","origin":"é"}');
    await openBytes(registration({ clientDataJSON: arrayBuffer(clientData) }), "clientDataJSON");
    const column = (name: string) =>
      page.$$eval(`.hex-${name}`, (cells) => cells.map((cell) => cell.textContent ?? ""));
    expect((await column("bytes")).join(" ").split(/\s+/).filter(Boolean)).toEqual(
      Array.from(clientData, (byte) => byte.toString(16).padStart(2, "0")),
    );
    expect((await column("ascii")).join("")).toBe(new TextDecoder().decode(clientData).replace("é", "··"));
    expect((await column("offset"))[1]).toMatch(/^00(10|08)$/);
  });

  test("light up together from the field: by the pointer, and no longer than it is there", async () => {
    await openBytes(registration(), "attestationObject");
    await page.hover(line("attestationFormat"));
    await page.waitForSelector(".hex .run.lit");
    const { offset, length } = fieldOf("attestationFormat");
    expect(await marked("lit")).toEqual(range(offset, length));
    expect(await text(".byte-told")).toMatch(/attestationFormat\s+bytes 5–8 .*"tpm"/s);
    await page.hover("[data-tab=bytes]");
    await page.waitForFunction(() => !document.querySelector(".hex .run.lit"));
  });

  test("light up together from the byte", async () => {
    await openBytes(registration(), "attestationObject");
    const { offset, length } = fieldOf("attestationStatement.signature");
    await page.hover(`.hex-bytes [data-offset="${Math.ceil(offset / 16) * 16}"]`);
    await page.waitForSelector(`${line("attestationStatement.signature")}.lit`);
    expect(await marked("lit")).toEqual(range(offset, length));
    await page.hover(".hex-ascii [data-offset='5']");
    await page.waitForSelector(`${line("attestationFormat")}.lit`);
  });

  test("a click pins the field, another lets it go", async () => {
    await openBytes(registration(), "attestationObject");
    await page.click(line("attestationFormat"));
    await page.hover("[data-tab=bytes]");
    await page.waitForSelector(`${line("attestationFormat")}[aria-selected=true]:not(.lit)`);
    const { offset, length } = fieldOf("attestationFormat");
    expect(await marked("selected")).toEqual(range(offset, length));
    await page.click(line("attestationFormat"));
    await page.waitForFunction(() => !document.querySelector(".run.selected"));
  });

  test("follow the arrow keys in the fields: bytes far below come into view", async () => {
    await openBytes(registration(), "attestationObject");
    await page.focus(".byte-fields");
    await page.keyboard.press("End");
    const path = "authenticatorData.attestedCredentialData.coseKey.y";
    const { offset, length } = fieldOf(path);
    await page.waitForSelector(`${line(path)}[aria-selected=true]`);
    await page.waitForSelector(`.hex-bytes .run.selected[data-offset="${offset}"]`);
    const isSeen = await page.$eval(`.hex-bytes .run.selected`, (run) => {
      const { top, bottom } = run.getBoundingClientRect();
      const view = run.closest(".hex")!.getBoundingClientRect();
      return top >= view.top && bottom <= Math.min(view.bottom, innerHeight);
    });
    expect(isSeen).toBe(true);
    expect(await marked("selected")).toEqual(
      range(offset, length).slice(0, (await marked("selected")).length),
    );
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector(
      `${line("authenticatorData.attestedCredentialData.coseKey")}[aria-selected=true]`,
    );
  });

  test("follow the arrow keys in the bytes; Escape lets go and leaves the details open", async () => {
    await openBytes(registration(), "attestationObject");
    await page.focus(".hex");
    for (let press = 0; press < 6; press++) await page.keyboard.press("ArrowRight");
    await page.waitForSelector(`${line("attestationFormat")}[aria-selected=true]`);
    expect(await marked("cursor")).toEqual([5]);
    await page.keyboard.press("End");
    await page.waitForFunction(
      (last) => document.querySelector<HTMLElement>(".run.cursor")?.dataset.offset === last,
      {},
      String(ATTESTATION.length - 1),
    );
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(".run.selected"));
    expect(await page.$(".detail")).not.toBeNull();
  });
});

test("a problem is told among the fields and marked at its bytes", async () => {
  const damaged = Uint8Array.from([...ATTESTATION, 1, 2, 3]);
  await openBytes(registration({ attestationObject: arrayBuffer(damaged) }), "attestationObject");
  await page.waitForSelector(".byte-field.problem");
  expect(await text(".byte-field.problem")).toContain("3 bytes follow the attestation object.");
  await page.click(".byte-field.problem");
  await page.waitForSelector(".run.wrong");
  expect(await marked("wrong")).toEqual(range(ATTESTATION.length, 3));
});

test.each<[string, Snapshot, RegExp]>([
  [
    "masked",
    { $: "masked", type: "ArrayBuffer", length: 37, fingerprint: "9f86d081" },
    /ArrayBuffer, 37 bytes, masked: its bytes are not in the recording/,
  ],
  ["too large to keep", { $: "truncated", of: "ArrayBuffer", length: 9_000_000 }, /too large to keep/],
  ["absent", { $: "undefined" }, /not in this response/],
  ["empty", arrayBuffer(new Uint8Array()), /came back with no bytes/],
  ["unreadable text", { $: "bytes", type: "ArrayBuffer", base64url: "!!" }, /not base64url/],
])("bytes that are %s: it says so", async (_, attestationObject, told) => {
  await openBytes(registration({ attestationObject }), "attestationObject");
  await page.waitForSelector(".byte-gap");
  expect(await text(".byte-gap")).toMatch(told);
  expect(await page.$(".hex")).toBeNull();
});

test("a call that brought no response has no such tab", async () => {
  page = await panel.open(registration());
  await page.click('[data-call="call-1"]');
  await page.waitForSelector("[data-tab=response]");
  expect(await page.$("[data-tab=bytes]")).toBeNull();
});

test("of a megabyte only what is in view is drawn, and its end is one key away", async () => {
  const large = bytes(1_000_000);
  await openBytes(registration({ attestationObject: arrayBuffer(large) }), "attestationObject");
  await page.waitForSelector(".hex-row");
  await page.focus(".hex");
  await page.keyboard.press("End");
  await page.waitForSelector(".run.cursor[data-offset='999999']");
  expect(await page.$$eval(".hex-row", (rows) => rows.length)).toBeLessThan(150);
  expect(await page.$eval(".hex", (grid) => Number(grid.ariaRowCount))).toBeGreaterThanOrEqual(62_500);
});

test.each([1200, 700, 350, 300])(
  "at %d px nothing is wider than the panel, and both views have room",
  async (width) => {
    await openBytes(registration(), "attestationObject", { width });
    await page.waitForSelector(".hex-row");
    const tooWide = await page.$$eval(
      ".keyhole, .detail, .tab-panel, .byte-pair, .hex, .byte-fields",
      (found) =>
        found
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map(({ className }) => className),
    );
    expect(tooWide).toEqual([]);
    const heights = await page.$$eval(".hex, .byte-fields", (found) =>
      found.map(({ clientHeight }) => clientHeight),
    );
    for (const height of heights) expect(height).toBeGreaterThanOrEqual(95);
    const perRow = await page.$eval(".hex-ascii", (cell) => cell.textContent?.length);
    expect(perRow).toBe(width === 300 ? 4 : width === 1200 || width === 700 ? perRow : 8);
  },
);

describe("certificates", () => {
  const PACKED = genuineAttestation("packed");
  const LEAF = "attestationStatement.certificates[0]";
  const openPacked = () =>
    openBytes(registration({ attestationObject: arrayBuffer(PACKED) }), "attestationObject");
  const copyOf = async (path: string, label: string) => {
    await page
      .browserContext()
      .overridePermissions(page.url(), ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.click(line(path));
    await page.click(".byte-told .icon-button");
    await page.waitForSelector("[role=menu]");
    await page.evaluate(
      (wanted) =>
        [...document.querySelectorAll<HTMLElement>("[role=menuitem]")]
          .find(({ innerText }) => innerText === wanted)!
          .click(),
      label,
    );
    const copied = await page.waitForFunction(() => navigator.clipboard.readText());
    return copied.jsonValue();
  };

  test("one of a statement says whose it is, until when, with which key and which extensions", async () => {
    await openPacked();
    await page.waitForSelector(line(`${LEAF}.validity.notAfter`));
    expect(await text(line(LEAF))).toContain("CN=Software authenticator");
    expect(await text(line(`${LEAF}.issuer`))).toContain("CN=Attestation root");
    expect(await text(line(`${LEAF}.validity`))).toContain("2024-01-01 to 2044-01-01");
    expect(await text(line(`${LEAF}.publicKey`))).toContain("EC public key, P-256");
    expect(await text(line(`${LEAF}.extensions[1]`))).toContain("FIDO AAGUID: 5d1f5b5c-");
  });

  test("its fields and their bytes light up together, both ways", async () => {
    await openPacked();
    await page.waitForSelector(line(`${LEAF}.validity.notAfter`));
    const at = Buffer.from(PACKED).indexOf("440101000000Z");
    await page.hover(line(`${LEAF}.validity.notAfter`));
    await page.waitForSelector(".hex .run.lit");
    const all = range(at - 2, 15);
    expect(await marked("lit")).toEqual(all);
    await page.focus(".byte-fields");
    await page.click(line(`${LEAF}.validity.notBefore`));
    await page.hover(`.hex-bytes [data-offset="${at - 2}"]`);
    await page.waitForSelector(`${line(`${LEAF}.validity.notAfter`)}.lit`);
    expect(await text(".byte-told")).toContain("2044-01-01T00:00:00.000Z");
  });

  test("a field that was selected before they were read stays selected", async () => {
    await openBytes(registration({ attestationObject: arrayBuffer(PACKED) }), "clientDataJSON");
    const [selected, detail] = ["authenticatorData.flags", `${LEAF}.validity.notAfter`].map(line);
    // As soon as it is drawn: the certificates are read after that.
    const isEarly = await page.evaluate(
      (wanted, late) =>
        new Promise<boolean>((resolve) => {
          const watcher = new MutationObserver(() => {
            const drawn = document.querySelector<HTMLElement>(wanted);
            if (!drawn) return;
            watcher.disconnect();
            drawn.click();
            resolve(document.querySelector(late) === null);
          });
          watcher.observe(document, { childList: true, subtree: true });
          document.querySelector<HTMLElement>("[data-buffer=attestationObject]")!.click();
        }),
      selected!,
      detail!,
    );
    expect(isEarly).toBe(true);
    await page.waitForSelector(detail!);
    expect(
      await page.$$eval("[role=treeitem][aria-selected=true]", (all) =>
        all.map((one) => one.getAttribute("data-path")),
      ),
    ).toEqual(["authenticatorData.flags"]);
    const { offset } = decodeAttestationObject(PACKED).fields.find(
      ({ path }) => path === "authenticatorData.flags",
    )!;
    expect(await text(".byte-told")).toContain(`${offset}`);
  });

  test("it is copied as PEM, and its key as well", async () => {
    await openPacked();
    await page.waitForSelector(line(`${LEAF}.validity.notAfter`));
    const certificate = new X509Certificate(await copyOf(LEAF, "Copy as PEM"));
    expect(certificate.subject).toContain("CN=Software authenticator");
    const key = createPublicKey(await copyOf(`${LEAF}.publicKey`, "Copy as PEM"));
    expect(key.equals(certificate.publicKey)).toBe(true);
  });

  test("in the Response the statement stands once, taken apart, and its certificates have their PEM too", async () => {
    await openPacked();
    await page.click("[data-tab=response]");
    const pointer = (path: string) => `[data-pointer$="attestationObject#${path}"]`;
    await page.waitForSelector(pointer("attestationStatement"));
    expect(await page.$(pointer("statement"))).toBeNull();
    await page.hover(pointer("attestationStatement.certificates.0"));
    await page.click(`${pointer("attestationStatement.certificates.0")} .tree-copy`);
    const labels = await page.$$eval("[role=menuitem]", (items) =>
      items.map(({ textContent }) => textContent),
    );
    expect(labels).toEqual(["Copy as base64url", "Copy as hex", "Copy as PEM", "Copy as JSON"]);
  });

  test("what is no certificate is told where it stands", async () => {
    const damaged = genuineAttestation("packed", {
      statement: (statement) => void statement.set("x5c", [Uint8Array.of(1, 2, 3)]),
    });
    await openBytes(registration({ attestationObject: arrayBuffer(damaged) }), "attestationObject");
    await page.waitForSelector(".byte-field.problem");
    expect(await text(".byte-field.problem")).toContain("This is no certificate in DER.");
    await page.click(".byte-field.problem");
    const at = Buffer.from(damaged).indexOf(Uint8Array.of(0x43, 1, 2, 3)) + 1;
    expect(await marked("selected")).toEqual(range(at, 3));
  });

  test("a certificate that came alone is taken apart as well, and a public key has its PEM", async () => {
    const { recording } = await importAnything(new X509Certificate(ATTESTATION_ROOT.certificate).toString());
    page = await panel.open(recording!);
    await page.click("[data-call]");
    await page.click("[data-tab=bytes]");
    await page.waitForSelector(line("validity.notAfter"));
    expect(await text(line("subject"))).toContain("CN=Attestation root");
    expect(await text(line("extensions[0]"))).toContain("basic constraints (critical): an authority");
    expect(await text(line(""))).toContain("CN=Attestation root");
    const { fingerprint256 } = new X509Certificate(ATTESTATION_ROOT.certificate);
    expect(new X509Certificate(await copyOf("", "Copy as PEM")).fingerprint256).toBe(fingerprint256);
  });
});

describe("the way between a finding or a step and its bytes", () => {
  /** A second registration that a server refuses: the person was not verified. */
  const unverified = () =>
    recordingOf([
      create({ authenticatorSelection: { userVerification: "required" } }).returns(
        passkey("A", { userVerified: false }),
      ),
    ]);
  const flags = () => {
    const { outcome } = unverified().calls[0]!;
    const object = outcome.status === "fulfilled" ? readSnapshot(outcome.value) : undefined;
    const bytes = object?.member("response", "attestationObject").bytes();
    return decodeAttestationObject(bytes!).fields.find(({ path }) => path === "authenticatorData.flags")!;
  };
  const open = async () => {
    page = await panel.open(unverified());
    await page.click('[data-call="call-0"]');
  };
  const CARD = '[data-rule="uv-missing-when-required"]';

  test("from a finding to its byte, and back", async () => {
    await open();
    await page.waitForSelector(`${CARD} .related`);
    await page.click(`${CARD} .related`);
    await page.waitForSelector(`${line("authenticatorData.flags")}[aria-selected=true]`);
    expect(await marked("selected")).toEqual(range(flags().offset, 1));
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("byte-fields");
    expect(await text(`${line("authenticatorData.flags")} .byte-field-flag`)).toContain("Error");
    await page.click(".byte-about .finding-mark.error");
    await page.waitForSelector(`${CARD}.marked`);
  });

  test("from a step to its bytes, and back", async () => {
    await open();
    await page.waitForSelector("[data-tab=verify]");
    await page.click("[data-tab=verify]");
    await page.click('[data-check="user-verified"] .to-bytes');
    await page.waitForSelector(`${line("authenticatorData.flags")}[aria-selected=true]`);
    expect(await marked("selected")).toEqual(range(flags().offset, 1));
    await page.click(".byte-about .step-mark.fail");
    await page.waitForSelector('[data-check="user-verified"].marked');
    await page.click('[data-check="origin"] .to-bytes');
    await page.waitForSelector("[data-buffer=clientDataJSON][aria-pressed=true]");
    await page.waitForSelector(`${line("origin")}[aria-selected=true]`);
  });

  test("the field is marked in the Response too", async () => {
    await open();
    await page.waitForSelector(CARD);
    await page.click("[data-tab=response]");
    await page.waitForSelector(
      '.tree-line.flagged[data-pointer$="attestationObject#authenticatorData.flags"] .finding-mark.error',
    );
  });
});
