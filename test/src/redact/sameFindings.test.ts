import { describe, test } from "vitest";
import { recordingOf } from "../../support/recordings.js";
import type { RuleCase } from "../rules/ruleCase.js";
import { expectSame } from "./expectSame.js";
import { SAMPLES } from "./samples.js";

const TABLES = import.meta.glob<{ default: RuleCase[] }>("../rules/{ios,webauthn}/*.cases.ts", {
  eager: true,
});

const PROFILES = ["pseudonymous", "minimal"] as const;

describe.each(PROFILES)("what is found in a recording masked with the profile %s", (profile) => {
  describe.each(
    Object.entries(TABLES).map(
      ([path, { default: rows }]) => [path.split("/").at(-1)!.split(".")[0]!, rows] as const,
    ),
  )("%s", (_, rows) => {
    test.each(rows.map((row) => [row.when, row] as const))("is the same when %s", async (_, row) => {
      const recording = recordingOf(row.calls, row.page);
      await expectSame(recording, profile, row.judgedAs);
    });
  });

  test.each(SAMPLES)("is the same for $name", async ({ recording }) => {
    await expectSame(recording(), profile);
  });
});
