import type { Call, Realm, Recording, Snapshot } from "../../src/index.js";
import {
  bytes,
  call,
  create,
  descriptor,
  get,
  passkey,
  raw,
  recordingOf,
  safari,
  securityKey,
} from "../support/recordings.js";

/** A morning of a developer: two registrations of one account, a failure, conditional sign-in, a frame. */
export function morning(): Recording {
  const recording = recordingOf([
    call("PublicKeyCredential.isConditionalMediationAvailable").returns(true, { after: 2 }),
    get({}, { mediation: "conditional" }),
    create({ user: { id: bytes(16, 1) } })
      .returns(passkey("first passkey"), { after: 3_100 })
      .with({ initiator: STACK }),
    create({
      user: { id: bytes(16, 1) },
      authenticatorSelection: { authenticatorAttachment: "cross-platform", userVerification: "preferred" },
      hints: ["security-key"],
      pubKeyCredParams: [{ type: "public-key", alg: -257 }],
      timeout: 10_000,
    })
      .returns(passkey("second passkey", { userVerified: false }), { after: 2_540 })
      .with({ initiator: STACK }),
    get({ allowCredentials: [descriptor("first passkey", ["internal"])] }).rejects("NotAllowedError", {
      after: 4_020,
    }),
    get({ challenge: "bm90LWJ5dGVz", userVerification: null }).rejects("TypeError", {
      message:
        "Failed to read the 'challenge' property: The provided value is not of type '(ArrayBuffer or ArrayBufferView)'.",
      after: 1,
    }),
    get().returns(passkey("second passkey"), { after: 1_800 }),
    get().rejects("AbortError", { after: 900 }),
    create({ extensions: { prf: { eval: { first: bytes(32, 8) } }, credProps: true } })
      .returns(
        securityKey("key", {
          extensionResults: {
            credProps: { rk: true },
            prf: {
              enabled: true,
              results: {
                first: raw({ $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "9f86d081" }),
              },
            },
          },
        }),
        { after: 7_400 },
      )
      .with({ initiator: STACK }),
    call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable").returns(true, { after: 2 }),
  ]);
  const first = recording.realms[0]!;
  const later: Realm = {
    ...first,
    id: "realm-security",
    url: "https://example.com/account/security",
    startedAt: recording.calls[3]!.startedAt - 500,
    frameId: 0,
  };
  const frame: Realm = {
    ...first,
    id: "realm-frame",
    url: "https://pay.example.net/checkout",
    origin: "https://pay.example.net",
    ancestorOrigins: ["https://example.com"],
    startedAt: later.startedAt + 100,
    frameId: 7,
  };
  first.frameId = 0;
  first.url = "https://example.com/login";
  recording.realms.push(later, frame);
  for (const [index, made] of recording.calls.entries()) if (index >= 3) made.realmId = later.id;
  recording.calls[8]!.realmId = frame.id;
  const seqs = new Map<string, number>();
  for (const made of recording.calls) {
    made.seq = seqs.get(made.realmId) ?? 0;
    seqs.set(made.realmId, made.seq + 1);
  }
  const aborted = recording.calls[7]!;
  aborted.aborted = {
    at: aborted.startedAt + 890,
    reason: {
      $: "object",
      class: "DOMException",
      value: { name: "AbortError", message: "The user went elsewhere" },
    },
  };
  return recording;
}

const STACK = `    at startRegistration (https://example.com/assets/login.4f2a.js:42:17)
    at async HTMLButtonElement.onclick (https://example.com/login:118:9)`;

/** Everything that a hostile page could put into its calls. */
export function hostile(): Recording {
  const html = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
  const recording = recordingOf([
    create({
      rp: { id: html, name: html },
      user: { id: html, name: "A".repeat(20_000), displayName: `\u202e${html}` },
      challenge: bytes(5_000, 4),
      pubKeyCredParams: Array.from({ length: 400 }, () => ({ type: html, alg: -7 })),
      excludeCredentials: raw({ $: "unreadable", error: html }),
      extensions: raw({ $: "cycle" }),
      ...Object.fromEntries(["__proto__x", "constructor", "toString", html].map((name) => [name, html])),
    })
      .rejects(html, { message: html.repeat(300) })
      .with({ initiator: `at ${html} (javascript:alert(1):1:1)\n${"x".repeat(30_000)}` }),
    get({ rpId: "a".repeat(5_000) }).returns({
      constructor: "x",
      props: { dangerouslySetInnerHTML: { __html: html } },
      type: "div",
    }),
    get({ nested: nested(90) }).returns(null),
  ]);
  const realm = recording.realms[0]!;
  realm.url = `javascript:alert(1)//${"y".repeat(10_000)}`;
  realm.origin = "null";
  realm.userAgent = html;
  return recording;
}

function nested(depth: number): Snapshot {
  let value: Snapshot = "bottom";
  for (let level = 0; level < depth; level++) value = { [`level${level}`]: value };
  return value;
}

/**
 * Two pages in time: a conditional request that waits beside others until it is aborted, two calls at once, one
 * that never ends, a long pause.
 */
export function busy(): Recording {
  const recording = recordingOf([
    get({}, { mediation: "conditional" }).rejects("AbortError", { after: 64_000 }),
    call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable").returns(true, { after: 3 }),
    create().returns(passkey("mine"), { after: 4_000 }),
    get().rejects("NotAllowedError", { after: 20 }),
    get().returns(passkey("mine"), { after: 2_500 }),
    get({}, { mediation: "conditional" }),
    create().returns(passkey("other"), { after: 3_000 }),
  ]);
  const [page] = recording.realms;
  const later: Realm = { ...page!, id: "realm-later", url: "https://example.com/account" };
  const begins = [0, 100, 3_000, 4_000, 64_100, 70_000, 74_000];
  const origin = page!.startedAt;
  for (const [index, made] of recording.calls.entries()) {
    made.startedAt = origin + begins[index]!;
    if (index > 4) made.realmId = later.id;
  }
  recording.calls[0]!.aborted = { at: origin + 63_990, reason: null };
  later.startedAt = origin + 69_000;
  page!.frameId = 0;
  later.frameId = 0;
  recording.realms.push(later);
  return recording;
}

/** That many sign-ins, as on a day of testing. */
export function many(amount: number): Recording {
  const recording = recordingOf([
    get({ allowCredentials: [descriptor("first passkey", ["internal"])] }).returns(passkey("first passkey")),
  ]);
  const model = recording.calls[0]!;
  recording.calls = Array.from(
    { length: amount },
    (_, index): Call => ({
      ...model,
      id: `call-${index}`,
      seq: index,
      startedAt: model.startedAt + index * 1_000,
    }),
  );
  return recording;
}

/** No call yet; the page is hooked. */
export function empty(): Recording {
  const recording = recordingOf([get()]);
  recording.calls = [];
  return recording;
}

/** As seen on an iPhone. */
export function onIphone(version: string): Recording {
  return recordingOf([create().returns(passkey("mine"))], { browser: safari(version) });
}
