import type { AuthenticatorFacts } from "./authenticatorDataSteps.js";
import type { Step } from "./judgeSteps.js";
import { cannotTell, fail, notApplicable, pass, quoted, type Said } from "./said.js";

/**
 * Outputs that nobody asked for can't be judged here: whether a server takes them is its policy,
 * and clients may add extensions of their own. Outputs that contradict what was asked fail.
 */
export function extensionStep(spec: string): Step<AuthenticatorFacts> {
  return { check: "extensions", spec, fields: ["authenticatorData.extensions"], judge: extensions };
}

function extensions(facts: AuthenticatorFacts): Said {
  const inputs = facts.options.member("publicKey", "extensions");
  const results = facts.credential.member("clientExtensionResults");
  if (inputs.isUnknown || results.isUnknown) return cannotTell("The extensions could not be recorded.");
  if (!results.isAbsent && results.kind !== "object")
    return fail(`clientExtensionResults is ${results.describe()}, not an object.`);
  const asked = new Set(inputs.members().flatMap(([name, input]) => (input.isAbsent ? [] : [name])));
  const clientOutputs = results.members().flatMap(([name, output]) => (output.isAbsent ? [] : [name]));
  const authenticatorOutputs =
    "outcome" in facts.authenticator ? undefined : facts.authenticator.data.extensions;

  const wrong = contradiction(facts, authenticatorOutputs);
  if (wrong) return fail(wrong);
  const unasked = [
    ...clientOutputs.filter((name) => !asked.has(name)),
    ...[...(authenticatorOutputs?.keys() ?? [])]
      .map(String)
      .filter((name) => !(ASKED_BY.get(name) ?? [name]).some((input) => asked.has(input))),
  ];
  if (unasked.length > 0)
    return cannotTell(
      `${listed(unasked)} came back without being asked for; whether a server takes that is its policy.`,
    );
  const came = [...new Set([...clientOutputs, ...[...(authenticatorOutputs?.keys() ?? [])].map(String)])];
  if (came.length === 0)
    return notApplicable(
      asked.size === 0
        ? "No extension was asked for, and none came back."
        : `None of ${listed([...asked])} came back.`,
    );
  return pass(`Every extension output was asked for: ${listed(came)}.`);
}

/** Client extension inputs that make a client ask the authenticator for these. */
const ASKED_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ["credProtect", ["credentialProtectionPolicy"]],
  ["hmac-secret", ["prf", "hmacCreateSecret", "hmacGetSecret"]],
  ["hmac-secret-mc", ["prf", "hmacGetSecret"]],
  ["credBlob", ["credBlob", "getCredBlob"]],
  ["largeBlobKey", ["largeBlob"]],
  ["largeBlob", ["largeBlob"]],
  ["thirdPartyPayment", ["payment"]],
]);

function contradiction(
  { options, credential }: AuthenticatorFacts,
  outputs: ReadonlyMap<unknown, unknown> | undefined,
): string | undefined {
  const inputs = options.member("publicKey", "extensions");
  const results = credential.member("clientExtensionResults");
  for (const name of ["credProps", "prf", "largeBlob"]) {
    const output = results.member(name);
    if (!output.isAbsent && !output.isUnknown && output.kind !== "object")
      return `The output of ${name} is ${output.describe()}, not an object.`;
  }
  const appid = results.member("appid");
  if (appid.boolean() && inputs.member("appid").isAbsent)
    return "The output of appid is true, but no App ID was given.";
  const level = CRED_PROTECT_LEVELS.indexOf(inputs.member("credentialProtectionPolicy").text() ?? "");
  const protectedAt = outputs?.get("credProtect");
  if (level >= 0 && typeof protectedAt === "number" && protectedAt < level + 1)
    return `credProtect is ${protectedAt}; ${quoted(CRED_PROTECT_LEVELS[level]!)} asks for ${level + 1}.`;
  const pinLength = outputs?.get("minPinLength");
  if (pinLength !== undefined && typeof pinLength !== "number") return "minPinLength is not a number.";
  return undefined;
}

/** Level 1 first. @see https://fidoalliance.org/specs/fido-v2.2-ps-20250714/fido-client-to-authenticator-protocol-v2.2-ps-20250714.html#sctn-credProtect-extension */
const CRED_PROTECT_LEVELS = [
  "userVerificationOptional",
  "userVerificationOptionalWithCredentialIDList",
  "userVerificationRequired",
];

function listed(names: readonly string[]): string {
  return names.slice(0, 8).map(quoted).join(", ");
}
