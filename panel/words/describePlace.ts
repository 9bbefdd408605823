import { say } from "./say.js";

/**
 * A JSON pointer into a call as a person would write the member: "publicKey.user.id",
 * "publicKey.excludeCredentials[0].transports", "response.userHandle". The call itself: "the call".
 */
export function describePlace(pointer: string): string {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const area = steps[0];
  if (area === "arguments") steps.splice(0, steps[1] === "0" ? 2 : 1);
  // "/outcome/value" is what came back; a credential's members stand in its own "value".
  if (area === "outcome") steps.splice(0, steps[2] === "value" ? 3 : steps[1] === "value" ? 2 : 1);
  if (steps.length === 0) return say(area === "outcome" ? "place_outcome" : "place_call");
  return steps
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index ? "." : ""}${step}`))
    .join("");
}
