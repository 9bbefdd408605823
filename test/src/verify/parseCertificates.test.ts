import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeHex } from "../../../src/bytes/hex.js";
import { parseCertificates } from "../../../src/verify/parseCertificates.js";
import { ATTESTATION_ROOT } from "../../support/softwareAuthenticator.js";

const der = ATTESTATION_ROOT.certificate;
const base64 = Buffer.from(der).toString("base64");
const PEM = `-----BEGIN CERTIFICATE-----\r\n${base64.replace(/(.{64})/g, "$1\r\n")}\r\n-----END CERTIFICATE-----\r\n`;

it.each([
  ["PEM", PEM],
  ["PEM with text around it", `subject=CN = Attestation root\n${PEM}\nthe end`],
  ["base64", base64],
  ["base64url", Buffer.from(der).toString("base64url")],
  ["hexadecimal digits", encodeHex(der)],
])("a certificate is read from %s", async (_, text) => {
  const { certificates, problems } = await parseCertificates(text);
  expect(problems).toEqual([]);
  expect(certificates.map(({ subject }) => subject)).toEqual([
    expect.stringContaining("CN=Attestation root"),
  ]);
  expect(encodeHex(certificates[0]!.der)).toBe(encodeHex(der));
});

it.each([
  ["", /neither PEM nor base64|byte 0/],
  ["hello, world", /The text is neither/],
  [
    `${PEM}-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----`,
    /^Part 2 .* \(at character \d+\) is a PRIVATE KEY/,
  ],
  [PEM.replace("-----END", "END"), /^Part 1 of the PEM text has no end/],
  [PEM.replace("MII", "!!!"), /^Part 1 of the PEM text (is not base64|can’t be read)/],
  ["-----", /has no certificate/],
])("%j is no certificate, and the place is named", async (text, message) => {
  expect((await parseCertificates(text)).problems.at(-1)?.message).toMatch(message);
});

it("never throws", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array().map(encodeHex)), async (text) => {
      const { certificates, problems } = await parseCertificates(text);
      expect(certificates.length + problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});
