import type { GetMessage } from "../../panel/words/say.js";

/** A `messages.json`. */
export type Messages = Record<
  string,
  { message: string; placeholders?: Record<string, { content: string }> | undefined }
>;

/** As `browser.i18n.getMessage` of a browser that has these messages. */
export function speaking(messages: Messages): GetMessage {
  return (key, substitutions) => {
    const { message = "", placeholders = {} } = messages[key] ?? {};
    return message.replace(/\$(?:\$|(\w+)\$)/g, (_, name: string | undefined) =>
      name === undefined
        ? "$"
        : placeholders[name.toLowerCase()]!.content.replace(/\$(\d)/g, (_, at) => substitutions[at - 1]!),
    );
  };
}
