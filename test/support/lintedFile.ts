import type { LintedFile, LintFinding } from "../../cli/formats/format.js";
import { createLocator } from "../../cli/input/locate.js";
import { analyze, type Recording, serializeRecording } from "../../src/index.js";

/** A recording as `lint` hands it to a format. */
export async function lintedFile(recording: Recording, file = "login.keyhole.json"): Promise<LintedFile> {
  const { findings, undecided, ceremonies } = await analyze(recording);
  const locate = createLocator(serializeRecording(recording));
  const told = findings.map((finding): LintFinding => {
    const index = recording.calls.findIndex(({ id }) => id === finding.callId);
    const rpId = ceremonies[index]?.rpId;
    const place = locate(index, finding.at);
    return {
      finding,
      call: recording.calls[index]!,
      callNumber: index + 1,
      ...(rpId !== undefined && { rpId }),
      ...(place && { place }),
      fails: finding.severity === "error",
    };
  });
  return { file, recording, problems: [], findings: told, undecided };
}
