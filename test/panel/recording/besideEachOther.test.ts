import { expect, test } from "vitest";
import { besideEachOther } from "../../../panel/recording/besideEachOther.js";
import { encodeBase64url } from "../../../src/index.js";

const base64url = (text: string) => encodeBase64url(new TextEncoder().encode(text));

test("short values stand there whole", () => {
  expect(besideEachOther({ kind: "user name", original: "alice", masked: "qbxme" })).toEqual([
    "alice",
    "qbxme",
  ]);
});

test("of values that begin alike, what differs is seen", () => {
  const alike = "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVj".repeat(3);
  const [seen, written] = besideEachOther({
    kind: "attestation object",
    original: `${alike}AAA`,
    masked: `${alike}BBB`,
  });
  expect(seen).toMatch(/^….{16}AAA$/);
  expect(written).toMatch(/^….{16}BBB$/);
});

test("client data is shown as JSON, from the challenge on", () => {
  const clientData = (challenge: string) =>
    base64url(`{"type":"webauthn.get","challenge":"${challenge}","origin":"https://example.com"}`);
  const [seen, written] = besideEachOther({
    kind: "client data",
    original: clientData("seenseenseen"),
    masked: clientData("maskedmasked"),
  });
  expect(seen).toContain('"challenge":"seenseenseen"');
  expect(written).toContain('"challenge":"maskedmasked"');
});

test("what is no base64url is shown as it is", () => {
  expect(besideEachOther({ kind: "client data", original: "%", masked: "!" })).toEqual(["%", "!"]);
});
