import fc from "fast-check";
import type * as v from "valibot";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { parseRecording, type Recording, serializeRecording, type Verdict } from "../../../src/index.js";
import { MAX_DEPTH, MAX_LENGTH } from "../../../src/recording/parseRecording.js";
import type { Call, Realm } from "../../../src/recording/recording.js";
import type {
  CallSchema,
  RealmSchema,
  RecordingSchema,
  VerdictSchema,
} from "../../../src/recording/schema.js";

const realm: Realm = {
  id: "r1",
  url: "https://example.com/login",
  origin: "https://example.com",
  ancestorOrigins: [],
  isSecureContext: true,
  userAgent: "Mozilla/5.0",
  maxTouchPoints: 0,
  startedAt: 1_700_000_000_000,
  hook: {
    version: "0.1.0",
    via: "content-script",
    installedAt: 1_700_000_000_001,
    readyState: "loading",
    native: true,
  },
};

const call = (seq: number, others: Partial<Call> = {}): Call => ({
  id: `c${seq}`,
  realmId: "r1",
  seq,
  api: "credentials.create",
  startedAt: 1_700_000_000_100 + seq,
  environment: { hasFocus: true, visibility: "visible" },
  arguments: [],
  outcome: { status: "pending" },
  ...others,
});

const recording = (calls: Call[] = [call(0)], others: Partial<Recording> = {}): Recording => ({
  format: "keyhole-recording",
  version: 1,
  createdBy: { name: "test", version: "0" },
  createdAt: "2026-01-01T00:00:00.000Z",
  realms: [realm],
  calls,
  ...others,
});

/** A call with every kind of snapshot, and settled in the way given. */
const everything: Call = call(0, {
  duration: 12.5,
  initiator: "at login (https://example.com/app.js:1:2)",
  environment: {
    hasFocus: true,
    visibility: "visible",
    userActivation: { isActive: true, hasBeenActive: true },
    policy: { create: true },
    webauthnFields: 1,
    replaced: false,
  },
  arguments: [
    {
      publicKey: {
        user: { id: { $: "bytes", type: "Uint8Array", base64url: "AAEC" }, name: "名" },
        challenge: "not bytes",
        $$: "the page's own member",
        list: [
          null,
          true,
          1.5,
          { $: "undefined" },
          { $: "cycle" },
          { $: "truncated", of: "array", length: 3 },
        ],
        secret: { $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "00112233" },
        odd: [
          { $: "number", value: "-0" },
          { $: "bigint", value: "-12" },
          { $: "symbol", name: "s" },
          { $: "function", name: "" },
          { $: "unreadable", error: "TypeError" },
          { $: "object", class: "Map", value: { size: 1 } },
        ],
      },
      signal: { $: "AbortSignal", aborted: false },
      password: { $: "Credential", type: "password", id: "me" },
    },
  ],
  aborted: { at: 1_700_000_000_200, reason: { $: "undefined" } },
  outcome: {
    status: "fulfilled",
    value: {
      $: "PublicKeyCredential",
      value: { id: "AA", response: { $: "object", class: "X", value: {} } },
    },
  },
});

const parse = (value: unknown) => parseRecording(JSON.stringify(value));
const codes = (value: unknown) => parse(value).problems.map(({ code, path }) => [code, path]);

describe("round trip", () => {
  test("a recording comes back as it was", () => {
    const original = recording(
      [
        everything,
        call(1, {
          outcome: { status: "rejected", error: { name: "E", message: "m", isDOMException: true } },
        }),
      ],
      {
        lostCalls: 0,
        redaction: {
          profile: "minimal",
          verdicts: { c0: [{ check: "origin", outcome: "pass", because: "b", spec: "s" }] },
        },
      },
    );
    const text = serializeRecording(original);
    expect(parseRecording(text)).toEqual({ recording: original, problems: [] });
    expect(serializeRecording(parseRecording(text).recording!)).toBe(text);
  });

  test("members that this version does not know survive, wherever they stand", () => {
    const original = structuredClone(recording([everything])) as unknown as Record<string, unknown>;
    const add = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const member of Object.values(value)) add(member);
      if (!Array.isArray(value))
        Object.assign(value, { laterVersion: [{ constructor: 1, prototype: null }] });
    };
    add(original);
    const { recording: parsed, problems } = parse(original);
    expect(problems).toEqual([]);
    expect(parsed).toEqual(original);
  });

  test("any snapshot survives", () => {
    const snapshot = fc
      .jsonValue()
      .filter(
        (value) => !JSON.stringify(value).includes('"$"') && !JSON.stringify(value).includes("__proto__"),
      );
    fc.assert(
      fc.property(snapshot, (value) => {
        const original = recording([call(0, { arguments: [value as never] })]);
        const text = serializeRecording(original);
        expect(parseRecording(text)).toEqual({ recording: JSON.parse(text), problems: [] });
      }),
    );
  });

  test("a byte order mark before the text does not matter", () => {
    expect(parseRecording(`\ufeff${serializeRecording(recording())}`).recording).toEqual(recording());
  });
});

