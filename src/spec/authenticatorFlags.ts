/** A bit of the authenticator data's flags. */
export interface AuthenticatorFlag {
  bit: number;
  /** the member of `AuthenticatorData["flags"]` that says it */
  member:
    | "userPresent"
    | "reserved1"
    | "userVerified"
    | "backupEligible"
    | "backupState"
    | "reserved2"
    | "attestedCredentialDataIncluded"
    | "extensionDataIncluded";
  /** the specification's abbreviation */
  abbreviation: string;
  name: string;
}

/** Bit 0 first. @see https://www.w3.org/TR/webauthn-3/#authdata-flags */
export const AUTHENTICATOR_FLAGS: readonly AuthenticatorFlag[] = [
  { bit: 0, member: "userPresent", abbreviation: "UP", name: "User present" },
  { bit: 1, member: "reserved1", abbreviation: "RFU1", name: "Reserved" },
  { bit: 2, member: "userVerified", abbreviation: "UV", name: "User verified" },
  { bit: 3, member: "backupEligible", abbreviation: "BE", name: "Backup eligible" },
  { bit: 4, member: "backupState", abbreviation: "BS", name: "Backup state" },
  { bit: 5, member: "reserved2", abbreviation: "RFU2", name: "Reserved" },
  {
    bit: 6,
    member: "attestedCredentialDataIncluded",
    abbreviation: "AT",
    name: "Attested credential data included",
  },
  { bit: 7, member: "extensionDataIncluded", abbreviation: "ED", name: "Extension data included" },
];
