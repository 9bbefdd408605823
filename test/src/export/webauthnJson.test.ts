import { describe, expect, test } from "vitest";
import { type Snapshot, toWebAuthnJson, writeWebAuthnJson } from "../../../src/index.js";
import { bytes, call, create, get, recordingOf } from "../../support/recordings.js";
import { SoftwareAuthenticator } from "../../support/softwareAuthenticator.js";

describe("options and answer as WebAuthn's JSON", () => {
  const authenticator = new SoftwareAuthenticator({ attestation: "packed" });
  const registering = create({ pubKeyCredParams: [{ type: "public-key", alg: -7 }] });
  const registered = authenticator.create(registering.args[0], {});
  const signingIn = get({
    allowCredentials: [{ type: "public-key", id: bytes(16, 5), transports: ["usb"] }],
  });
  const { calls } = recordingOf([registering.returns(registered.snapshot)]);

  test("a registration is what the authenticator's own toJSON() gives", () => {
    const { type, response } = toWebAuthnJson(calls[0]!)!;
    expect(type).toBe("create");
    const { json } = registered;
    expect(response).toMatchObject({ id: json.id, rawId: json.rawId, type: "public-key" });
    const inner = (response as { response: Record<string, unknown> }).response;
    for (const [name, value] of Object.entries(json.response)) expect(inner[name], name).toEqual(value);
    expect(inner.authenticatorData).toBe(authenticatorDataOf(json.response.attestationObject));
  });

  test("a sign-in is, too", () => {
    const asked = get();
    const answered = new SoftwareAuthenticator({});
    const first = answered.create(registering.args[0], {});
    const { json, snapshot } = answered.get(asked.args[0], {});
    const [, signedIn] = recordingOf([create().returns(first.snapshot), asked.returns(snapshot)]).calls;
    const { type, response } = toWebAuthnJson(signedIn!)!;
    expect(type).toBe("get");
    const inner = (response as { response: Record<string, unknown> }).response;
    for (const [name, value] of Object.entries(json.response)) expect(inner[name], name).toEqual(value);
  });

  test("bytes of options are base64url, and everything else is as the page had it", () => {
    const [asked] = recordingOf([signingIn]).calls;
    const { options, response } = toWebAuthnJson(asked!)!;
    expect(response).toBeUndefined();
    expect(options).toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: "example.com",
      allowCredentials: [
        { type: "public-key", id: Buffer.from(bytes(16, 5)).toString("base64url"), transports: ["usb"] },
      ],
    });
  });

  test("what can't be in JSON is left out, and never stops it", () => {
    const odd: Snapshot[] = [
      { $: "undefined" },
      { $: "masked", type: "ArrayBuffer", length: 32, fingerprint: "9f86d081" },
      { $: "number", value: "NaN" },
      { $: "cycle" },
      { $: "unreadable", error: "Error: no" },
      { $: "function", name: "f" },
    ];
    for (const value of odd) {
      const [first] = recordingOf([get()]).calls;
      first!.arguments = [{ publicKey: { challenge: value, timeout: 1 } }];
      expect(toWebAuthnJson(first!)).toEqual({ type: "get", options: { timeout: 1 } });
    }
  });

  test("of a recording there are the ceremonies, and nothing else", () => {
    const recording = recordingOf([
      call("PublicKeyCredential.getClientCapabilities").returns({}),
      get(),
      call("credentials.store", {}),
    ]);
    expect(JSON.parse(writeWebAuthnJson(recording))).toHaveLength(1);
  });
});

function authenticatorDataOf(attestationObject: string): string {
  const bytes = Buffer.from(attestationObject, "base64url");
  // The key "authData", then the head of a byte string with its length in one or two bytes.
  const at = bytes.indexOf("authData") + "authData".length;
  const [start, length] =
    bytes[at] === 0x58 ? [at + 2, bytes[at + 1]!] : [at + 3, bytes.readUInt16BE(at + 1)];
  return bytes.subarray(start, start + length).toString("base64url");
}
