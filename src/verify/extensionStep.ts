import type { AuthenticatorFacts } from "./authenticatorDataSteps.js";
import { CRED_PROTECT_LEVELS, readClientExtensionOutputs } from "./clientExtensionOutputs.js";
import type { Step } from "./judgeSteps.js";
import { cannotTell, fail, notApplicable, pass, type Said, shorten } from "./said.js";

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
  if (inputs.isUnknown || results.isUnknown) return cannotTell("extensions-not-known");
  if (!results.isAbsent && results.kind !== "object")
    return fail("extensions-no-object", { found: results.describe() });
  const asked = new Set(inputs.members().flatMap(([name, input]) => (input.isAbsent ? [] : [name])));
  const clientOutputs = results.members().flatMap(([name, output]) => (output.isAbsent ? [] : [name]));
  const authenticatorOutputs =
    "outcome" in facts.authenticator ? undefined : facts.authenticator.data.extensions;

  const wrong = contradiction(facts, authenticatorOutputs);
  if (wrong) return wrong;
  const unasked = [
    ...clientOutputs.filter((name) => !asked.has(name)),
    ...[...(authenticatorOutputs?.keys() ?? [])]
      .map(String)
      .filter((name) => !(ASKED_BY.get(name) ?? [name]).some((input) => asked.has(input))),
  ];
  if (unasked.length > 0) return cannotTell("extensions-unasked", { names: listed(unasked) });
  const came = [...new Set([...clientOutputs, ...[...(authenticatorOutputs?.keys() ?? [])].map(String)])];
  if (came.length === 0)
    return asked.size === 0
      ? notApplicable("no-extensions")
      : notApplicable("extensions-unanswered", { names: listed([...asked]) });
  return pass("extensions", { names: listed(came) });
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
): Said | undefined {
  const inputs = options.member("publicKey", "extensions");
  const results = credential.member("clientExtensionResults");
  const kind = credential.member("response", "attestationObject").isAbsent
    ? "authentication"
    : "registration";
  const [wrong] = readClientExtensionOutputs(results, kind)
    .flatMap(({ problems }) => problems)
    .filter(({ code }) => CONTRADICTS.has(code));
  if (wrong) return fail("extension-output-wrong", { problem: wrong.message });
  const appid = results.member("appid");
  if (appid.boolean() && inputs.member("appid").isAbsent) return fail("appid-not-given");
  const noNumber = NUMBERS.find((name) => !["number", "undefined"].includes(typeof outputs?.get(name)));
  if (noNumber) return fail("extension-no-number", { name: noNumber });
  const level = CRED_PROTECT_LEVELS.indexOf(inputs.member("credentialProtectionPolicy").text() ?? "");
  const protectedAt = outputs?.get("credProtect") as number | undefined;
  if (level >= 0 && protectedAt !== undefined && protectedAt < level + 1)
    return fail("cred-protect-too-low", {
      found: protectedAt,
      policy: CRED_PROTECT_LEVELS[level]!,
      wanted: level + 1,
    });
  return undefined;
}

const NUMBERS = ["credProtect", "minPinLength"] as const;

/** What else is odd in an output, servers read over. */
const CONTRADICTS: ReadonlySet<string> = new Set(["extension-output-type", "extension-output-contradiction"]);

function listed(names: readonly string[]): string {
  return names
    .slice(0, 8)
    .map((name) => `“${shorten(name)}”`)
    .join(", ");
}
