import { decodeBase64url } from "../bytes/base64url.js";
import { isObject, member } from "./json.js";

/**
 * Bytes, in whatever way they came into JSON: base64url or base64, an array of numbers, what Node makes of
 * a Buffer, what `JSON.stringify` makes of a Uint8Array, what WebAuthnRecorder makes of either. `type` is
 * the JavaScript type that the page had, as far as the form tells. Undefined, with the reason, for anything else.
 */
export function readJsonBytes(
  value: unknown,
): { bytes: Uint8Array; type: string } | { bytes?: undefined; why: string } {
  if (typeof value === "string") {
    const { bytes, problems } = decodeBase64url(value.trim());
    return bytes ? { bytes, type: "ArrayBuffer" } : { why: problems[0]!.message };
  }
  if (Array.isArray(value)) return fromNumbers(value, "Uint8Array");
  if (!isObject(value)) return { why: `It is ${value === null ? "null" : typeof value}, not bytes.` };
  const { data } = value;
  if (Array.isArray(data)) {
    const type = member(value, "_type") === "ArrayBuffer" ? "ArrayBuffer" : "Uint8Array";
    return fromNumbers(data, type);
  }
  const keys = Object.keys(value);
  if (keys.length > 0 && keys.every((key, index) => key === String(index)))
    return fromNumbers(Object.values(value), "Uint8Array");
  return {
    why: keys.length === 0 ? "It is an empty object: its bytes were lost." : "It is an object, not bytes.",
  };
}

/** Looks like bytes without a closer look: for telling formats apart. */
export function looksLikeBytes(value: unknown): boolean {
  if (typeof value === "string") return true;
  if (Array.isArray(value)) return value.length > 0 && value.every(isByte);
  return isObject(value) && (Array.isArray(value.data) || Object.hasOwn(value, "0"));
}

function fromNumbers(numbers: readonly unknown[], type: string) {
  const wrong = numbers.findIndex((number) => !isByte(number));
  if (wrong >= 0) return { why: `Its element ${wrong} is not a byte.` };
  return { bytes: Uint8Array.from(numbers as number[]), type };
}

function isByte(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}
