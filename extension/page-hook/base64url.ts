/** For where bytes have to be text at once. `length` is an argument for the reason that `fingerprint` tells. */
export function base64url(bytes: Uint8Array, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  let text = "";
  let bits = 0;
  let held = 0;
  for (let i = 0; i < length; i++) {
    held = ((held << 8) | bytes[i]!) & 0xffff;
    for (bits += 2; bits >= 0; bits -= 6) text += alphabet[(held >> bits) & 63]!;
    bits += 6;
  }
  return bits ? text + alphabet[(held << (6 - bits)) & 63]! : text;
}
