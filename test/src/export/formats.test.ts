import { expect, test } from "vitest";
import { analyze, EXPORT_FORMATS, forecast, redact } from "../../../src/index.js";
import { hostile, morning } from "../../panel/sampleRecordings.js";

const VIEWER = '<script type="application/json" id="keyhole-recording"></script>';

test("every format has a name, a purpose, a media type and an ending of its own", () => {
  for (const member of ["id", "name", "purpose", "extension"] as const)
    expect(new Set(EXPORT_FORMATS.map((format) => format[member])).size).toBe(EXPORT_FORMATS.length);
  for (const { mediaType } of EXPORT_FORMATS) expect(mediaType).toMatch(/^(application|text)\/\w+$/);
});

test.each(EXPORT_FORMATS)("$name: is written of any recording, masked or not", async ({ write }) => {
  for (const recording of [morning(), hostile(), await redact(morning()), await redact(hostile())]) {
    const judged = { ...(await analyze(recording)), forecast: await forecast(recording) };
    expect(write({ recording, judged, viewer: VIEWER }).length).toBeGreaterThan(10);
  }
});

test.each(EXPORT_FORMATS)("$name: a masked recording is masked in it", async ({ write }) => {
  const recording = await redact(morning(), { profile: "minimal" });
  const judged = { ...(await analyze(recording)), forecast: await forecast(recording) };
  expect(write({ recording, judged, viewer: VIEWER })).not.toMatch(/alice|example\.com/i);
});
