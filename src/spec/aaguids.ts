import { APPLE_ANONYMOUS, APPLE_PASSWORDS, MANAGED_ICLOUD_KEYCHAIN } from "./appleAaguids.js";

/** Which product made a passkey, by AAGUID: names as the source of each group writes them. */
export const AAGUID_PROVIDERS: ReadonlyMap<string, string> = new Map([
  // What providers say of themselves: https://github.com/passkeydeveloper/passkey-authenticator-aaguids (aaguid.json)
  [APPLE_PASSWORDS, "Apple Passwords"],
  [MANAGED_ICLOUD_KEYCHAIN, "iCloud Keychain (Managed)"],
  ["ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager"],
  ["adce0002-35bc-c60a-648b-0b25f1f05503", "Chrome on Mac"],
  ["771b48fd-d3d4-4f74-9232-fc157ab0507a", "Edge on Mac"],
  ["b5397666-4885-aa6b-cebf-e52262a439a2", "Chromium Browser"],
  ["08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello"],
  ["9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "Windows Hello"],
  ["6028b017-b1d4-4c02-b4b3-afcdafc96bb2", "Windows Hello"],
  ["d3452668-01fd-4c12-926c-83a4204853aa", "Microsoft Password Manager"],
  ["bada5566-a7aa-401f-bd96-45619a55120d", "1Password"],
  ["d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden"],
  ["531126d6-e717-415c-9320-3d9aa6981239", "Dashlane"],
  ["f3809540-7f14-49c1-a8b3-8f813b225541", "Enpass"],
  ["fdb141b2-5d84-443e-8a35-4698c205a502", "KeePassXC"],
  ["0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6", "Keeper"],
  ["b78a0a55-6ef8-d246-a042-ba0f6d55050c", "LastPass"],
  ["b84e4048-15dc-4dd0-8640-f4f60813c8af", "NordPass"],
  ["50726f74-6f6e-5061-7373-50726f746f6e", "Proton Pass"],
  ["53414d53-554e-4700-0000-000000000000", "Samsung Pass"],
  ["39a5647e-1853-446c-a1f6-a79bae9f5bc7", "IDmelon"],
  ["891494da-2c90-4d31-a9cd-4eab0aed1309", "Sésame"],
  // WebKit, whose attestation is Apple's: https://github.com/WebKit/WebKit/blob/main/Source/WebKit/UIProcess/WebAuthentication/Cocoa/LocalAuthenticator.mm
  [APPLE_ANONYMOUS, "Apple anonymous attestation"],
  // Microsoft: https://learn.microsoft.com/entra/identity/authentication/how-to-enable-authenticator-passkey
  ["90a3ccdf-635c-4729-a248-9b709135078f", "Microsoft Authenticator for iOS"],
  ["de1e552d-db1d-4423-a619-566b625cdc84", "Microsoft Authenticator for Android"],
  // Descriptions in the FIDO Metadata Service: https://fidoalliance.org/metadata/
  ["b93fd961-f2e6-462f-b122-82002247de78", "Android Authenticator"],
  ["42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3", "Google Titan Security Key v2"],
  // Those of Yubico stand at https://support.yubico.com/hc/en-us/articles/360016648959-YubiKey-Hardware-FIDO2-AAGUIDs, too.
  ["19083c3d-8383-4b18-bc03-8f1c9ab2fd1b", "YubiKey 5 Series"],
  ["cb69481e-8ff7-4039-93ec-0a2729a154a8", "YubiKey 5 Series"],
  ["ee882879-721c-4913-9775-3dfcce97072a", "YubiKey 5 Series"],
  ["20ac7a17-c814-4833-93fe-539f0d5e3389", "YubiKey 5 Series (Enterprise Profile)"],
  ["2fc0579f-8113-47ea-b116-bb5a8db9202a", "YubiKey 5 Series with NFC"],
  ["a25342c0-3cdc-4414-8e46-f4807fca511c", "YubiKey 5 Series with NFC"],
  ["d7781e5d-e353-46aa-afe2-3ca49f13332a", "YubiKey 5 Series with NFC"],
  ["fa2b99dc-9e39-4257-8f92-4a30d23c4118", "YubiKey 5 Series with NFC"],
  ["1ac71f64-468d-4fe0-bef1-0e5f2f551f18", "YubiKey 5 Series with NFC (Enterprise Profile)"],
  ["a02167b9-ae71-4ac7-9a07-06432ebb6f1c", "YubiKey 5 Series with Lightning"],
  ["c5ef55ff-ad9a-4b9f-b580-adebafe026d0", "YubiKey 5 Series with Lightning"],
  ["b90e7dc1-316e-4fee-a25a-56a666a670fe", "YubiKey 5 Series with Lightning (Enterprise Profile)"],
  ["57f7de54-c807-4eab-b1c6-1c9be7984e92", "YubiKey 5 FIPS Series"],
  ["73bb0cd4-e502-49b8-9c6f-b59445bf720b", "YubiKey 5 FIPS Series"],
  ["c1f9a0bc-1dd2-404a-b27f-8e29047a43fd", "YubiKey 5 FIPS Series with NFC"],
  ["fcc0118f-cd45-435b-8da1-9782b2da0715", "YubiKey 5 FIPS Series with NFC"],
  ["7b96457d-e3cd-432b-9ceb-c9fdd7ef7432", "YubiKey 5 FIPS Series with Lightning"],
  ["85203421-48f9-4355-9bc8-8a53846e5083", "YubiKey 5 FIPS Series with Lightning"],
  ["d8522d9f-575b-4866-88a9-ba99fa02f35b", "YubiKey Bio Series"],
  ["dd86a2da-86a0-4cbe-b462-4bd31f57bc6f", "YubiKey Bio Series - FIDO Edition"],
  ["7d1351a6-e097-4852-b8bf-c9ac5c9ce4a3", "YubiKey Bio Series - Multi-protocol Edition"],
  ["90636e1f-ef82-43bf-bdcf-5255f139d12f", "YubiKey Bio Series - Multi-protocol Edition"],
  ["b92c3f9a-c014-4056-887f-140a2501163b", "Security Key by Yubico"],
  ["f8a011f3-8c0a-4d15-8006-17111f9edc7d", "Security Key by Yubico"],
  ["149a2021-8ef6-4133-96b8-81f8d5b7f1f5", "Security Key by Yubico with NFC"],
  ["6d44ba9b-f6ec-2e49-b930-0c8fe920cb73", "Security Key by Yubico with NFC"],
  ["a4e9fc6d-4cbe-4758-b8ba-37598bb5bbaa", "Security Key NFC by Yubico"],
  ["e77e3c64-05e3-428b-8824-0cbeb04b829d", "Security Key NFC by Yubico"],
  ["0bb43545-fd2c-4185-87dd-feb0b2916ace", "Security Key NFC by Yubico - Enterprise Edition"],
  ["47ab2fb4-66ac-4184-9ae1-86be814012d5", "Security Key NFC by Yubico - Enterprise Edition"],
  // The virtual authenticator of Chromium's DevTools and WebDriver: https://source.chromium.org/chromium/chromium/src/+/main:device/fido/virtual_ctap2_device.cc
  ["01020304-0506-0708-0102-030405060708", "Chromium virtual authenticator"],
]);

/** Stands for "not told": passkeys of older iOS, U2F keys, and whoever prefers not to say. */
export const ZERO_AAGUID = "00000000-0000-0000-0000-000000000000";

/** Words for an AAGUID; for one that is not in the table, that it is unknown. */
export function describeAaguid(aaguid: string): string {
  if (aaguid === ZERO_AAGUID) return "not identified";
  return AAGUID_PROVIDERS.get(aaguid) ?? "unknown provider";
}
