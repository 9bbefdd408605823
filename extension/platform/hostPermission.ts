import browser from "webextension-polyfill";

/**
 * Asks the person for leave to read what answers at a host, at every port. To be called while a click is
 * handled. False where it was refused, or is none that the manifest names.
 */
export const requestHost = (host: string): Promise<boolean> =>
  browser.permissions.request({ origins: [`http://${host}/*`] }).catch(() => false);
