import { expect, test } from "vitest";
import { analyze } from "../../src/index.js";

test("an empty recording has nothing to say", async () => {
  const analysis = await analyze({
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "test", version: "0" },
    createdAt: "2026-01-01T00:00:00Z",
    realms: [],
    calls: [],
  });
  expect(analysis.findings).toEqual([]);
});
