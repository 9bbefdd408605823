import { describe, expect, test } from "vitest";
import { type Analysis, analyze, type BytePlace, locateBytes } from "../../../src/index.js";
import { readSnapshot } from "../../../src/recording/readSnapshot.js";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import { ATTESTATION_KINDS } from "../../support/attestationSamples.js";
import { bytesOf } from "../../support/authenticatorBytes.js";
import { create, get, passkey, recordingOf } from "../../support/recordings.js";
import { type Alterations, SoftwareAuthenticator } from "../../support/softwareAuthenticator.js";

const ES256 = { pubKeyCredParams: [{ type: "public-key", alg: -7 }] };

async function registered(attestation: (typeof ATTESTATION_KINDS)[number], alter: Alterations = {}) {
  const draft = create(ES256);
  const { snapshot } = new SoftwareAuthenticator({ attestation }).create(draft.args[0], {}, alter);
  return analyze(recordingOf([draft.returns(snapshot)]));
}

async function authenticated(alter: Alterations = {}) {
  const authenticator = new SoftwareAuthenticator({ counts: true });
  const [made, used] = [create(ES256), get()];
  const first = made.returns(authenticator.create(made.args[0]).snapshot);
  return analyze(recordingOf([first, used.returns(authenticator.get(used.args[0], {}, alter).snapshot)]));
}

/** Where the verdicts on the last call point: "attestationObject authenticatorData.flags", or nothing. */
function placesOf(analysis: Analysis): Record<string, BytePlace | undefined> {
  const call = analysis.recording.calls.at(-1)!;
  const { verdicts } = analysis.ceremonies.at(-1)!;
  return Object.fromEntries(verdicts.map((verdict) => [verdict.check, locateBytes(call, verdict)]));
}

function wordsFor(places: Record<string, BytePlace | undefined>): Record<string, string> {
  const words = ({ buffer, path }: BytePlace) => `${buffer} ${path}`.trim();
  return Object.fromEntries(
    Object.entries(places).flatMap(([check, place]) => (place ? [[check, words(place)]] : [])),
  );
}

function bytesAt(analysis: Analysis, { at, offset, length }: BytePlace): Uint8Array {
  const { outcome } = analysis.recording.calls.at(-1)!;
  const value = (outcome as { value: Snapshot }).value;
  const buffer = readSnapshot(value, "/outcome/value")
    .member("response")
    .members()
    .find(([, each]) => each.at === at)![1]
    .bytes()!;
  expect(offset + length).toBeLessThanOrEqual(buffer.length);
  return buffer.subarray(offset, offset + length);
}

describe("a verdict leads to the bytes that its step looked at", () => {
  test("of an authentication", async () => {
    const analysis = await authenticated();
    const places = placesOf(analysis);
    expect(wordsFor(places)).toEqual({
      "client-data": "clientDataJSON",
      type: "clientDataJSON type",
      challenge: "clientDataJSON challenge",
      origin: "clientDataJSON origin",
      "cross-origin": "clientDataJSON crossOrigin",
      "authenticator-data": "authenticatorData",
      "rp-id-hash": "authenticatorData rpIdHash",
      "user-present": "authenticatorData flags",
      "user-verified": "authenticatorData flags",
      "backup-flags": "authenticatorData flags",
      "backup-eligible": "authenticatorData flags",
      signature: "signature",
      "sign-count": "authenticatorData signCount",
    });
    expect(new TextDecoder().decode(bytesAt(analysis, places.origin!))).toBe('"https://example.com"');
    expect(bytesAt(analysis, places["sign-count"]!)).toEqual(bytesOf("00000001"));
  });

  test("of a registration", async () => {
    const analysis = await registered("packed");
    const places = placesOf(analysis);
    expect(wordsFor(places)).toEqual({
      "credential-id": "attestationObject authenticatorData.attestedCredentialData.credentialId",
      "client-data": "clientDataJSON",
      type: "clientDataJSON type",
      challenge: "clientDataJSON challenge",
      origin: "clientDataJSON origin",
      "cross-origin": "clientDataJSON crossOrigin",
      "attestation-object": "attestationObject",
      "authenticator-data": "attestationObject authenticatorData",
      "rp-id-hash": "attestationObject authenticatorData.rpIdHash",
      "user-present": "attestationObject authenticatorData.flags",
      "user-verified": "attestationObject authenticatorData.flags",
      "backup-flags": "attestationObject authenticatorData.flags",
      algorithm: "attestationObject authenticatorData.attestedCredentialData.coseKey.algorithm",
      "public-key": "attestationObject authenticatorData.attestedCredentialData.coseKey",
      "attestation-format": "attestationObject attestationFormat",
      "attestation-statement": "attestationObject attestationStatement",
      "attestation-signature": "attestationObject attestationStatement.signature",
      "attestation-certificate": "attestationObject attestationStatement.certificates[0]",
      "attestation-aaguid": "attestationObject authenticatorData.attestedCredentialData.aaguid",
      "attestation-nonce": "attestationObject attestationStatement.certificates[0].extensions",
      "attestation-key": "attestationObject attestationStatement.certificates[0].publicKey",
      "attestation-trust": "attestationObject attestationStatement.certificates",
      "credential-id-length": "attestationObject authenticatorData.attestedCredentialData.credentialId",
      "credential-id-unique": "attestationObject authenticatorData.attestedCredentialData.credentialId",
    });
    expect(bytesAt(analysis, places["attestation-format"]!)).toEqual(
      Uint8Array.of(0x66, ...new TextEncoder().encode("packed")),
    );
    expect(bytesAt(analysis, places.algorithm!)).toEqual(Uint8Array.of(0x26));
  });

  test.each(ATTESTATION_KINDS)("of every step about the bytes of %s attestation", async (kind) => {
    const analysis = await registered(kind);
    for (const [check, place] of Object.entries(placesOf(analysis))) {
      if (["credential-type", "top-origin", "extensions"].includes(check)) continue;
      expect(place, check).toBeDefined();
      expect(bytesAt(analysis, place!).length).toBeGreaterThan(0);
    }
  });

  test("and, where the bytes are not as they must be, to what is wrong", async () => {
    const longer = await authenticated({ authenticatorDataBytes: (data) => Uint8Array.of(...data, 1, 2) });
    const { "authenticator-data": data, "user-present": flags } = placesOf(longer);
    expect(data).toMatchObject({ buffer: "authenticatorData", offset: 37, length: 2 });
    expect(flags).toMatchObject({ path: "flags", offset: 32, length: 1 });
    const unsigned = await registered("packed", { signature: (der) => Uint8Array.of(...der, 0) });
    expect(placesOf(unsigned)["attestation-object"]).toMatchObject({ path: "", offset: 0 });
    const extra = await registered("packed", { statement: (members) => void members.set("zzzz", 1) });
    const { "attestation-statement": statement, "attestation-object": object } = placesOf(extra);
    expect(statement).toMatchObject({ path: "attestationStatement.zzzz", length: 6 });
    expect(object).toMatchObject({ path: "", offset: 0 });
  });
});

