import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeAuthenticatorData, describeExtensionOutputs } from "../../../src/index.js";
import { authenticatorData } from "../../support/authenticatorBytes.js";

const describe = (extensions: Record<string, unknown>) =>
  describeExtensionOutputs(decodeAuthenticatorData(authenticatorData({ extensions })).value.extensions!);

test.each([
  ["credProtect", 2, "2: user verification optional with a credential ID list"],
  ["hmac-secret", true, "can derive secrets"],
  ["hmac-secret", false, "can't derive secrets"],
  ["hmac-secret", new Uint8Array(48), "encrypted secrets, 48 bytes"],
  ["hmac-secret-mc", new Uint8Array(80), "encrypted secrets, 80 bytes"],
  ["minPinLength", 6, "PINs have at least 6 characters"],
  ["credBlob", true, "the blob is stored"],
  ["credBlob", new Uint8Array(32), "the blob, 32 bytes"],
  ["largeBlobKey", new Uint8Array(32), "the key of the large blob, 32 bytes"],
  ["uvm", [[2, 4, 2]], "fingerprint (key: trusted environment, matcher: trusted environment)"],
  [
    "uvm",
    [
      [4, 1, 1],
      [0x12, 10, 4],
    ],
    "passcode (key: software, matcher: software); fingerprint and faceprint (key: hardware and secure element, matcher: on chip)",
  ],
  ["uvm", [[0x8000, 1, 1]], "32768 (key: software, matcher: software)"],
  ["thirdPartyPayment", true, "may be used for payments elsewhere"],
])("%s: %o", (identifier, value, words) => {
  expect(describe({ [identifier]: value })).toEqual([{ identifier, understood: true, words }]);
});

test.each([
  ["credProtect", 0, "0"],
  ["credProtect", 9, "9"],
  ["credProtect", "2", '"2"'],
  ["thirdPartyPayment", new Uint8Array(3), "3 bytes"],
  ["uvm", [], "a list of 0"],
  ["uvm", [[1, 2]], "a list of 1"],
  ["uvm", [[1, 2, "3"]], "a list of 1"],
  ["minPinLength", -1, "-1"],
  ["somethingNew", new Map([[1, 2]]), "a map of 1"],
  ["__proto__", true, "true"],
])("%s: %o is told by type and size", (identifier, value, words) => {
  const extensions = new Map([[identifier, value]]);
  expect(describeExtensionOutputs(extensions)).toEqual([{ identifier, understood: false, words }]);
});

test("bytes that may be secret never stand in the words", () => {
  const names = fc.constantFrom("hmac-secret", "hmac-secret-mc", "credBlob", "largeBlobKey", "other");
  fc.assert(
    fc.property(names, fc.uint8Array({ minLength: 4, maxLength: 64 }), (name, secret) => {
      const [output] = describeExtensionOutputs(new Map([[name, secret]]));
      expect(output!.words).toMatch(new RegExp(`^[a-z ,]*\\b${secret.length} bytes$`));
    }),
  );
});