describe("not a recording", () => {
  test.each([
    ["", "recording-empty", 0],
    [" \n", "recording-empty", 2],
    ["hello", "recording-not-json", 0],
    ['{\n  "format": keyhole\n}', "recording-not-json", 14],
    ["{} {}", "recording-not-json", 3],
  ])("%j is no JSON, and the character is named", (text, code, offset) => {
    const { recording: parsed, problems } = parseRecording(text);
    expect(parsed).toBeUndefined();
    expect(problems).toMatchObject([{ code, offset }]);
  });

  test("line and column stand in the message", () => {
    expect(parseRecording('{\n  "format": keyhole\n}').problems[0]?.message).toContain("line 2, column 13");
  });

  test("every cut of a file is told from a damaged one", () => {
    const text = serializeRecording(recording([everything])).trimEnd();
    for (let length = 1; length < text.length; length++) {
      const { recording: parsed, problems } = parseRecording(text.slice(0, length));
      expect(parsed).toBeUndefined();
      expect(problems).toMatchObject([{ code: "recording-truncated", offset: length }]);
    }
  });

  test.each([
    ["a number", 5, "not-a-recording", "/format"],
    ["an array", [], "not-a-recording", "/format"],
    ["a HAR", { log: { version: "1.2" } }, "not-a-recording", "/format"],
    ["another format", { format: "har" }, "not-a-recording", "/format"],
    ["a newer version", { ...recording(), version: 2 }, "recording-newer-version", "/version"],
    ["a version as text", { ...recording(), version: "1" }, "recording-member", "/version"],
    ["version 0", { ...recording(), version: 0 }, "recording-member", "/version"],
    ["calls as an object", { ...recording(), calls: {} }, "recording-member", "/calls"],
  ])("%s", (name, value, code, path) => {
    const { recording: parsed, problems } = parse(value);
    expect(parsed).toBeUndefined();
    expect(problems[0]?.code).toBe(code);
    if (name !== "a number" && name !== "an array") expect(problems[0]?.path).toBe(path);
  });
});

