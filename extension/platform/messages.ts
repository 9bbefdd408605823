import browser from "webextension-polyfill";

/**
 * The text of a message of `_locales` in the language of the browser; empty where there is none of that
 * name, or where an inspector gives its pages no such API.
 */
export const getMessage = (key: string, substitutions: string[]): string =>
  (browser.i18n as typeof browser.i18n | undefined)?.getMessage(key, substitutions) ?? "";
