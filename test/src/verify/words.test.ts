import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { analyze, redact } from "../../../src/index.js";
import { STEP_SENTENCES } from "../../../src/verify/words.js";
import { FOREIGN_CEREMONIES } from "../../support/recordedCeremonies.js";
import { expectSentences } from "./ceremony.js";

const FOLDER = new URL("../../../src/verify/", import.meta.url);

test("every sentence is said somewhere", () => {
  const sources = (readdirSync(FOLDER, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts") && file !== "words.ts")
    .map((file) => readFileSync(new URL(file, FOLDER), "utf8"))
    .join("\n");
  // `without-${part}`: one for each part of an attestation.
  const unsaid = Object.keys(STEP_SENTENCES).filter(
    (id) => !id.startsWith("without-") && !sources.includes(`"${id}"`),
  );
  expect(unsaid).toEqual([]);
});

test.each(FOREIGN_CEREMONIES)(
  "$name: a verdict is its sentences, each with its values",
  async ({ recording }) => {
    const { ceremonies } = await analyze(recording);
    for (const { verdicts } of ceremonies) expectSentences(verdicts);
  },
);

test("a masked recording brings verdicts without the values of what was masked", async () => {
  const [{ recording }] = FOREIGN_CEREMONIES as [(typeof FOREIGN_CEREMONIES)[number]];
  const { redaction } = await redact(recording, { ceremonies: (await analyze(recording)).ceremonies });
  const verdicts = Object.values(redaction!.verdicts).flat();
  expect(verdicts.length).toBeGreaterThan(10);
  for (const verdict of verdicts)
    expect(Object.keys(verdict).sort()).toEqual(["because", "check", "outcome", "spec"]);
});
