import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze.js";
import { decodeBase64url, encodeBase64, encodeBase64url } from "../../../src/bytes/base64url.js";
import { encodeUtf8 } from "../../../src/bytes/utf8.js";
import { IMPORT_FORMATS, importAnything } from "../../../src/import/index.js";
import { createLinkKey } from "../../../src/link/linkKey.js";
import { parseRecording } from "../../../src/recording/parseRecording.js";
import { readSnapshot } from "../../../src/recording/readSnapshot.js";
import type { Call } from "../../../src/recording/recording.js";
import { serializeRecording } from "../../../src/recording/serializeRecording.js";
import { TEST_VECTORS, VECTOR_ROOT } from "../../fixtures/webauthnTestVectors.js";
import { ATTESTATION_KINDS, genuineAttestation } from "../../support/attestationSamples.js";
import { openBootstrapPage } from "../../support/bootstrapPage.js";
import { create, passkey, recordingOf } from "../../support/recordings.js";
import * as samples from "./samples.js";

const AT = Date.UTC(2026, 10, 22);

async function open(input: unknown) {
  const text = typeof input === "string" || input instanceof Uint8Array ? input : JSON.stringify(input);
  const result = await importAnything(text, { at: AT });
  const calls = result.recording?.calls ?? [];
  return {
    ...result,
    calls,
    call: calls[0] as Call,
    messages: result.problems.map(({ message }) => message),
  };
}

const options = (call: Call) => readSnapshot(call.arguments[0]);
const answer = (call: Call) =>
  readSnapshot(call.outcome.status === "fulfilled" ? call.outcome.value : undefined);

test("the formats have ids and titles of their own", () => {
  expect(new Set(IMPORT_FORMATS.map(({ id }) => id)).size).toBe(IMPORT_FORMATS.length);
  expect(new Set(IMPORT_FORMATS.map(({ title }) => title)).size).toBe(IMPORT_FORMATS.length);
});

describe("a Keyhole recording", () => {
  const recording = recordingOf([create().returns(passkey("A"))]);

  test("comes out as it went in", async () => {
    const opened = await open(serializeRecording(recording));
    expect(opened).toMatchObject({ takenFor: "Keyhole recording", recording, unreadable: 0 });
    expect((await open(encodeUtf8(serializeRecording(recording)))).recording).toEqual(recording);
  });

  test("of which half is missing says where it ends", async () => {
    const text = JSON.stringify(recording, null, 1);
    const opened = await open(text.slice(0, text.length / 2));
    expect(opened.takenFor).toBe("Keyhole recording");
    expect(opened.recording).toBeUndefined();
    expect(opened.messages).toEqual([expect.stringMatching(/line \d+, column \d+: The text ends/)]);
  });
});

describe("console text of the bootstrap script", () => {
  test("gives the calls that the hook recorded, among whatever else was written", async () => {
    const page = await openBootstrapPage({
      key: createLinkKey(),
      console: "calls",
      url: "https://rp.example/",
    });
    await page.runAsync("await navigator.credentials.preventSilentAccess()");
    const opened = await open(
      `[Log] started (app.js, line 12)\n${page.lines.map((line) => `[Info] ${line}`).join("\n")}\n`,
    );
    expect(opened).toMatchObject({ takenFor: "console text", unreadable: 0 });
    expect(opened.call).toMatchObject({
      api: "credentials.preventSilentAccess",
      outcome: { status: "fulfilled" },
    });
    expect(opened.call.imported).toBeUndefined();
  });

  test("with a damaged line names it", async () => {
    const { recording, messages } = await open("[Log] hello\nkeyhole:1:0123 what");
    expect(recording).toBeUndefined();
    expect(messages).toEqual([expect.stringMatching(/^Line 2: /)]);
  });
});

