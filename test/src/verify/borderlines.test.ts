import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/index.js";
import { bytes, descriptor } from "../../support/recordings.js";
import type { Alterations } from "../../support/softwareAuthenticator.js";
import { authentication, type CeremonyParts, checks, registration } from "./ceremony.js";

/*
 * What lies just within, or where a server's policy decides: the named step has this outcome and says
 * why. No step fails but one that is expected to.
 */

interface Borderline extends CeremonyParts {
  check: string;
  outcome: Verdict["outcome"];
  because: string;
}

const answer =
  (clientExtensionResults: unknown): NonNullable<Alterations["answer"]> =>
  (value) => {
    Object.assign(value, { clientExtensionResults });
  };
const withExtensions = (extensions: Record<string, unknown>): Alterations => ({
  authenticatorData: (parts) => {
    parts.extensions = new Map(Object.entries(extensions));
  },
});
const flag =
  (name: "userPresent" | "userVerified"): NonNullable<Alterations["authenticatorData"]> =>
  (parts) => {
    parts[name] = false;
  };
const FRAME = { ancestorOrigins: ["https://example.com", "https://shop.example", "https://portal.example"] };
const UNREADABLE = { type: "public-key", id: "text" };

const REGISTRATIONS: Record<string, Borderline> = {
  "a client output that nobody asked for": {
    alter: { answer: answer({ largeBlob: { supported: true } }) },
    check: "extensions",
    outcome: "cannot-tell",
    because: "“largeBlob” came back without being asked for",
  },
  "an authenticator output that nobody asked for": {
    alter: withExtensions({ credProtect: 2 }),
    check: "extensions",
    outcome: "cannot-tell",
    because: "“credProtect” came back without being asked for",
  },
  "an authenticator output that was asked for by the client extension's name": {
    options: { extensions: { credentialProtectionPolicy: "userVerificationOptionalWithCredentialIDList" } },
    authenticator: { extensions: { credProtect: 2 } },
    check: "extensions",
    outcome: "pass",
    because: "“credProtect”",
  },
  "what was asked for did not come": {
    options: { extensions: { credProps: true } },
    alter: { answer: answer({}) },
    check: "extensions",
    outcome: "not-applicable",
    because: "“credProps”",
  },
  "a length of PINs that is no number": {
    options: { extensions: { minPinLength: true } },
    alter: withExtensions({ minPinLength: "four" }),
    check: "extensions",
    outcome: "fail",
    because: "minPinLength",
  },
  "outputs that are no object": {
    alter: { answer: answer("none") },
    check: "extensions",
    outcome: "fail",
    because: "not an object",
  },
  "nobody had to be there when it is made conditionally": {
    mediation: "conditional",
    alter: { authenticatorData: flag("userPresent") },
    check: "user-present",
    outcome: "not-applicable",
    because: "conditionally",
  },
  "nobody was verified, and it was only preferred": {
    options: { authenticatorSelection: { userVerification: "preferred" } },
    alter: { authenticatorData: flag("userVerified") },
    check: "user-verified",
    outcome: "not-applicable",
    because: "“preferred”",
  },
  "no algorithms in the options: the browser's own are asked for": {
    options: { pubKeyCredParams: [] },
    check: "algorithm",
    outcome: "pass",
    because: "ES256",
  },
  "an algorithm beyond the browser's own": {
    options: { pubKeyCredParams: [] },
    alter: { algorithm: -8 },
    check: "algorithm",
    outcome: "fail",
    because: "pubKeyCredParams has ES256",
  },
  "an algorithm in the options that can't be read": {
    options: { pubKeyCredParams: [{ type: "public-key", alg: "RS256" }] },
    check: "algorithm",
    outcome: "cannot-tell",
    because: "can’t be read",
  },
  "a credential ID of 1023 bytes": {
    alter: withCredentialId(bytes(1023, 5)),
    check: "credential-id-length",
    outcome: "pass",
    because: "1023 bytes",
  },
  "a credential ID of no bytes": {
    alter: withCredentialId(new Uint8Array()),
    check: "credential-id-length",
    outcome: "fail",
    because: "0 bytes",
  },
  "a reserved flag": {
    alter: {
      authenticatorDataBytes: (data) => data.map((byte, index) => (index === 32 ? byte | 0x02 : byte)),
    },
    check: "authenticator-data",
    outcome: "pass",
    because: "all of them accounted for",
  },
  "a key whose members are not in canonical order": {
    alter: {
      coseKey: (key) => new Map([...key].reverse()),
    },
    check: "authenticator-data",
    outcome: "cannot-tell",
    because: "canonical",
  },
  "backed up and eligible": {
    check: "backup-flags",
    outcome: "pass",
    because: "backed up",
  },
  "fido-u2f: a number of the key is longer than U2F's": {
    authenticator: { attestation: "fido-u2f" },
    alter: {
      coseKey: (key) => {
        key.set(-2, Uint8Array.of(0, ...(key.get(-2) as Uint8Array)));
      },
    },
    check: "attestation-key",
    outcome: "fail",
    because: "not a point of P-256",
  },
  "fido-u2f: an AAGUID, which U2F does not know": {
    authenticator: { attestation: "fido-u2f", aaguid: "5d1f5b5c-9e2a-4f0c-8b4e-2f6f3c1d7a90" },
    check: "attestation-aaguid",
    outcome: "cannot-tell",
    because: "5d1f5b5c",
  },
  "safetynet: an algorithm that no such document has": {
    authenticator: { attestation: "android-safetynet" },
    alter: {
      statement: (statement) => {
        const parts = new TextDecoder().decode(statement.get("response") as Uint8Array).split(".");
        const header = JSON.parse(Buffer.from(parts[0]!, "base64url").toString()) as object;
        parts[0] = Buffer.from(JSON.stringify({ ...header, alg: "none" })).toString("base64url");
        statement.set("response", new TextEncoder().encode(parts.join(".")));
      },
    },
    check: "attestation-signature",
    outcome: "cannot-tell",
    because: '"none"',
  },
};

