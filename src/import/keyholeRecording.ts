import { paced } from "../bytes/steps.js";
import { checkRecording, parseRecording } from "../recording/parseRecording.js";
import type { ImportFormat } from "./importFormat.js";
import { textOf } from "./json.js";

/** Keyhole's own file; also half of one, so that the error says where it ends. */
export const keyholeRecording: ImportFormat = {
  id: "keyhole",
  title: "Keyhole recordings",
  async read({ text, json, jsonProblem }, notes, pace) {
    const format = json?.length === 1 ? textOf(json[0]!.value, "format") : undefined;
    const isOne =
      format?.startsWith("keyhole-") ??
      (jsonProblem !== undefined && MENTIONS_ITSELF.test(text!.slice(0, 4096)));
    if (!isOne) return undefined;
    const { recording, problems } = json
      ? await paced(checkRecording(json[0]!.value), pace)
      : parseRecording(text!);
    notes.adopt(problems);
    return { takenFor: "Keyhole recording", ...(recording && { recording }) };
  },
};

const MENTIONS_ITSELF = /"format"\s*:\s*"keyhole-recording"/;