describe("options", () => {
  test.each([
    ["alone", samples.creationJson, undefined],
    ["in publicKey", { publicKey: samples.creationJson }, undefined],
    ["with mediation", { publicKey: samples.creationJson, mediation: "conditional" }, "conditional"],
    ["with mediation inside", { ...samples.creationJson, mediation: "conditional" }, "conditional"],
    ["in a server’s answer", { ok: true, data: [{ publicKey: samples.creationJson }] }, undefined],
    ["as text in JSON", { body: JSON.stringify(samples.creationJson) }, undefined],
  ])("for create(), %s, become a request without an answer", async (_, input, mediation) => {
    const { takenFor, calls, call, unreadable } = await open(input);
    expect({ takenFor, unreadable, calls: calls.length }).toEqual({
      takenFor: "registration options (JSON)",
      unreadable: 0,
      calls: 1,
    });
    expect(call).toMatchObject({ api: "credentials.create", outcome: { status: "pending" }, startedAt: AT });
    expect(options(call).member("mediation").text()).toBe(mediation);
    const publicKey = options(call).member("publicKey");
    expect(publicKey.member("challenge").bytes()).toEqual(samples.CREATION_CHALLENGE);
    expect(publicKey.member("user", "id").byteLength()).toBe(16);
    expect(publicKey.member("pubKeyCredParams").items()).toHaveLength(2);
    expect(publicKey.member("mediation").isAbsent).toBe(true);
  });

  test("for get() are told from those for create()", async () => {
    const { takenFor, call } = await open({ publicKey: samples.requestJson });
    expect(takenFor).toBe("authentication options (JSON)");
    expect(call.api).toBe("credentials.get");
    expect(options(call).member("publicKey", "challenge").bytes()).toEqual(samples.REQUEST_CHALLENGE);
  });

  test("carry bytes in whatever way they were written", async () => {
    const challenges = [
      encodeBase64(samples.REQUEST_CHALLENGE),
      [...samples.REQUEST_CHALLENGE],
      { type: "Buffer", data: [...samples.REQUEST_CHALLENGE] },
      { ...samples.REQUEST_CHALLENGE },
    ];
    for (const challenge of challenges) {
      const { call, messages } = await open({ publicKey: { ...samples.requestJson, challenge } });
      expect(messages).toEqual([]);
      expect(options(call).member("publicKey", "challenge").bytes()).toEqual(samples.REQUEST_CHALLENGE);
    }
  });

  test("keep numbers for which JSON has no other way of writing", async () => {
    for (const [written, value] of [
      ["1e999", Number.POSITIVE_INFINITY],
      ["-1e999", Number.NEGATIVE_INFINITY],
      ["-0", -0],
    ] as const) {
      const json = JSON.stringify({ ...samples.creationJson, timeout: 1 });
      const { call, recording } = await open(json.replace('"timeout":1', `"timeout":${written}`));
      expect(options(call).member("publicKey", "timeout").number()).toBe(value);
      expect(parseRecording(serializeRecording(recording!))).toEqual({ recording, problems: [] });
    }
  });

  test("with a challenge that is no base64url keep its place unknown, and say so", async () => {
    const { call, problems, unreadable } = await open({
      publicKey: { ...samples.requestJson, challenge: "a b!" },
    });
    expect(unreadable).toBe(1);
    expect(problems[0]).toMatchObject({ path: "/publicKey/challenge" });
    expect(options(call).member("publicKey", "challenge").isUnknown).toBe(true);
  });

  test("keep PRF inputs and mask what largeBlob would write", async () => {
    const extensions = {
      prf: { eval: { first: "AQID" } },
      largeBlob: { write: "c2VjcmV0" },
      credBlob: "c2VjcmV0",
    };
    const { call, recording } = await open({ ...samples.requestJson, extensions });
    const read = options(call).member("publicKey", "extensions");
    expect(read.member("prf", "eval", "first").bytes()).toEqual(Uint8Array.of(1, 2, 3));
    expect(read.member("credBlob").snapshot).toEqual(read.member("largeBlob", "write").snapshot);
    expect(read.member("largeBlob", "write").snapshot).toEqual({
      $: "masked",
      type: "ArrayBuffer",
      length: 6,
      fingerprint: "2bb80d53",
    });
    expect(JSON.stringify(recording)).not.toContain("c2VjcmV0");
  });
});

