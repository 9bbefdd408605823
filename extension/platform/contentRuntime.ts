/**
 * What a content script needs of the extension API. It runs in every secure page, so it does
 * without webextension-polyfill: both names offer promises in every browser that Keyhole runs in.
 */
interface Runtime {
  /** undefined once the extension was reloaded, updated or removed while the page stayed open */
  id?: string;
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: {
    addListener(
      listener: (message: unknown, sender: unknown, respond: (answer: unknown) => void) => void,
    ): void;
  };
}

const { browser, chrome } = globalThis as { browser?: { runtime?: Runtime }; chrome?: { runtime?: Runtime } };
const runtime = () => (browser ?? chrome)?.runtime;

/** Whether there still is an extension to talk to. */
export const isConnected = (): boolean => Boolean(runtime()?.id);

/** Rejects when nobody answers, or when there is no extension any more. */
export const sendToBackground = async (message: unknown): Promise<unknown> => runtime()?.sendMessage(message);

/** Answers whoever asks out of the extension: no page can. */
export const onAsked = (answer: () => unknown): void =>
  runtime()?.onMessage.addListener((_message, _sender, respond) => respond(answer()));
