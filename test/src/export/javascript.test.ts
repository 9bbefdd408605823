import vm from "node:vm";
import { expect, test } from "vitest";
import { type Call, toJavaScript } from "../../../src/index.js";
import {
  buffer,
  bytes,
  type CallDraft,
  call,
  create,
  get,
  raw,
  recordingOf,
} from "../../support/recordings.js";

test("the options of a call are the same again: bytes, strings, numbers, null", async () => {
  const [options] = await argumentsAgain(
    create({ user: { id: buffer(bytes(16, 5)) }, hints: null, timeout: Number.NaN }),
  );
  const { publicKey } = options as { publicKey: Record<string, unknown> };
  expect([...(publicKey.challenge as Uint8Array)]).toEqual([...bytes(32, 2)]);
  const user = publicKey.user as Record<string, unknown>;
  expect(Object.prototype.toString.call(user.id)).toBe("[object ArrayBuffer]");
  expect([...new Uint8Array(user.id as ArrayBuffer)]).toEqual([...bytes(16, 5)]);
  expect(user.name).toBe("alice@example.com");
  expect(publicKey.hints).toBe(null);
  expect(publicKey.timeout).toBe(Number.NaN);
  expect(publicKey.pubKeyCredParams).toMatchObject([{ alg: -8 }, { alg: -7 }, { alg: -257 }]);
});

test("a string where bytes belong stays the mistake that it was", async () => {
  const [options] = await argumentsAgain(get({ challenge: "bm90LWJ5dGVz" }));
  expect(options).toMatchObject({ publicKey: { challenge: "bm90LWJ5dGVz" } });
});

test("what could not be kept is undefined, and a comment says what stood there", async () => {
  const draft = get({
    extensions: {
      prf: {
        eval: { first: raw({ $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "9f86d081" }) },
      },
    },
  });
  expect(written(draft)).toContain("undefined /* ArrayBuffer, 32 bytes, masked */");
  expect(await argumentsAgain(draft)).toMatchObject([
    { publicKey: { extensions: { prf: { eval: { first: undefined } } } } },
  ]);
});

test("nothing that a page wrote gets out of its string, its key or its comment", async () => {
  const breakout =
    '*/ globalThis.pwned = true; /* "); globalThis.pwned = true; ("\u2028globalThis.pwned = true\n';
  const draft = get({
    rpId: breakout,
    [breakout]: raw({ $: "unreadable", error: breakout }),
    __proto__x: 1,
  });
  const sandbox = sandboxOf();
  await vm.runInNewContext(`(async () => { ${written(draft)} })()`, sandbox);
  expect(sandbox.pwned).toBeUndefined();
  expect(sandbox.heard).toMatchObject([{ publicKey: { rpId: breakout } }]);
});

test("a member called __proto__ is a member, and sets no prototype", async () => {
  const options = { publicKey: {} };
  Object.defineProperty(options, "__proto__", { value: { injected: true }, enumerable: true });
  const [again] = await argumentsAgain(call("credentials.get", options));
  expect(Object.keys(again as object)).toContain("__proto__");
  expect((again as { injected?: unknown }).injected).toBeUndefined();
});

test("the statics are called on PublicKeyCredential", () => {
  expect(written(call("PublicKeyCredential.getClientCapabilities"))).toBe(
    "await PublicKeyCredential.getClientCapabilities();\n",
  );
});

function written(draft: CallDraft): string {
  return toJavaScript(recordingOf([draft]).calls[0] as Call);
}

function sandboxOf() {
  const sandbox: { heard?: unknown[]; pwned?: unknown; [name: string]: unknown } = { atob };
  const listen = async (...args: unknown[]) => {
    sandbox.heard = args;
  };
  sandbox.navigator = { credentials: { create: listen, get: listen } };
  return sandbox;
}

async function argumentsAgain(draft: CallDraft): Promise<unknown[]> {
  const sandbox = sandboxOf();
  await vm.runInNewContext(`(async () => { ${written(draft)} })()`, sandbox);
  return sandbox.heard ?? [];
}
