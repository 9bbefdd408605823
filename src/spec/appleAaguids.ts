/**
 * AAGUIDs that Apple's own authenticators report; `aaguids.ts` has the sources. All zeros, which iOS 16
 * and older report, says nothing.
 */
export const APPLE_PASSWORDS = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
export const MANAGED_ICLOUD_KEYCHAIN = "dd4ec289-e01d-41c9-bb89-70fa845d4bf2";
/** device-bound credentials of iOS 14 and 15, with Apple's anonymous attestation */
export const APPLE_ANONYMOUS = "f24a8e70-d0d3-f82c-2937-32523cc4de5a";

const ALL: ReadonlySet<string> = new Set([APPLE_PASSWORDS, MANAGED_ICLOUD_KEYCHAIN, APPLE_ANONYMOUS]);

export function isApplesAaguid(aaguid: string): boolean {
  return ALL.has(aaguid);
}