describe("a response", () => {
  test("becomes an answer whose request is unknown", async () => {
    const { takenFor, call } = await open(samples.registration.json);
    expect(takenFor).toBe("registration response (JSON)");
    expect(call.api).toBe("credentials.create");
    expect(options(call).isUnknown).toBe(true);
    expect(answer(call).member("rawId").base64url()).toBe(samples.registration.json.rawId);
    expect(answer(call).member("response", "attestationObject").base64url()).toBe(
      samples.registration.json.response.attestationObject,
    );
  });

  test("of a sign-in is told from that of a registration", async () => {
    const { takenFor, call } = await open(samples.authentication.json);
    expect(takenFor).toBe("authentication response (JSON)");
    expect(call.api).toBe("credentials.get");
    expect(answer(call).member("response", "signature").bytes()).toBeDefined();
  });

  test("goes with the options that have its challenge, in whatever order they are pasted", async () => {
    const [a, b] = [
      JSON.stringify({ publicKey: samples.creationJson }),
      JSON.stringify(samples.registration.json),
    ];
    for (const text of [`${a}\n\n${b}`, `${b},${a}`, `[${a},${b}]`]) {
      const { calls, call } = await open(text);
      expect(calls).toHaveLength(1);
      expect(options(call).member("publicKey", "rp", "id").text()).toBe("example.com");
      expect(answer(call).member("response", "clientDataJSON").bytes()).toBeDefined();
    }
  });

  test("with another challenge stays a call of its own", async () => {
    const { calls } = await open([samples.requestJson, samples.registration.json, samples.creationJson]);
    expect(calls.map(({ api, outcome }) => `${api} ${outcome.status}`)).toEqual([
      "credentials.get pending",
      "credentials.create fulfilled",
    ]);
  });

  test("never carries a PRF result, only its fingerprint", async () => {
    const clientExtensionResults = { prf: { enabled: true, results: { first: "c2VjcmV0" } } };
    const { call, recording } = await open({ ...samples.authentication.json, clientExtensionResults });
    expect(answer(call).member("clientExtensionResults", "prf", "results", "first").fingerprint()).toBe(
      "2bb80d53",
    );
    expect(JSON.stringify(recording)).not.toContain("c2VjcmV0");
  });
});