describe("members", () => {
  /** Puts a value at a JSON pointer, or takes the member away. */
  function change(pointer: string, value?: unknown): unknown {
    const copy = structuredClone(recording([everything])) as unknown as Record<string, never>;
    const keys = pointer.slice(1).split("/");
    const last = keys.pop()!;
    let at = copy as Record<string, unknown>;
    for (const key of keys) at = at[key] as Record<string, unknown>;
    if (value === undefined) delete at[last];
    else at[last] = value;
    return copy;
  }

  test.each([
    ["/createdBy"],
    ["/createdAt"],
    ["/realms"],
    ["/calls"],
    ["/realms/0/id"],
    ["/realms/0/hook"],
    ["/realms/0/hook/native"],
    ["/calls/0/realmId"],
    ["/calls/0/environment"],
    ["/calls/0/environment/visibility"],
    ["/calls/0/outcome"],
    ["/calls/0/outcome/value"],
    ["/calls/0/arguments"],
    ["/calls/0/aborted/reason"],
  ])("%s missing is named", (pointer) => {
    const { recording: parsed, problems } = parse(change(pointer));
    expect(parsed).toBeUndefined();
    expect(problems[0]).toMatchObject({ code: "recording-member", path: pointer });
    expect(problems[0]?.message.startsWith(`${pointer}: `)).toBe(true);
  });

  test.each([
    ["/createdAt", "yesterday"],
    ["/realms/0/ancestorOrigins/0", 7],
    ["/realms/0/hook/via", "telepathy"],
    ["/calls/0/api", "credentials.steal"],
    ["/calls/0/seq", -1],
    ["/calls/0/seq", 0.5],
    ["/calls/0/environment/policy", null],
    ["/calls/0/outcome/status", "maybe"],
    ["/calls/0/arguments", "none"],
    ["/calls/0/arguments/0/publicKey/user/id/base64url", 5],
    ["/calls/0/arguments/0/publicKey/secret/length", "32"],
    ["/calls/0/arguments/0/publicKey/odd/1/value", "twelve"],
    ["/calls/0/outcome/value/value", [1]],
  ])("%s of another type is named", (pointer, value) => {
    const { recording: parsed, problems } = parse(change(pointer, value));
    expect(parsed).toBeUndefined();
    expect(problems[0]).toMatchObject({ code: "recording-member", path: pointer });
  });

  test("numbers too large for JSON are refused", () => {
    const text = serializeRecording(recording()).replace('"startedAt":1700000000100', '"startedAt":1e999');
    expect(parseRecording(text).problems).toMatchObject([{ path: "/calls/0/startedAt" }]);
    const inside = serializeRecording(recording([call(0, { arguments: ["X"] })])).replace('"X"', "1e999");
    expect(parseRecording(inside).problems).toMatchObject([{ path: "/calls/0/arguments/0" }]);
  });

  test("a kind of snapshot that this version does not know is reported and kept", () => {
    const value = change("/calls/0/arguments/0/publicKey/user/id", { $: "hologram", value: 1 });
    const { recording: parsed, problems } = parse(value);
    expect(parsed).toEqual(value);
    expect(problems).toMatchObject([
      { code: "recording-unknown-kind", path: "/calls/0/arguments/0/publicKey/user/id/$" },
    ]);
  });

  test.each(["__proto__", "constructor", "toString", 5, null, {}])("%j is no kind", (kind) => {
    const text = serializeRecording(recording([call(0, { arguments: ["X"] })]));
    const { problems } = parseRecording(text.replace('"X"', `{"$":${JSON.stringify(kind)}}`));
    expect(problems).toMatchObject([{ code: "recording-unknown-kind", path: "/calls/0/arguments/0/$" }]);
  });

  test("pointers are escaped", () => {
    const value = recording([call(0, { arguments: [{ "a/b~c": { $: "bigint", value: "x" } }] })]);
    expect(codes(value)).toEqual([["recording-member", "/calls/0/arguments/0/a~1b~0c/value"]]);
  });
});

describe("what belongs together", () => {
  test("duplicate ids are refused", () => {
    expect(codes(recording([call(0), call(1, { id: "c0" })]))).toEqual([
      ["recording-duplicate-id", "/calls/1/id"],
    ]);
    expect(codes({ ...recording([]), realms: [realm, realm] })).toEqual([
      ["recording-duplicate-id", "/realms/1/id"],
    ]);
  });

  test("a call that points to no realm is refused", () => {
    const { recording: parsed, problems } = parse(recording([call(0, { realmId: "r9" })]));
    expect(parsed).toBeUndefined();
    expect(problems).toMatchObject([{ code: "recording-unknown-realm", path: "/calls/0/realmId" }]);
  });

  test("a hole in seq is reported, and the recording opens", () => {
    const { recording: parsed, problems } = parse(recording([call(0), call(3)]));
    expect(parsed?.calls).toHaveLength(2);
    expect(problems).toMatchObject([{ code: "recording-seq", path: "/calls/1/seq" }]);
    expect(problems[0]?.message).toContain("2 calls before it are missing");
  });

  test("lost calls explain a hole at the beginning of a realm", () => {
    expect(codes(recording([call(7), call(8)], { lostCalls: 7 }))).toEqual([]);
    expect(codes(recording([call(7)]))).toEqual([["recording-seq", "/calls/0/seq"]]);
  });

  test("seq counts in each realm on its own", () => {
    const value = recording([call(0), call(0, { id: "x", realmId: "r2" }), call(1)]);
    expect(codes({ ...value, realms: [realm, { ...realm, id: "r2" }] })).toEqual([]);
  });
});