describe("a finding leads to the bytes that hold what it tells", () => {
  const findingsOf = async (...calls: Parameters<typeof recordingOf>[0]) => {
    const analysis = await analyze(recordingOf(calls));
    const call = analysis.recording.calls.at(-1)!;
    return (ruleId: string) => {
      const finding = analysis.findings.find((each) => each.ruleId === ruleId && each.callId === call.id)!;
      return { finding, place: locateBytes(call, finding), analysis };
    };
  };

  test("a flag of an authentication, and of a registration", async () => {
    const absent = passkey("A", { userPresent: false });
    const used = (await findingsOf(get().returns(absent)))("up-missing");
    expect(used.place).toMatchObject({ buffer: "authenticatorData", path: "flags", offset: 32, length: 1 });
    const made = (await findingsOf(create().returns(absent)))("up-missing");
    expect(made.place).toMatchObject({ buffer: "attestationObject", path: "authenticatorData.flags" });
    const [flags] = bytesAt(made.analysis, made.place!);
    expect(flags! & 1).toBe(0);
  });

  test("a member of the client data", async () => {
    const evil = passkey("A", { clientData: { origin: "https://evil.example" } });
    const { place, analysis } = (await findingsOf(get().returns(evil)))("rpidhash-or-origin-mismatch");
    expect(place).toMatchObject({ buffer: "clientDataJSON", path: "origin" });
    expect(new TextDecoder().decode(bytesAt(analysis, place!))).toBe('"https://evil.example"');
  });

  test("all bytes, where it names no field or one that is not there", async () => {
    const call = recordingOf([get().returns(passkey("A"))]).calls[0]!;
    const at = "/outcome/value/value/response/authenticatorData";
    const whole = { buffer: "authenticatorData", at, path: "", offset: 0, length: 37 };
    expect(locateBytes(call, { at })).toEqual(whole);
    expect(locateBytes(call, { at, field: "attestedCredentialData" })).toEqual(whole);
  });

  test("none, where it is about something else, nothing came back, or the bytes are masked", async () => {
    const [used, pending] = recordingOf([get().returns(passkey("A")), get()]).calls;
    expect(locateBytes(used!, { at: "/arguments/0/publicKey/challenge" })).toBeUndefined();
    expect(locateBytes(used!, { check: "user-handle", outcome: "fail" })).toBeUndefined();
    expect(locateBytes(used!, { check: "no such step", outcome: "fail" })).toBeUndefined();
    const at = "/outcome/value/value/response/clientDataJSON";
    expect(locateBytes(pending!, { at })).toBeUndefined();
    const { response } = (
      used!.outcome as unknown as { value: { value: { response: Record<string, Snapshot> } } }
    ).value.value;
    response.clientDataJSON = { $: "masked", type: "ArrayBuffer", length: 9, fingerprint: "00000000" };
    expect(locateBytes(used!, { at })).toBeUndefined();
    expect(locateBytes(used!, { check: "origin", outcome: "fail" })).toBeUndefined();
  });
});
