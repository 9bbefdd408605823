import { encodeBase64 } from "./base64url.js";

/** DER as PEM. `label`: "CERTIFICATE", "PUBLIC KEY". @see https://www.rfc-editor.org/rfc/rfc7468#section-2 */
export function encodePem(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
