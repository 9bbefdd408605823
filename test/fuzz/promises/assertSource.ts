import assert from "node:assert/strict";
import {
  analyze,
  type Call,
  parseRecording,
  type Realm,
  type Recording,
  serializeRecording,
} from "../../../src/index.js";
import { recordingOf } from "./recordingOf.js";

/** What a source told, as the panel keeps it: it can be saved, opened again and judged. */
export async function assertSource(
  realms: ReadonlyMap<string, Realm>,
  calls: ReadonlyMap<string, Call>,
): Promise<Recording> {
  const recording = recordingOf(realms.values(), calls.values());
  const { recording: opened, problems } = parseRecording(serializeRecording(recording));
  assert(opened, `what was told does not open: ${problems[0]?.message}`);
  await analyze(opened);
  return recording;
}