describe("bare bytes", () => {
  const attestation = genuineAttestation("packed");

  test.each(samples.SPELLINGS)("are read as %s", async (_, spell) => {
    const { takenFor, call, messages } = await open(spell(attestation));
    expect(messages).toEqual([]);
    expect(takenFor).toMatch(/^attestation object/);
    expect(answer(call).member("response", "attestationObject").bytes()).toEqual(attestation);
  });

  test.each(ATTESTATION_KINDS)("that are an attestation object of %s are one", async (kind) => {
    const bytes = genuineAttestation(kind);
    const { takenFor, call } = await open(bytes);
    expect(takenFor).toBe("attestation object");
    expect(answer(call).member("response", "attestationObject").bytes()).toEqual(bytes);
  });

  test.each(TEST_VECTORS)(
    "of the specification’s vector $name are told apart",
    async ({ registration, authentication }) => {
      const takenFor = async (bytes: Uint8Array) => (await open(encodeBase64url(bytes))).takenFor;
      expect(await takenFor(registration.attestationObject)).toBe("attestation object (base64url)");
      expect(await takenFor(registration.clientDataJSON)).toBe("client data (base64url)");
      if (!authentication) return;
      expect(await takenFor(authentication.authenticatorData)).toMatch(/^authenticator data/);
      expect(await takenFor(authentication.clientDataJSON)).toMatch(/^client data/);
    },
  );

  test("that are client data keep every byte, also as JSON", async () => {
    const bytes = decodeBase64url(samples.authentication.json.response.clientDataJSON).bytes!;
    const text = new TextDecoder().decode(bytes);
    for (const input of [bytes, text, encodeBase64url(bytes)]) {
      const { call, takenFor } = await open(input);
      expect(takenFor).toMatch(/^client data/);
      expect(call.api).toBe("credentials.get");
      expect(answer(call).member("response", "clientDataJSON").bytes()).toEqual(bytes);
    }
  });

  test("that are a key are one, and its call is not made up", async () => {
    const { takenFor, call } = await open(encodeBase64(samples.registration.publicKey));
    expect(takenFor).toBe("COSE key, ES256 (-7) (base64)");
    expect(answer(call).member("response", "coseKey").bytes()).toEqual(samples.registration.publicKey);
    expect(answer(call).member("response", "attestationObject").isUnknown).toBe(true);
    expect(options(call).isUnknown).toBe(true);
  });

  test("that are cut off are recognized by their beginning", async () => {
    expect((await open(attestation.subarray(0, 150))).takenFor).toBe("attestation object");
    expect((await open(samples.registration.publicKey.subarray(0, 60))).takenFor).toBe(
      "COSE key, ES256 (-7)",
    );
  });

  test("that are nothing known say what they are not", async () => {
    const { recording, messages } = await open("AAECAwQFBgcICQ");
    expect(recording).toBeUndefined();
    expect(messages).toEqual([
      expect.stringMatching(/^byte 0: These 10 bytes \(base64url, beginning with 0001/),
    ]);
  });

  test("with a wrong character say where it stands", async () => {
    const text = encodeBase64(attestation).replace(/.{64}/g, "$&\n");
    const { messages } = await open(`${text.slice(0, 400)}§${text.slice(401)}`);
    expect(messages).toEqual([expect.stringMatching(/^line 7, column 11: “§”/)]);
  });
});

describe("JSON inside other text", () => {
  const response = JSON.stringify(samples.registration.json);
  const request = JSON.stringify(samples.creationJson);
  test.each([
    ["a line of a log", `2026-11-22T10:00:00Z [info] {req} verify ${response} from [::1]\n`],
    [
      "cURL",
      `curl 'https://example.com/verify' -H 'content-type: application/json' --data-raw '${response}'`,
    ],
    [
      "fetch()",
      `fetch("https://example.com/verify", {\n  "body": ${JSON.stringify(response)},\n  "method": "POST"\n});`,
    ],
    ["a script", `await send({ method: "POST", body: ${JSON.stringify(response)} });`],
  ])("is found in %s", async (_, text) => {
    const opened = await open(text);
    expect(opened.takenFor).toBe("registration response (JSON) inside other text");
    expect(opened.calls).toHaveLength(1);
    expect(opened.call.imported?.at).toMatch(/^line \d+, column \d+(: \/body)?$/);
    expect(answer(opened.call).member("rawId").base64url()).toBe(samples.registration.json.rawId);
  });

  test("goes together where the challenge is the same", async () => {
    const opened = await open(`options: ${request}\nanswer: ${response}\n`);
    expect(opened.calls).toHaveLength(1);
    expect(opened.call.imported?.at).toBe("line 1, column 10, answered at line 2, column 9");
  });

  test("is no reason to open half a file", async () => {
    const opened = await open(`{"log": [${response}, {"more": `);
    expect(opened.recording).toBeUndefined();
  });
});

describe("PEM", () => {
  const block = (label: string, der: Uint8Array) =>
    `-----BEGIN ${label}-----\n${encodeBase64(der).replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;

  test("is a certificate, told by its subject", async () => {
    const { takenFor, call } = await open(block("CERTIFICATE", VECTOR_ROOT));
    expect(takenFor).toBe(
      "certificate of “CN=WebAuthn test vectors, O=W3C, OU=Authenticator Attestatio…”, valid from 2024-01-01 to 3024-01-01 (PEM)",
    );
    expect(answer(call).member("response", "certificate").bytes()).toEqual(VECTOR_ROOT);
    // What masking does not look at is not the place for a name.
    expect(call.imported).toEqual({ as: "certificate (PEM)", at: "line 1" });
  });

  test("with a private key is refused, and nothing of it is kept", async () => {
    const secret = block("PRIVATE KEY", new Uint8Array(90).fill(7));
    const { recording, messages } = await open(`${secret}${block("CERTIFICATE", VECTOR_ROOT)}`);
    expect(messages).toEqual(["line 1: This is a private key. It was not read and is not kept."]);
    expect(recording!.calls).toHaveLength(1);
    expect(JSON.stringify(recording)).not.toContain(encodeBase64url(new Uint8Array(30).fill(7)));
  });

  test("without an end says which block", async () => {
    const { recording, messages } = await open(`\n${block("CERTIFICATE", VECTOR_ROOT).slice(0, 300)}`);
    expect(recording).toBeUndefined();
    expect(messages).toEqual(["line 2: This block has no end."]);
  });
});

describe("a HAR file", () => {
  test("gives its ceremonies, options and answers together", async () => {
    const { takenFor, calls, recording, messages } = await open(samples.harFile);
    expect(takenFor).toBe("HAR file");
    expect(messages).toEqual([]);
    expect(calls.map(({ api, outcome }) => `${api} ${outcome.status}`)).toEqual([
      "credentials.create fulfilled",
      "credentials.get fulfilled",
    ]);
    expect(new Date(calls[0]!.startedAt).toISOString()).toBe("2026-10-05T10:00:01.120Z");
    expect(calls[0]!.imported).toEqual({
      as: "HAR file",
      at: "/log/entries/1/response/content/text/data/options/publicKey, answered at /log/entries/2/request/postData/text/response",
    });
    expect(recording!.realms[0]).toMatchObject({
      origin: "https://example.com",
      url: "https://example.com/register",
    });
    expect(recording!.realms[0]!.userAgent).toContain("iPhone");
  });

  test("is verified from end to end", async () => {
    const { recording } = await open(samples.harFile);
    const { ceremonies } = await analyze(recording!);
    const outcomeOf = (check: string) =>
      ceremonies.map(({ verdicts }) => verdicts.find((v) => v.check === check)?.outcome);
    expect(outcomeOf("challenge")).toEqual(["pass", "pass"]);
    expect(outcomeOf("origin")).toEqual(["pass", "pass"]);
    expect(outcomeOf("signature")[1]).toBe("pass");
    expect(outcomeOf("cross-origin")).toEqual(["cannot-tell", "cannot-tell"]);
  });

  test("with a body that is cut off says which", async () => {
    const [first, second] = samples.harFile.log.entries;
    const cut = structuredClone(second!);
    cut.response.content.text = cut.response.content.text.slice(0, 200);
    const { problems, recording } = await open({ log: { entries: [first, cut] } });
    expect(recording).toBeUndefined();
    expect(problems.map(({ path }) => path)).toEqual([
      "/log/entries/1/response/content/text",
      "/log/entries",
    ]);
  });
});

describe("an export of WebAuthn DevTools", () => {
  test("gives every call, and takes nothing for missing that the program leaves out", async () => {
    const { takenFor, calls, recording, messages } = await open(samples.devtoolsExport);
    expect(takenFor).toBe("export of WebAuthn DevTools");
    expect(messages).toEqual([]);
    expect(calls.map(({ api, outcome }) => `${api.replace(/.*\./, "")} ${outcome.status}`)).toEqual([
      "isConditionalMediationAvailable fulfilled",
      "create fulfilled",
      "get rejected",
      "get rejected",
      "get pending",
    ]);
    const [, made, failed, aborted] = calls as [Call, Call, Call, Call];
    expect(made.duration).toBe(4_120);
    expect(options(made).member("publicKey", "extensions", "prf", "eval", "first").isUnknown).toBe(true);
    expect(answer(made).member("clientExtensionResults", "prf", "results", "first").isUnknown).toBe(true);
    expect(options(failed).member("mediation").text()).toBe("conditional");
    expect(options(failed).member("publicKey", "challenge").isUnknown).toBe(true);
    expect(options(failed).member("publicKey", "allowCredentials").items()[0]?.member("id").isUnknown).toBe(
      true,
    );
    expect(failed.outcome).toMatchObject({ error: { name: "NotAllowedError", isDOMException: true } });
    expect(failed.initiator).toBe("at login.js:1:2");
    expect(aborted.outcome).toMatchObject({ error: { name: "AbortError" } });
    expect(recording!.realms).toMatchObject([
      { origin: "null", userAgent: samples.devtoolsExport.userAgent },
    ]);
  });

  test("with a call of an unknown kind says which, and gives the others", async () => {
    const { calls } = samples.devtoolsExport;
    const { problems, recording } = await open({
      ...samples.devtoolsExport,
      calls: [{ type: "fly" }, ...calls],
    });
    expect(problems).toMatchObject([{ path: "/calls/0" }]);
    expect(recording!.calls).toHaveLength(calls.length);
  });
});

describe("an export of WebAuthnRecorder", () => {
  test("gives every call, types and pages kept", async () => {
    const { takenFor, calls, recording, messages } = await open(samples.recorderExport);
    expect(takenFor).toBe("export of WebAuthnRecorder");
    expect(messages).toEqual([]);
    const [made, failed, pending] = calls as [Call, Call, Call];
    expect(options(made).member("publicKey", "user", "id").describe()).toBe("Uint8Array, 16 bytes");
    expect(options(made).member("publicKey", "challenge").describe()).toBe("ArrayBuffer, 32 bytes");
    expect(answer(made).member("response", "transports").isUnknown).toBe(true);
    expect(answer(made).member("clientExtensionResults").isUnknown).toBe(true);
    expect(options(failed).member("publicKey", "challenge").text()).toBe("not bytes");
    expect(failed.outcome).toEqual({
      status: "rejected",
      error: {
        name: "NotAllowedError",
        message: "The operation either timed out or was not allowed.",
        isDOMException: true,
      },
    });
    expect(options(pending).member("publicKey", "challenge").isUnknown).toBe(true);
    expect(recording!.realms.map(({ url }) => url)).toEqual([
      "https://example.com/register?from=mail",
      "https://example.com/login",
    ]);
  });
});

describe("copies from WebKit’s planned tab", () => {
  const takenFor = "copy from WebKit’s planned Web Authentication tab";

  test("are known by their form", async () => {
    expect((await open(samples.webkitCreation)).takenFor).toBe(takenFor);
    expect((await open(samples.webkitResponse)).takenFor).toBe(takenFor);
  });

  test("of a request and its response, pasted after each other, are one call", async () => {
    const {
      calls,
      call,
      takenFor: taken,
    } = await open(
      `${JSON.stringify(samples.webkitCreation, null, 2)}\n${JSON.stringify(samples.webkitResponse, null, 2)}`,
    );
    expect(taken).toBe(takenFor);
    expect(calls).toHaveLength(1);
    expect(options(call).member("publicKey", "challenge").bytes()).toEqual(samples.CREATION_CHALLENGE);
    expect(answer(call).member("parsedAuthenticatorData").isAbsent).toBe(true);
  });

  test("of a row alone say what to copy instead", async () => {
    const { recording, messages } = await open("example.com\tcreate\tAAEC");
    expect(recording).toBeUndefined();
    expect(messages[0]).toContain("Copy Request as JSON");
  });
});

describe("what is none of these", () => {
  test.each([
    ["nothing", "", "line 1, column 1: There is nothing in it."],
    ["a word", "hello", /^line 1, column 1: Nothing that Keyhole knows/],
    ["another JSON", '{"a":1}', "/: This JSON has “a”. No ceremony is in it."],
    ["broken JSON", '{"a":\n  oops}', /line 2, column 3: A value is expected here/],
    ["half of a JSON", '{"challenge":"abc', /line 1, column 18: The text ends before/],
    ["no text and no ceremony", Uint8Array.of(0, 1, 2, 3), /^byte 0: These 4 bytes/],
  ])("%s says what and where", async (_, input, expected) => {
    const { recording, messages } = await open(input);
    expect(recording).toBeUndefined();
    expect(messages).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });
});

describe("what an import does not say", () => {
  const CASES: [name: string, input: unknown][] = [
    ["options for create()", samples.creationJson],
    ["options for get()", samples.requestJson],
    ["a registration", samples.registration.json],
    ["a sign-in", samples.authentication.json],
    ["both halves", [samples.creationJson, samples.registration.json]],
    [
      "client data",
      encodeBase64url(decodeBase64url(samples.registration.json.response.clientDataJSON).bytes!),
    ],
    ["authenticator data", samples.authentication.json.response.authenticatorData],
    ["a key", encodeBase64url(samples.registration.publicKey)],
    ["WebKit’s copies", samples.webkitResponse],
    ["a HAR file", samples.harFile],
    ...ATTESTATION_KINDS.map((kind): [string, unknown] => [
      `an attestation of ${kind}`,
      genuineAttestation(kind),
    ]),
  ];

  test.each(CASES)("is not held against it: %s", async (_, input) => {
    const { recording } = await open(input);
    const { ceremonies, findings, explanations } = await analyze(recording!);
    const failed = ceremonies.flatMap(({ verdicts }) => verdicts.filter(({ outcome }) => outcome === "fail"));
    expect(failed.map(({ check, because }) => `${check}: ${because}`)).toEqual([]);
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(explanations).toEqual([]);
  });

  const EXPORTS: [name: string, input: unknown][] = [
    ["an export of WebAuthn DevTools", samples.devtoolsExport],
    ["an export of WebAuthnRecorder", samples.recorderExport],
  ];

  /** What the format wants to be there, though nobody saw it: the worst and the best that a hook could have said. */
  const UNSEEN: readonly Call["environment"][] = [
    {
      hasFocus: false,
      visibility: "hidden",
      userActivation: { isActive: false, hasBeenActive: false },
      policy: { create: false, get: false },
      webauthnFields: 0,
      replaced: true,
    },
    {
      hasFocus: true,
      visibility: "visible",
      userActivation: { isActive: true, hasBeenActive: true },
      policy: { create: true, get: true },
      webauthnFields: 1,
    },
  ];

  test.each([...CASES, ...EXPORTS])("has no say, whatever stands in its place: %s", async (_, input) => {
    const { recording } = await open(input);
    const [worst, best] = await Promise.all(
      UNSEEN.map(async (environment) => {
        const calls = recording!.calls.map((call) => ({ ...call, environment }));
        const { findings, undecided, explanations } = await analyze({ ...recording!, calls });
        return { findings, undecided, explanations };
      }),
    );
    expect(worst).toEqual(best);
  });

  test("is not taken for a fact where a call failed", async () => {
    for (const [, input] of EXPORTS) {
      const { explanations } = await analyze((await open(input)).recording!);
      const said = explanations.flatMap(({ causes }) =>
        causes.flatMap((cause) => [...cause.for, ...cause.against].map(({ text }) => text)),
      );
      expect(said.length).toBeGreaterThan(0);
      expect(
        said.filter((text) => /focus|visible|AbortSignal|around it|No other request/.test(text)),
      ).toEqual([]);
    }
  });

  test("leaves open whether the document had the focus", async () => {
    const { undecided } = await analyze((await open(samples.requestJson)).recording!);
    expect(undecided.map(({ ruleId }) => ruleId)).toContain("document-not-focused");
  });

  test.each([...CASES, ...EXPORTS])("leaves a recording that opens again: %s", async (_, input) => {
    const { recording } = await open(input);
    expect(parseRecording(serializeRecording(recording!))).toEqual({ recording, problems: [] });
  });
});
