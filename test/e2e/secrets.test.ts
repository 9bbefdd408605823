import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addVirtualAuthenticator, launchChromium } from "../support/chromium.js";
import { eventually } from "../support/eventually.js";
import { type ExtensionLog, openExtensionLog } from "../support/extensionLog.js";
import { servePages } from "../support/servePages.js";

let browser: Browser;
let log: ExtensionLog;
let server: Awaited<ReturnType<typeof servePages>>;
let page: Page;

beforeAll(async () => {
  server = await servePages({ "/": "<h1>page</h1>" });
  browser = await launchChromium();
  log = await openExtensionLog(browser);
  page = await browser.newPage();
  await addVirtualAuthenticator(page, {
    ctap2Version: "ctap2_1",
    hasPrf: true,
    hasLargeBlob: true,
  });
  await page.goto(server.on("localhost"));
  await page.bringToFront();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("PRF results, large blobs and passwords are masked in the log, and stand nowhere in what is stored", async () => {
  const secrets = await page.evaluate(act, PRF_INPUT, BLOB, PASSWORDS);
  expect(secrets.prf).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
  expect(secrets.blob).toBe(BLOB);

  const calls = await eventually(async () => {
    const { calls } = await log.of(page);
    expect(calls).toHaveLength(5);
    expect(calls.filter(({ outcome }) => outcome.status === "pending")).toEqual([]);
    return calls;
  });
  const bytes = (type: string, length: number) => ({ $: "masked", type, length, fingerprint: FINGERPRINT });
  const answer = (extension: object) => ({
    status: "fulfilled",
    value: { $: "PublicKeyCredential", value: { clientExtensionResults: extension } },
  });
  const [first, second] = PASSWORDS;
  expect(calls).toMatchObject([
    {
      api: "credentials.create",
      outcome: answer({ prf: { enabled: true }, largeBlob: { supported: true } }),
    },
    {
      api: "credentials.get",
      arguments: [{ publicKey: { extensions: { largeBlob: { write: bytes("Uint8Array", BLOB.length) } } } }],
      outcome: answer({
        largeBlob: { written: true },
        prf: { results: { first: bytes("ArrayBuffer", 32), second: bytes("ArrayBuffer", 32) } },
      }),
    },
    {
      api: "credentials.get",
      outcome: answer({ largeBlob: { blob: bytes("ArrayBuffer", BLOB.length) } }),
    },
    {
      api: "credentials.create",
      arguments: [{ password: { id: "ada", password: bytes("string", first!.length) } }],
      outcome: { status: "fulfilled", value: { $: "Credential", type: "password", id: "ada" } },
    },
    {
      api: "credentials.store",
      arguments: [{ $: "Credential", type: "password", id: "grace" }],
    },
  ]);

  const stored = await everythingStored();
  // What is no secret is there: the search looks where secrets would be.
  expect(stored).toContain(Buffer.from(PRF_INPUT).toString("base64url"));
  const hidden = [
    ...secrets.prf.map((hex) => Buffer.from(hex, "hex")),
    ...[BLOB, first!, second!].map((text) => Buffer.from(text)),
  ];
  for (const secret of hidden) for (const form of formsOf(secret)) expect(stored).not.toContain(form);
});

const BLOB = "the large blob of Ada Lovelace, which nobody else may read";
const PASSWORDS = ["correct horse battery staple", "analytical engine no. 2"];
const PRF_INPUT = "an input of PRF is no secret";
const FINGERPRINT = expect.stringMatching(/^[0-9a-f]+$/);

/** The ways in which bytes may have got into a text. */
function formsOf(secret: Buffer): string[] {
  return [
    secret.toString("base64url"),
    secret.toString("base64").replace(/=+$/, ""),
    secret.toString("hex"),
    secret.toString("hex").toUpperCase(),
    secret.toString("latin1"),
    secret.toString("utf8"),
    [...secret].join(","),
  ];
}

/** All that the extension keeps, of every tab and in every area, as text. */
function everythingStored(): Promise<string> {
  return log.page.evaluate(async () => {
    const { storage } = (
      globalThis as unknown as {
        chrome: { storage: Record<"session" | "local", { get(): Promise<Record<string, unknown>> }> };
      }
    ).chrome;
    const areas = [await storage.session.get(), await storage.local.get()];
    return areas
      .flatMap((area) => Object.entries(area))
      .map(([key, value]) => `${key}\n${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join("\n");
  });
}

/** Runs in the page: the ceremonies, and what the page itself got to see of the secrets. */
async function act(input: string, blob: string, [first, second]: string[]) {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hex = (buffer: BufferSource | undefined) =>
    [...new Uint8Array(buffer as ArrayBuffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const challenge = () => crypto.getRandomValues(new Uint8Array(32));
  const made = (await navigator.credentials.create({
    publicKey: {
      rp: { name: "Test" },
      user: { id: bytes("ada"), name: "ada", displayName: "Ada" },
      challenge: challenge(),
      pubKeyCredParams: [
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -257 },
      ],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      extensions: { prf: {}, largeBlob: { support: "required" } },
    },
  })) as PublicKeyCredential;
  const get = async (extensions: AuthenticationExtensionsClientInputs) => {
    const got = (await navigator.credentials.get({
      publicKey: {
        challenge: challenge(),
        allowCredentials: [{ type: "public-key", id: made.rawId }],
        userVerification: "required",
        extensions,
      },
    })) as PublicKeyCredential;
    return got.getClientExtensionResults();
  };
  const { prf } = await get({
    prf: { eval: { first: bytes(input), second: bytes(`${input}, too`) } },
    largeBlob: { write: bytes(blob) },
  });
  const { largeBlob } = await get({ largeBlob: { read: true } });
  // The types of TypeScript don't know password credentials.
  await navigator.credentials.create({
    password: { id: "ada", name: "Ada", password: first },
  } as CredentialCreationOptions);
  const { PasswordCredential } = window as unknown as {
    PasswordCredential: new (data: object) => Credential;
  };
  await navigator.credentials.store(new PasswordCredential({ id: "grace", password: second }));
  return {
    prf: [hex(prf?.results?.first), hex(prf?.results?.second)],
    blob: new TextDecoder().decode(largeBlob?.blob as ArrayBuffer),
  };
}
