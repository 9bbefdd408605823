/** By which a security key is reached, and no passkey of a phone. @see https://www.w3.org/TR/webauthn-3/#enum-transport */
const OF_SECURITY_KEYS: ReadonlySet<string> = new Set(["usb", "nfc", "ble", "smart-card"]);

/** Whether transports are known and all of them are a security key's. */
export function areSecurityKeyTransports(transports: readonly string[] = []): boolean {
  return transports.length > 0 && transports.every((transport) => OF_SECURITY_KEYS.has(transport));
}
