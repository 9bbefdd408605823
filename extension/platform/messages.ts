import browser from "webextension-polyfill";

/** The text of a message of `_locales` in the language of the browser; empty where there is none of that name. */
export const getMessage = (key: string, substitutions: string[]): string =>
  browser.i18n.getMessage(key, substitutions);