const AUTHENTICATIONS: Record<string, Borderline> = {
  "an App ID is said to be used, and none was given": {
    alter: { answer: answer({ appid: true }) },
    check: "extensions",
    outcome: "fail",
    because: "no App ID was given",
  },
  "the App ID was used": {
    options: { extensions: { appid: "https://example.com/appid.json" } },
    alter: { useAppId: true },
    check: "rp-id-hash",
    outcome: "pass",
    because: "App ID",
  },
  "nobody was present, though conditional": {
    mediation: "conditional",
    alter: { authenticatorData: flag("userPresent") },
    check: "user-present",
    outcome: "fail",
    because: "every server requires it",
  },
  "an allowed credential that can't be read": {
    options: { allowCredentials: [descriptor("another"), UNREADABLE] },
    check: "allow-credentials",
    outcome: "cannot-tell",
    because: "1 can’t",
  },
  "no user handle, and the account is known from the credential": {
    options: { allowCredentials: [UNREADABLE] },
    alter: { userHandle: null },
    check: "user-handle",
    outcome: "not-applicable",
    because: "known from allowCredentials",
  },
  "the sign count is 0, as it was": {
    check: "sign-count",
    outcome: "not-applicable",
    because: "does not count",
  },
  "the sign count is one more": {
    authenticator: { signCount: 7, counts: true },
    check: "sign-count",
    outcome: "pass",
    because: "the last one was 7",
  },
  "not eligible for backup any more": {
    alter: {
      authenticatorData: (parts) => {
        Object.assign(parts, { backupEligible: false, backupState: false });
      },
    },
    check: "backup-eligible",
    outcome: "fail",
    because: "it was set before",
  },
  "no longer backed up": {
    alter: {
      authenticatorData: (parts) => {
        parts.backupState = false;
      },
    },
    check: "backup-flags",
    outcome: "pass",
    because: "is not yet",
  },
  "in a frame within a frame: the topmost page's origin": {
    page: FRAME,
    check: "top-origin",
    outcome: "pass",
    because: "https://portal.example",
  },
  "in a frame within a frame: the nearest stranger": {
    page: FRAME,
    check: "cross-origin",
    outcome: "pass",
    because: "https://shop.example",
  },
  "the topmost page's origin, and no word of crossOrigin": {
    page: FRAME,
    alter: { clientData: ({ crossOrigin: _, ...others }) => others },
    check: "top-origin",
    outcome: "fail",
    because: "crossOrigin is undefined",
  },
};

function withCredentialId(credentialId: Uint8Array): Alterations {
  return {
    authenticatorData: (parts) => {
      parts.attested!.credentialId = credentialId;
    },
    answer: (value) => {
      Object.assign(value, { rawId: credentialId, id: Buffer.from(credentialId).toString("base64url") });
    },
  };
}

describe("registration", () => {
  for (const [name, { check, outcome, because, ...parts }] of Object.entries(REGISTRATIONS))
    it(name, async () => expectOutcome((await registration(parts)).verdicts, check, outcome, because));
});

describe("authentication", () => {
  for (const [name, { check, outcome, because, ...parts }] of Object.entries(AUTHENTICATIONS))
    it(name, async () => expectOutcome((await authentication(parts)).verdicts, check, outcome, because));
});

function expectOutcome(
  verdicts: readonly Verdict[],
  check: string,
  outcome: Verdict["outcome"],
  because: string,
): void {
  expect(verdicts.find((verdict) => verdict.check === check)).toMatchObject({
    outcome,
    because: expect.stringContaining(because) as string,
  });
  const failed = checks(verdicts, "fail");
  if (outcome !== "fail") expect(failed).toEqual([]);
}
