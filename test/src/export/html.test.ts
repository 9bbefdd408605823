import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRecording, type Recording, toHtml } from "../../../src/index.js";
import { anyText } from "../../support/anyText.js";
import { create, recordingOf } from "../../support/recordings.js";

const VIEWER =
  '<!doctype html><style>p{}</style><script type="application/json" id="keyhole-recording"></script><script>1</script>';

const withName = (name: string): Recording =>
  recordingOf([create({ user: { id: Uint8Array.of(1), name, displayName: name } })]);

/** What a browser takes for the recording's element: everything up to where a script can end. */
const readBack = (html: string) =>
  /id="keyhole-recording">([^<]*)<\/script><script>1<\/script>$/.exec(html)?.[1];

test("the recording that was put into a page comes out of it", () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const recording = withName(name);
      const text = readBack(toHtml(recording, VIEWER));
      expect(parseRecording(text ?? "")).toEqual({ recording, problems: [] });
    }),
  );
});

test.each(["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;/script&gt;", "\u2028\u2029"])(
  "%j ends nothing",
  (name) => {
    const text = readBack(toHtml(withName(name), VIEWER));
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(parseRecording(text ?? "").recording).toEqual(withName(name));
  },
);

test("a viewer without a place for a recording is a programmer's mistake", () => {
  expect(() => toHtml(withName("a"), "<!doctype html>")).toThrow(/no place/);
});
