import browser from "webextension-polyfill";

/** Whether the manifest names the host as one that may be asked for. */
export const canRequestHost = (host: string): boolean => optionalHosts().includes(`http://${host}/*`);

/**
 * Asks the person for leave to read what answers at a host, at every port. To be called while a click is
 * handled. False where it was refused, or is none that the manifest names.
 */
export const requestHost = (host: string): Promise<boolean> =>
  browser.permissions.request({ origins: [`http://${host}/*`] }).catch(() => false);

/** false: the browser, or the person by it, keeps Keyhole from pages like this one. */
export async function isAllowedOn(address: string): Promise<boolean> {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  // Patterns of Firefox have no ports.
  const pattern = `${protocol}//${hostname}/*`;
  try {
    if (await browser.permissions.contains({ origins: [pattern] })) return true;
    // Chromium asks for more than the content scripts have where the manifest offers more.
    return (await browser.permissions.getAll()).origins?.includes(pattern) === true;
  } catch {
    // What has no pattern is not for anybody to allow.
    return true;
  }
}

const optionalHosts = (): string[] =>
  (browser.runtime.getManifest() as { optional_host_permissions?: string[] }).optional_host_permissions ?? [];
