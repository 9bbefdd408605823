import { describe, expect, it } from "vitest";
import { ALGORITHMS } from "../../support/softwareAuthenticator.js";
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
