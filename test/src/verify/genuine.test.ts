import { describe, expect, it } from "vitest";
import {
  ALGORITHMS,
  ATTESTATION_ROOT,
  type AttestationKind,
  type AuthenticatorParts,
} from "../../support/softwareAuthenticator.js";
import { authentication, checks, registration } from "./ceremony.js";

describe("a genuine ceremony fails no step, and a server accepts it", () => {
  for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
    it(`${name}: registration`, async () => {
      const { verdicts, oracle } = await registration({ algorithm });
      expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
      expect(checks(verdicts, "cannot-tell")).toEqual(["credential-id-unique"]);
      expect(oracle).toEqual({ accepted: true, reason: "verified" });
    });

    it(`${name}: authentication`, async () => {
      const { verdicts, oracle } = await authentication({ algorithm, authenticator: { counts: true } });
      expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
      expect(checks(verdicts, "cannot-tell")).toEqual([]);
      expect(checks(verdicts, "pass")).toContain("signature");
      expect(oracle).toEqual({ accepted: true, reason: "verified" });
    });
  }
});

/** Steps that pass with a trusted root; those of the list's other parts don't apply to the format. */
const ATTESTATIONS: Record<AttestationKind, string[]> = {
  none: ["statement"],
  "packed-self": ["statement", "signature"],
  packed: ["statement", "signature", "certificate", "aaguid", "trust"],
  "fido-u2f": ["statement", "signature", "certificate", "aaguid", "key", "trust"],
  apple: ["statement", "certificate", "nonce", "key", "trust"],
  tpm: ["statement", "signature", "certificate", "aaguid", "nonce", "key", "trust"],
  "android-key": ["statement", "signature", "certificate", "nonce", "key", "trust"],
  "android-safetynet": ["statement", "signature", "certificate", "nonce", "trust"],
  compound: ["statement", "signature", "certificate", "aaguid", "nonce", "key", "trust"],
};
const ROOTS = { roots: [ATTESTATION_ROOT.certificate] };

describe("a genuine attestation", () => {
  for (const [attestation, parts] of Object.entries(ATTESTATIONS) as [AttestationKind, string[]][]) {
    const authenticator: Partial<AuthenticatorParts> = { attestation };

    it(`${attestation}: passes every step that it has, and a server accepts it`, async () => {
      const { verdicts, oracle } = await registration({ authenticator, verify: ROOTS });
      expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
      expect(checks(verdicts, "cannot-tell")).toEqual(["credential-id-unique"]);
      const judged = verdicts.filter(({ check }) => check.startsWith("attestation-"));
      expect(checks(judged, "pass").sort()).toEqual(
        ["object", "format", ...parts].map((part) => `attestation-${part}`).sort(),
      );
      const oracleKnowsIt = attestation !== "compound";
      expect(oracle).toEqual(
        oracleKnowsIt
          ? { accepted: true, reason: "verified" }
          : { accepted: false, reason: "Unsupported Attestation Format: compound" },
      );
    });

    it(`${attestation}: trust can't be told without a root`, async () => {
      const { verdicts } = await registration({ authenticator });
      const trust = verdicts.find(({ check }) => check === "attestation-trust");
      expect(trust).toMatchObject({
        outcome: parts.includes("trust") ? "cannot-tell" : "not-applicable",
      });
      if (parts.includes("trust")) expect(trust!.because).toContain("No root certificate was given to trust");
    });
  }

  const others = [
    ["tpm", "RS256"],
    ["tpm", "ES384"],
    ["android-key", "ES384"],
    ["android-key", "RS256"],
    ["apple", "ES384"],
  ] as const;
  for (const [attestation, name] of others) {
    it(`${attestation} of a credential for ${name}`, async () => {
      const { verdicts, oracle } = await registration({
        algorithm: ALGORITHMS[name],
        authenticator: { attestation },
        verify: ROOTS,
      });
      expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
      expect(checks(verdicts, "cannot-tell")).toEqual(["credential-id-unique"]);
      // It compares the certificate's key as a point, which RSA keys are not.
      const oracleCan = attestation !== "android-key" || name !== "RS256";
      expect(oracle.accepted, oracle.reason).toBe(oracleCan);
    });
  }
});
