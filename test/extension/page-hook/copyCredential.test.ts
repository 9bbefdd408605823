import { beforeEach, describe, expect, test } from "vitest";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import { type FakePage, openFakePage } from "../../support/fakePage.js";

let page: FakePage;
beforeEach(async () => {
  page = await openFakePage();
  page.run(`globalThis.bytes = (...values) => new Uint8Array(values).buffer;
    globalThis.attestation = () => new AuthenticatorAttestationResponse({
      clientDataJSON: bytes(1), attestationObject: bytes(2), transports: ["internal", "hybrid"], publicKey: bytes(3) });
    globalThis.assertion = () => new AuthenticatorAssertionResponse({
      clientDataJSON: bytes(1), authenticatorData: bytes(4), signature: bytes(5), userHandle: bytes(6) });`);
});

/** The snapshot of what `get()` resolved to. */
async function result(expression: string): Promise<Snapshot> {
  page.run(`browser.get = () => (${expression})`);
  await page.runAsync("await navigator.credentials.get({})");
  const { outcome } = page.of("settled").at(-1)!;
  if (outcome.status !== "fulfilled") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const buffer = (...values: number[]) => ({
  $: "bytes",
  type: "ArrayBuffer",
  base64url: Buffer.from(values).toString("base64url"),
});
const secret = "super secret bytes of a PRF";

test("a registration, member by member", async () => {
  expect(
    await result(
      "new PublicKeyCredential({ id: 'AQ', rawId: bytes(1), response: attestation(), authenticatorAttachment: 'platform', extensions: { credProps: { rk: true } } })",
    ),
  ).toEqual({
    $: "PublicKeyCredential",
    value: {
      id: "AQ",
      rawId: buffer(1),
      type: "public-key",
      authenticatorAttachment: "platform",
      clientExtensionResults: { credProps: { rk: true } },
      response: {
        clientDataJSON: buffer(1),
        attestationObject: buffer(2),
        transports: ["internal", "hybrid"],
        publicKey: buffer(3),
        publicKeyAlgorithm: -7,
      },
    },
  });
  expect(page.run("browser.toJSON")).toBeUndefined();
});

test("an assertion, its absent members as null", async () => {
  page.run(
    "globalThis.anonymous = new AuthenticatorAssertionResponse({ clientDataJSON: bytes(1), authenticatorData: bytes(4), signature: bytes(5) })",
  );
  expect(await result("new PublicKeyCredential({ id: 'AQ', rawId: bytes(1), response: anonymous })")).toEqual(
    {
      $: "PublicKeyCredential",
      value: {
        id: "AQ",
        rawId: buffer(1),
        type: "public-key",
        authenticatorAttachment: null,
        clientExtensionResults: {},
        response: {
          clientDataJSON: buffer(1),
          authenticatorData: buffer(4),
          signature: buffer(5),
          userHandle: null,
        },
      },
    },
  );
});

describe("what a password manager made", () => {
  test("a plain object of the right shape", async () => {
    expect(
      await result(
        "({ type: 'public-key', id: 'AQ', rawId: bytes(1), getClientExtensionResults: () => ({ credProps: {} }), response: { clientDataJSON: bytes(1), attestationObject: bytes(2), getTransports: () => ['internal'], getPublicKey: () => null } })",
      ),
    ).toEqual({
      $: "PublicKeyCredential",
      value: {
        id: "AQ",
        rawId: buffer(1),
        type: "public-key",
        clientExtensionResults: { credProps: {} },
        response: {
          clientDataJSON: buffer(1),
          attestationObject: buffer(2),
          transports: ["internal"],
          publicKey: null,
        },
      },
    });
  });

  test("an object with the browser's prototype, whose getters refuse it", async () => {
    const fake = `Object.setPrototypeOf({ id: 'AQ', rawId: bytes(1), type: 'public-key', response: Object.setPrototypeOf(
      { clientDataJSON: bytes(1), authenticatorData: bytes(4), signature: 'c2ln', userHandle: undefined }, AuthenticatorAssertionResponse.prototype) }, PublicKeyCredential.prototype)`;
    // Without own members it would inherit getters that throw.
    const own = fake.replace(
      "{ id:",
      "{ authenticatorAttachment: 'cross-platform', getClientExtensionResults: () => ({}), id:",
    );
    page.run(
      `globalThis.fake = () => { const f = ${own.replace("Object.setPrototypeOf({", "Object.create(PublicKeyCredential.prototype, Object.getOwnPropertyDescriptors({").replace(", PublicKeyCredential.prototype)", "))")}; return f; }`,
    );
    expect(await result("fake()")).toMatchObject({
      $: "PublicKeyCredential",
      value: { id: "AQ", rawId: buffer(1), response: { authenticatorData: buffer(4), signature: "c2ln" } },
    });
  });

  test("members and methods that throw are unreadable, and the page has its credential all the same", async () => {
    page.run(`globalThis.trap = { type: 'public-key', id: 'AQ', get rawId() { throw new TypeError("Illegal invocation") },
      getClientExtensionResults() { throw new Error("no") }, response: null }`);
    expect(await result("trap")).toEqual({
      $: "PublicKeyCredential",
      value: {
        id: "AQ",
        rawId: { $: "unreadable", error: "TypeError: Illegal invocation" },
        type: "public-key",
        clientExtensionResults: { $: "unreadable", error: "Error: no" },
        response: { $: "unreadable", error: expect.stringContaining("TypeError") },
      },
    });
    expect(await page.run<Promise<unknown>>("navigator.credentials.get({}).then((c) => c === trap)")).toBe(
      true,
    );
  });
});

describe("no secret leaves the page", () => {
  test.each([
    [
      "PRF results",
      `new PublicKeyCredential({ id: "AQ", rawId: bytes(1), response: assertion(), extensions: { prf: { results: { first: secret.buffer, second: secret.buffer } } } })`,
    ],
    [
      "a largeBlob",
      `new PublicKeyCredential({ id: "AQ", rawId: bytes(1), response: assertion(), extensions: { largeBlob: { blob: secret.buffer } } })`,
    ],
    [
      "hmac-secret outputs",
      `new PublicKeyCredential({ id: "AQ", rawId: bytes(1), response: assertion(), extensions: { hmacGetSecret: { output1: secret.buffer } } })`,
    ],
    [
      "PRF results of a password manager, as text",
      `({ type: "public-key", response: {}, clientExtensionResults: { prf: { results: { first: text } } } })`,
    ],
    ["a password credential", "new PasswordCredential({ id: 'me', password: text })"],
    ["a password manager's password", "({ type: 'password', id: 'me', password: text })"],
    ["a token of an identity provider", "({ type: 'identity', id: '', token: text })"],
  ])("%s", async (_, expression) => {
    page.run(
      `globalThis.text = ${JSON.stringify(secret)}; globalThis.secret = new Uint8Array(${JSON.stringify([...Buffer.from(secret)])})`,
    );
    await result(expression);
    const said = JSON.stringify(page.events);
    expect(said).not.toContain(secret);
    expect(said).not.toContain(Buffer.from(secret).toString("base64url").slice(0, 20));
  });

  test("a password credential is told by type and id", async () => {
    expect(await result("new PasswordCredential({ id: 'me', password: 'x' })")).toEqual({
      $: "Credential",
      type: "password",
      id: "me",
    });
    await page.runAsync(
      "await navigator.credentials.store(new PasswordCredential({ id: 'me', password: 'x' }))",
    );
    expect(page.of("call").at(-1)!.call.arguments).toEqual([{ $: "Credential", type: "password", id: "me" }]);
  });
});
