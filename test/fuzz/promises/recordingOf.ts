import type { Call, Realm, Recording } from "../../../src/index.js";

/** What a source told, as it would be saved. */
export const recordingOf = (realms: Iterable<Realm>, calls: Iterable<Call>): Recording => ({
  format: "keyhole-recording",
  version: 1,
  createdBy: { name: "fuzz", version: "0" },
  createdAt: "2026-01-01T00:00:00.000Z",
  realms: [...realms],
  calls: [...calls],
});
