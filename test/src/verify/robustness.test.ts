import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { analyze } from "../../../src/analyze.js";
import { decodeAttestationObject } from "../../../src/decode/attestationObject.js";
import type { Recording } from "../../../src/recording/recording.js";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import type { Verdict } from "../../../src/recording/verdict.js";
import { sentencesOf } from "../../../src/verify/judgeSteps.js";
import { create, get, recordingOf } from "../../support/recordings.js";
import {
  ATTESTATION_ROOT,
  type AttestationKind,
  SoftwareAuthenticator,
} from "../../support/softwareAuthenticator.js";
import { checks } from "./ceremony.js";

afterEach(() => vi.unstubAllGlobals());

const ROOTS = { roots: [ATTESTATION_ROOT.certificate] };

type Response = Record<string, { base64url: string }>;

function responseIn(snapshot: Snapshot): Response {
  return (snapshot as { value: { response: Response } }).value.response;
}

function bytesIn(snapshot: Snapshot, member: string): Uint8Array {
  return new Uint8Array(Buffer.from(responseIn(snapshot)[member]!.base64url, "base64url"));
}

function flipped(snapshot: Snapshot, member: string, bit: number): Snapshot {
  const changed = structuredClone(snapshot);
  const bytes = bytesIn(snapshot, member);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  responseIn(changed)[member]!.base64url = Buffer.from(bytes).toString("base64url");
  return changed;
}

/** Whether someone who reads the verdicts sees that something is wrong, or could be. */
function isNoticed(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(
    ({ check, outcome }) =>
      outcome === "fail" || (outcome === "cannot-tell" && check !== "credential-id-unique"),
  );
}

function expectWhole(verdicts: readonly Verdict[]): void {
  expect(verdicts.filter((verdict) => sentencesOf(verdict)?.[0]?.id === "broken")).toEqual([]);
  expect(new Set(verdicts.map(({ check }) => check)).size).toBe(verdicts.length);
}

/** What a format leaves unsigned: nobody can notice a change. */
const UNSIGNED: { [attestation in AttestationKind]?: string[] } = {
  // U2F signs neither flags nor sign count; the version is that of Google Play services.
  "fido-u2f": ["authenticatorData.flags", "authenticatorData.signCount"],
  "android-safetynet": ["attestationStatement.version"],
};

function covers({ offset, length }: { offset: number; length: number }, byte: number): boolean {
  return byte >= offset && byte < offset + length;
}

