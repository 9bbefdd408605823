import { expect, test } from "vitest";
import { fileName } from "../../../panel/recording/fileName.js";
import { get, recordingOf } from "../../support/recordings.js";

const localTime = (iso: string) => {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
};

test("host of the last page, and the time where the reader is", () => {
  const recording = recordingOf([get(), get().in({ origin: "https://login.example.com" })]);
  recording.createdAt = "2026-11-22T10:32:07Z";
  expect(fileName(recording, "keyhole.json")).toBe(
    `login.example.com-${localTime(recording.createdAt)}.keyhole.json`,
  );
});

test("nothing of a hostile origin gets into the name but letters, digits, dots and dashes", () => {
  const recording = recordingOf([get().in({ origin: "https://[::1]:8443" })]);
  expect(fileName(recording, "md")).toMatch(/^[\w.-]+\.md$/);
  recording.realms[0]!.origin = "../../etc/passwd";
  recording.createdAt = "yesterday";
  expect(fileName(recording, "md")).toBe("keyhole.md");
});
