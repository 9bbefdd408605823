import type { Reading } from "../recording/readSnapshot.js";
import type { Fails } from "./rule.js";

/** Where a finding about a member of the authenticator data points: the bytes that hold it, and the member in them. */
export function authenticatorDataAt(result: Reading, member: string): Pick<Fails, "at" | "field"> {
  const response = result.member("response");
  const attestationObject = response.member("attestationObject");
  return attestationObject.isAbsent
    ? { at: response.member("authenticatorData").at, field: member }
    : { at: attestationObject.at, field: `authenticatorData.${member}` };
}
