import type { Recording } from "../../src/index.js";
import { makeHostile } from "./hostile.js";
import { create, get, passkey, recordingOf, safari } from "./recordings.js";

/** Errors and infos, in three calls of which one failed. */
export function wrongRecording(): Recording {
  return recordingOf(
    [
      create({ user: { id: "alice" }, challenge: "abc" }).returns(passkey("A")),
      get({ rpId: "https://example.com" }).rejects("SecurityError"),
      get({ timeout: 10 }).rejects("NotAllowedError"),
    ],
    { browser: safari("18.3") },
  );
}

/** Warnings, and no error. */
export function doubtfulRecording(): Recording {
  return recordingOf([get({ challenge: new Uint8Array(8) }).returns(passkey("A"))], {
    browser: safari("18.3"),
  });
}

/** Neither errors nor warnings. */
export function cleanRecording(): Recording {
  return recordingOf([create().returns(passkey("A")), get().returns(passkey("A"))], {
    browser: safari("26.1"),
  });
}

/** Still a recording that opens, and markup, commands and escape sequences wherever a page could write. */
export function hostileRecording(): Recording {
  const recording = wrongRecording();
  const keep = (name: string) => KEPT.has(name);
  return { ...makeHostile(recording, keep), createdAt: recording.createdAt };
}

const KEPT = new Set([
  "format",
  "createdAt",
  "id",
  "realmId",
  "api",
  "via",
  "readyState",
  "visibility",
  "status",
  "$",
  "userAgent",
]);
