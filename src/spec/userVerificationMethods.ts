/**
 * Words of the uvm extension: bit flags of FIDO's registry of predefined values.
 *
 * @see https://fidoalliance.org/specs/common-specs/fido-registry-v2.2-ps-20220523.html
 */
export const USER_VERIFICATION_METHODS: ReadonlyMap<number, string> = new Map([
  [0x1, "presence"],
  [0x2, "fingerprint"],
  [0x4, "passcode"],
  [0x8, "voiceprint"],
  [0x10, "faceprint"],
  [0x20, "location"],
  [0x40, "eyeprint"],
  [0x80, "pattern"],
  [0x100, "handprint"],
  [0x200, "none"],
  [0x400, "all"],
  [0x800, "external passcode"],
  [0x1000, "external pattern"],
]);

export const KEY_PROTECTION_TYPES: ReadonlyMap<number, string> = new Map([
  [0x1, "software"],
  [0x2, "hardware"],
  [0x4, "trusted environment"],
  [0x8, "secure element"],
  [0x10, "remote handle"],
]);

export const MATCHER_PROTECTION_TYPES: ReadonlyMap<number, string> = new Map([
  [0x1, "software"],
  [0x2, "trusted environment"],
  [0x4, "on chip"],
]);

/** The names of the flags that are set; what is left over as a number. */
export function describeFlags(names: ReadonlyMap<number, string>, value: number): string {
  const words = [...names].filter(([flag]) => (value & flag) !== 0).map(([, name]) => name);
  const rest = [...names.keys()].reduce((left, flag) => left & ~flag, value);
  return (rest === 0 && words.length > 0 ? words : [...words, String(rest)]).join(" and ");
}
