/** Address of a section or definition of WebAuthn Level 3: "sctn-registering-a-new-credential". */
export function specificationUrl(anchor: string): string {
  return `https://www.w3.org/TR/webauthn-3/#${anchor}`;
}
