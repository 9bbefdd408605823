import { ceremonyCalls, PART_TITLES } from "./ceremonyCalls.js";
import { type Found, findCeremonies } from "./findCeremonies.js";
import { importedRecording } from "./importedRecording.js";
import type { ImportFormat } from "./importFormat.js";

/**
 * The JSON that servers and pages exchange: creation and request options as `parse…OptionsFromJSON` takes
 * them, with or without `publicKey` and `mediation` around them, and the responses of `toJSON()`; alone,
 * after each other, or anywhere inside other JSON.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson
 */
export const ceremonyJson: ImportFormat = {
  id: "ceremony-json",
  title: "options and responses as JSON",
  async read({ json, at }, notes) {
    if (!json) return undefined;
    const parts = json.flatMap(({ value, place, text }) =>
      findCeremonies(value).map((found) => ({ ...found, place, ...(found.at === "" && { text }) })),
    );
    if (parts.length === 0) return undefined;
    const takenFor = describeParts(parts);
    const calls = await ceremonyCalls(parts, takenFor, notes);
    return { takenFor, recording: importedRecording(calls, at) };
  },
};

/** In words: "registration options (JSON)". */
export function describeParts(parts: readonly Found[]): string {
  const titles = [...new Set(parts.map(({ part }) => PART_TITLES[part]))];
  if (titles.length > 1) return `${titles.map((title) => title.replace(" (JSON)", "")).join(", ")} (JSON)`;
  return parts.length > 1 ? `${parts.length} × ${titles[0]}` : titles[0]!;
}
