import type { Reading } from "../recording/readSnapshot.js";

/** JSON pointer to the bytes that hold the authenticator data of a response. */
export function authenticatorDataAt(result: Reading): string {
  const response = result.member("response");
  const attestationObject = response.member("attestationObject");
  return attestationObject.isAbsent ? response.member("authenticatorData").at : attestationObject.at;
}
