import { describe, expect, it } from "vitest";
import { analyze } from "../../../src/analyze.js";
import { TEST_VECTORS, VECTOR_ROOT } from "../../fixtures/webauthnTestVectors.js";
import { recordingOfVector } from "../../support/recordingOfVector.js";
import { checks } from "./ceremony.js";

/** Where a vector is not what its own specification demands. */
const ODDITIES: Record<string, { fail?: string[]; cannotTell?: string[] }> = {
  // Its key description writes the security levels as INTEGER, where Android's schema has ENUMERATED,
  // and names neither origin nor purpose of the key.
  "android-key.ES256": { fail: ["attestation-certificate", "attestation-nonce"] },
  // Its AAGUID is not zero.
  "fido-u2f.ES256": { cannotTell: ["attestation-aaguid"] },
};

describe("test vectors of the specification (WebAuthn Level 3, §16)", () => {
  for (const vector of TEST_VECTORS) {
    it(vector.name, async () => {
      const { ceremonies } = await analyze(recordingOfVector(vector), { roots: [VECTOR_ROOT] });
      const { fail = [], cannotTell = [] } = ODDITIES[vector.name] ?? {};
      const [registered, authenticated] = ceremonies.map(({ verdicts }) => verdicts);
      const failed = registered!.filter(({ outcome }) => outcome === "fail");
      expect(checks(registered!, "fail"), JSON.stringify(failed)).toEqual(fail);
      expect(checks(registered!, "cannot-tell")).toEqual([...cannotTell, "credential-id-unique"]);
      expect(authenticated!.filter(({ outcome }) => outcome === "fail")).toEqual([]);
      expect(checks(authenticated!, "cannot-tell")).toEqual([]);
      expect(checks(authenticated!, "pass")).toContain("signature");
    });
  }
});