describe("no bit of a signed answer can be flipped unnoticed", () => {
  const signed: AttestationKind[] = [
    "packed",
    "packed-self",
    "fido-u2f",
    "apple",
    "tpm",
    "android-key",
    "android-safetynet",
    "compound",
  ];
  for (const attestation of signed) {
    it(`${attestation}: attestation object and client data`, async () => {
      const draft = create({ pubKeyCredParams: [{ type: "public-key", alg: -7 }] });
      const { snapshot } = new SoftwareAuthenticator({ attestation }).create(draft.args[0]);
      const { fields } = decodeAttestationObject(bytesIn(snapshot, "attestationObject"));
      const unsigned = fields.filter(({ path }) => UNSIGNED[attestation]?.includes(path));
      expect(unsigned.length).toBe(UNSIGNED[attestation]?.length ?? 0);
      const sizes = ["attestationObject", "clientDataJSON"].map((name) => bytesIn(snapshot, name).length);
      const flip = fc.oneof(
        fc.record({ member: fc.constant("attestationObject"), bit: fc.nat(sizes[0]! * 8 - 1) }),
        fc.record({ member: fc.constant("clientDataJSON"), bit: fc.nat(sizes[1]! * 8 - 1) }),
      );
      await fc.assert(
        fc.asyncProperty(flip, async ({ member, bit }) => {
          fc.pre(member !== "attestationObject" || !unsigned.some((field) => covers(field, bit >> 3)));
          const { ceremonies } = await analyze(
            recordingOf([draft.returns(flipped(snapshot, member, bit))]),
            ROOTS,
          );
          expectWhole(ceremonies[0]!.verdicts);
          expect(isNoticed(ceremonies[0]!.verdicts)).toBe(true);
        }),
        { numRuns: 40 },
      );
    });
  }

  it("an assertion", async () => {
    const authenticator = new SoftwareAuthenticator({ counts: true });
    const made = create();
    const registered = authenticator.create(made.args[0]).snapshot;
    const draft = get();
    const { snapshot } = authenticator.get(draft.args[0]);
    const members = ["authenticatorData", "clientDataJSON", "signature", "userHandle"];
    const flip = fc
      .constantFrom(...members)
      .chain((member) =>
        fc.record({ member: fc.constant(member), bit: fc.nat(bytesIn(snapshot, member).length * 8 - 1) }),
      );
    await fc.assert(
      fc.asyncProperty(flip, async ({ member, bit }) => {
        const calls = [made.returns(registered), draft.returns(flipped(snapshot, member, bit))];
        const { verdicts } = (await analyze(recordingOf(calls))).ceremonies[1]!;
        expectWhole(verdicts);
        expect(checks(verdicts, "fail")).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("whatever comes back", () => {
  const snapshot = fc.letrec<{ any: Snapshot }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<Snapshot>(
        null,
        true,
        { $: "undefined" },
        { $: "unreadable", error: "Error" },
        { $: "cycle" },
        { $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "00000000" },
      ),
      fc.string(),
      fc.double(),
      fc.uint8Array().map<Snapshot>((bytes) => ({
        $: "bytes",
        type: "ArrayBuffer",
        base64url: Buffer.from(bytes).toString("base64url"),
      })),
      fc.array(tie("any"), { maxLength: 4 }),
    ),
  })).any;
  const names = [
    "id",
    "rawId",
    "type",
    "clientExtensionResults",
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
    "appid",
    "credProps",
  ];
  const members = fc.dictionary(fc.constantFrom(...names), snapshot);
  const answer = fc
    .record({ own: members, response: fc.oneof(members, snapshot) })
    .map<Snapshot>(({ own, response }) => ({
      $: "PublicKeyCredential",
      value: { ...own, response } as { [key: string]: Snapshot },
    }));

  it("is judged, and never passes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(answer, snapshot), snapshot, async (value, options) => {
        const recording = recordingOf([create().returns(value), get().returns(value)]);
        recording.calls.push({ ...recording.calls[0]!, id: "odd", arguments: [{ publicKey: options }] });
        for (const { verdicts } of (await analyze(recording)).ceremonies) {
          expectWhole(verdicts);
          if (verdicts.length > 0) expect(isNoticed(verdicts)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("nothing came back: nothing to verify", async () => {
    const recording = recordingOf([create().rejects("NotAllowedError"), get(), get().returns(null)]);
    expect((await analyze(recording)).ceremonies.map(({ verdicts }) => verdicts)).toEqual([[], [], []]);
  });
});

describe("what can't be known is not guessed", () => {
  const masked: Snapshot = { $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "00000000" };

  function ceremony() {
    const authenticator = new SoftwareAuthenticator({ counts: true });
    const made = create();
    const used = get();
    const registered = structuredClone(authenticator.create(made.args[0]).snapshot);
    const answered = structuredClone(authenticator.get(used.args[0]).snapshot);
    return { made, used, registered, answered };
  }

  async function verdictsOn({ made, used, registered, answered }: ReturnType<typeof ceremony>) {
    const recording = recordingOf([made.returns(registered), used.returns(answered)]);
    return (await analyze(recording)).ceremonies.map(({ verdicts }) => verdicts);
  }

  it("masked bytes leave every step about them untold", async () => {
    const parts = ceremony();
    for (const snapshot of [parts.registered, parts.answered]) {
      const response = responseIn(snapshot) as Record<string, unknown>;
      for (const name of Object.keys(response)) if (name !== "transports") response[name] = masked;
      const value = (snapshot as unknown as { value: Record<string, unknown> }).value;
      value.rawId = masked;
    }
    const [registration, authentication] = await verdictsOn(parts);
    expect(checks(registration!, "fail")).toEqual([]);
    expect(checks(registration!, "pass")).toEqual(["credential-type", "extensions"]);
    expect(checks(authentication!, "fail")).toEqual([]);
    expect(checks(authentication!, "pass")).toEqual(["credential-type"]);
  });

  it("without WebCrypto, what needs it is untold", async () => {
    const parts = ceremony();
    vi.stubGlobal("crypto", {});
    const [registration, authentication] = await verdictsOn(parts);
    expect(checks(registration!, "fail")).toEqual([]);
    expect(checks(registration!, "cannot-tell")).toEqual([
      "rp-id-hash",
      "public-key",
      "attestation-statement",
      "credential-id-unique",
    ]);
    expect(checks(authentication!, "fail")).toEqual([]);
    expect(checks(authentication!, "cannot-tell")).toEqual(["rp-id-hash", "signature"]);
  });

  it("an algorithm that the runtime lacks leaves the signature untold", async () => {
    const parts = ceremony();
    const lacking = {
      digest: (...args: Parameters<SubtleCrypto["digest"]>) => subtle.digest(...args),
      importKey: async () => {
        throw new DOMException("no", "NotSupportedError");
      },
    };
    const { subtle } = globalThis.crypto;
    vi.stubGlobal("crypto", { subtle: lacking });
    const [, authentication] = await verdictsOn(parts);
    expect(checks(authentication!, "cannot-tell")).toEqual(["signature"]);
  });

  it("a page whose origin isn't known, or whose ancestors aren't", async () => {
    const parts = ceremony();
    const calls = [parts.made.returns(parts.registered), parts.used.returns(parts.answered)];
    const unknown = recordingOf(calls);
    unknown.realms.length = 0;
    const [first] = (await analyze(unknown)).ceremonies;
    expect(checks(first!.verdicts, "cannot-tell")).toEqual([
      "origin",
      "cross-origin",
      "credential-id-unique",
    ]);
    const framed = recordingOf(calls);
    framed.realms[0]!.frameId = 7;
    const [second] = (await analyze(framed)).ceremonies;
    expect(checks(second!.verdicts, "cannot-tell")).toEqual(["cross-origin", "credential-id-unique"]);
  });
});

describe("a recording", () => {
  function manyCalls(count: number): Recording {
    const authenticator = new SoftwareAuthenticator({ counts: true });
    const made = create();
    const registered = authenticator.create(made.args[0]).snapshot;
    const calls = [made.returns(registered)];
    for (let index = 1; index < count; index++) {
      const used = get();
      calls.push(used.returns(authenticator.get(used.args[0]).snapshot));
    }
    return recordingOf(calls);
  }

  it("that was redacted keeps the verdicts that it has", async () => {
    const recording = manyCalls(2);
    const kept = {
      check: "origin",
      outcome: "pass",
      because: "It was so.",
      spec: "x",
      sentences: [7],
    } as Verdict;
    recording.redaction = { profile: "minimal", verdicts: { [recording.calls[0]!.id]: [kept] } };
    const { ceremonies } = await analyze(recording);
    expect(ceremonies[0]!.verdicts).toEqual([kept]);
    expect(ceremonies[0]!.verdicts.map(sentencesOf)).toEqual([undefined]);
    expect(ceremonies[1]!.verdicts.length).toBeGreaterThan(10);
  });

  it("that grows costs only what is new; a change of premises is noticed", async () => {
    const recording = manyCalls(4);
    const verify = vi.spyOn(globalThis.crypto.subtle, "verify");
    const all = async (options = {}) =>
      (await analyze(recording, options)).ceremonies.map(({ verdicts }) => verdicts);
    const once = await all();
    expect(verify).toHaveBeenCalledTimes(3);
    expect(await all()).toEqual(once);
    expect(verify).toHaveBeenCalledTimes(3);
    recording.calls.push(...manyCalls(2).calls);
    await all();
    expect(verify).toHaveBeenCalledTimes(4);

    recording.realms[0]!.origin = "https://elsewhere.example";
    const elsewhere = await all();
    expect(checks(elsewhere[1]!, "fail")).toEqual(["origin"]);
    verify.mockRestore();
  });

  it("without the registration: the second registration of an ID is told, the history of flags too", async () => {
    const recording = manyCalls(2);
    recording.calls = [recording.calls[0]!, { ...recording.calls[0]!, id: "again" }];
    const [first, again] = (await analyze(recording)).ceremonies;
    expect(checks(first!.verdicts, "fail")).toEqual([]);
    expect(checks(again!.verdicts, "fail")).toEqual(["credential-id-unique"]);
  });
});
