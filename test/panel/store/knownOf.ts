import { type Known, knowledge } from "../../../panel/store/known.js";
import { OngoingAnalysis, type Recording, wholeOf } from "../../../src/index.js";

/** What the panel knows of a recording once it is judged. */
export async function knownOf(recording: Recording, switchedOff: readonly string[] = []): Promise<Known> {
  const ongoing = new OngoingAnalysis();
  ongoing.follow(recording);
  await ongoing.advance();
  return knowledge(switchedOff)({
    resultOf: (callId) => ongoing.resultOf(callId),
    aaguidOf: (credentialId) => ongoing.credential(credentialId)?.aaguid,
    overwriterOf: (credentialId) => ongoing.credential(credentialId)?.overwrittenBy,
    credentials: () => ongoing.credentials(),
    changes: ongoing.changes,
    version: ongoing.changes.version,
    whole: () => wholeOf(recording, ongoing),
  });
}