describe("hostile texts", () => {
  test("a member called __proto__ in what a page passed is left out and reported, and pollutes nothing", () => {
    const text = serializeRecording(recording([call(0, { arguments: [{ inner: "X" }] })]));
    const hostile = text
      .replace('"X"', '{"__proto__":{"polluted":1},"kept":2}')
      .replace('{"format"', '{"constructor":{"prototype":{"polluted":1}},"format"');
    const { recording: parsed, problems } = parseRecording(hostile);
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ["recording-hostile-member", "/calls/0/arguments/0/inner/__proto__"],
    ]);
    expect(parsed?.calls[0]?.arguments).toEqual([{ inner: { kept: 2 } }]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect((Object.assign({}, parsed) as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([
    ["/__proto__", '{"format"', '{"__proto__":{"polluted":1},"format"'],
    ["/createdBy/__proto__", '"createdBy":{', '"createdBy":{"__proto__":{"name":"x"},'],
    ["/calls/0/environment/__proto__", '"environment":{', '"environment":{"__proto__":{"hasFocus":true},'],
  ])("a member called __proto__ anywhere else is refused: %s", (path, from, to) => {
    const text = JSON.stringify(recording([call(0)])).replace(from, to);
    const { recording: parsed, problems } = parseRecording(text);
    expect(parsed).toBeUndefined();
    expect(problems).toMatchObject([{ code: "recording-hostile-member", path }]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("5 million opening brackets are refused before they are followed", () => {
    expect(parseRecording("[".repeat(5_000_000)).problems).toMatchObject([
      { code: "recording-too-deep", offset: MAX_DEPTH },
    ]);
    expect(parseRecording('{"a":'.repeat(1_000_000)).problems).toMatchObject([
      { code: "recording-too-deep" },
    ]);
  });

  test("snapshots as deep as the text may be are followed", () => {
    const depth = MAX_DEPTH - 5;
    const text = serializeRecording(recording([call(0, { arguments: ["X"] })]));
    const nested = text.replace('"X"', `${"[".repeat(depth)}${"]".repeat(depth)}`);
    expect(parseRecording(nested).problems).toEqual([]);
  });

  test("200 MB are refused by their length alone", () => {
    const parseJson = vi.spyOn(JSON, "parse");
    const { recording: parsed, problems } = parseRecording(" ".repeat(200_000_000));
    expect(parsed).toBeUndefined();
    expect(problems).toMatchObject([{ code: "recording-too-large" }]);
    expect(problems[0]?.message).toContain(String(MAX_LENGTH));
    expect(parseJson).not.toHaveBeenCalled();
    parseJson.mockRestore();
  });

  test("a million bad members give a bounded number of problems", () => {
    const calls = `[${"0,".repeat(1_000_000)}0]`;
    const { problems } = parseRecording(
      serializeRecording(recording([])).replace('"calls":[]', `"calls":${calls}`),
    );
    expect(problems).toHaveLength(100);
    const origins = `[${"0,".repeat(1_000_000)}0]`;
    const inRealm = serializeRecording(recording()).replace(
      '"ancestorOrigins":[]',
      `"ancestorOrigins":${origins}`,
    );
    expect(parseRecording(inRealm).problems[0]).toMatchObject({ path: "/realms/0/ancestorOrigins/0" });
  });

  test("values and names in messages are cut short", () => {
    const long = "x".repeat(1_000_000);
    const { problems } = parse(recording([call(0, { api: long as Call["api"], [long]: 1 } as never)]));
    expect(JSON.stringify(problems).length).toBeLessThan(2000);
  });

  test("damaged recordings give an answer", () => {
    const text = serializeRecording(recording([everything]));
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom("null", "[]", "{", '"', "-1", "}", ",", "$", "1e9"),
        (at, piece) => {
          const { recording: parsed, problems } = parseRecording(
            text.slice(0, at) + piece + text.slice(at + piece.length),
          );
          expect(parsed !== undefined || problems.length > 0).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test("what the schema describes are the types", () => {
  expectTypeOf<v.InferOutput<typeof VerdictSchema>>().toExtend<Verdict>();
  expectTypeOf<v.InferOutput<typeof RealmSchema>>().toExtend<Realm>();
  type SchemaCall = v.InferOutput<typeof CallSchema>;
  expectTypeOf<SchemaCall["api"]>().toEqualTypeOf<Call["api"]>();
  expectTypeOf<SchemaCall["environment"]>().toExtend<Call["environment"]>();
  expectTypeOf<SchemaCall["outcome"]["status"]>().toEqualTypeOf<Call["outcome"]["status"]>();
  type SchemaRecording = v.InferOutput<typeof RecordingSchema>;
  expectTypeOf<NonNullable<SchemaRecording["redaction"]>>().toExtend<NonNullable<Recording["redaction"]>>();
  expectTypeOf<SchemaRecording["createdBy"]>().toExtend<Recording["createdBy"]>();
});
