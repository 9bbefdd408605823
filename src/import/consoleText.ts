import { looksLikeConsoleText, parseConsoleText } from "../link/parseConsoleText.js";
import type { ImportFormat } from "./importFormat.js";

/** Text of a console to which the bootstrap script wrote: calls that a hook recorded, on their way by hand. */
export const consoleText: ImportFormat = {
  id: "console-text",
  title: "console text of the bootstrap script",
  read({ text, json }, notes) {
    // Inside JSON such a line is a value of some other program.
    if (text === undefined || json || !looksLikeConsoleText(text)) return undefined;
    const { recording, problems } = parseConsoleText(text);
    notes.adopt(problems);
    return { takenFor: "console text", ...(recording && { recording }) };
  },
};
