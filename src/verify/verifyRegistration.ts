import type { Verdict } from "../recording/verdict.js";
import { describeCoseAlgorithm } from "../spec/cose.js";
import {
  ATTESTATION_STEPS,
  type AttestationFacts,
  isOfStatement,
  judgeAttestation,
} from "./attestation/index.js";
import {
  AUTHENTICATOR_DATA_STEPS,
  authenticatorOf,
  isOfAuthenticatorData,
  problemsSaid,
} from "./authenticatorDataSteps.js";
import type { CeremonyFacts } from "./ceremonyFacts.js";
import { clientDataSteps, unreadable } from "./clientDataSteps.js";
import { CREDENTIAL_STEPS } from "./credentialSteps.js";
import { extensionStep } from "./extensionStep.js";
import { judgeSteps, type Step } from "./judgeSteps.js";
import { cannotTell, fail, pass, type Said } from "./said.js";
import { checkPublicKey } from "./verifySignature.js";

export interface RegistrationContext {
  /** an earlier registration was answered with this credential ID */
  isRegistered?: boolean;
  /** certificates (DER) of the attestation authorities that the server trusts */
  roots?: readonly Uint8Array[];
}

/**
 * What a server would say to a new credential, step by step. Bad input: verdicts that say so.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function verifyRegistration(
  facts: CeremonyFacts,
  context: RegistrationContext = {},
): Promise<Verdict[]> {
  const authenticator = authenticatorOf(facts);
  const attestation = await judgeAttestation(facts, authenticator, context.roots ?? []);
  return judgeSteps(REGISTRATION_STEPS, { ...facts, authenticator, attestation, context });
}

const KEY = "authenticatorData.attestedCredentialData.coseKey";
const CREDENTIAL_ID = "authenticatorData.attestedCredentialData.credentialId";

type RegistrationFacts = AttestationFacts & { context: RegistrationContext };

export const REGISTRATION_STEPS: readonly Step<RegistrationFacts>[] = [
  ...CREDENTIAL_STEPS,
  ...clientDataSteps("webauthn.create"),
  {
    check: "attestation-object",
    spec: "sctn-generating-an-attestation-object",
    fields: ["attestationObject"],
    judge: attestationObject,
  },
  ...AUTHENTICATOR_DATA_STEPS,
  {
    check: "algorithm",
    spec: "dom-publickeycredentialcreationoptions-pubkeycredparams",
    fields: [`${KEY}.algorithm`, KEY],
    judge: algorithm,
  },
  { check: "public-key", spec: "credentialpublickey", fields: [KEY], judge: publicKey },
  extensionStep("reg-ceremony-verify-extension-outputs"),
  ...ATTESTATION_STEPS,
  {
    check: "credential-id-length",
    spec: "sctn-registering-a-new-credential",
    fields: [CREDENTIAL_ID],
    judge: credentialIdLength,
  },
  {
    check: "credential-id-unique",
    spec: "sctn-registering-a-new-credential",
    fields: [CREDENTIAL_ID],
    judge: credentialIdUnique,
  },
];

function attestationObject({ decoded, credential }: RegistrationFacts): Said {
  const object = credential.member("response", "attestationObject");
  if (!decoded.attestationObject) return unreadable(object, "attestationObject");
  const { problems, value, consumed } = decoded.attestationObject;
  const own = problems.filter((problem) => !isOfAuthenticatorData(problem) && !isOfStatement(problem));
  return (
    problemsSaid(own) ??
    pass(
      `The attestation object is a CBOR map of ${consumed} bytes, in the format ${value.attestationFormat}.`,
    )
  );
}

function keyOf({ authenticator }: RegistrationFacts) {
  return "outcome" in authenticator ? undefined : authenticator.data.attestedCredentialData?.coseKey;
}

const NO_KEY = "The authenticator data has no credential public key.";

function algorithm(facts: RegistrationFacts): Said {
  if ("outcome" in facts.authenticator) return facts.authenticator;
  const key = keyOf(facts);
  if (!key) return fail(NO_KEY);
  if (key.algorithm === undefined) return fail("The credential public key does not say its algorithm.");
  const words = describeCoseAlgorithm(key.algorithm);
  const params = facts.options.member("publicKey", "pubKeyCredParams");
  if (params.isUnknown) return cannotTell(`The key is for ${words}; what was asked for isn’t known.`);
  const listed = params.items().map((item) => item.member("alg").number());
  const asked = listed.length === 0 ? DEFAULT_ALGORITHMS : listed;
  if (asked.includes(key.algorithm))
    return pass(`The key is for ${words}, one of those in pubKeyCredParams.`);
  if (asked.includes(undefined))
    return cannotTell(`The key is for ${words}; an algorithm in pubKeyCredParams can’t be read.`);
  const listedWords = asked.map((each) => describeCoseAlgorithm(each!)).join(", ");
  return fail(`The key is for ${words}; pubKeyCredParams has ${listedWords}.`);
}

/** What a browser asks for when the list is empty. @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential */
const DEFAULT_ALGORITHMS: readonly (number | undefined)[] = [-7, -257];

async function publicKey(facts: RegistrationFacts): Promise<Said> {
  if ("outcome" in facts.authenticator) return facts.authenticator;
  const key = keyOf(facts);
  if (!key) return fail(NO_KEY);
  if (key.algorithm === undefined) return fail("The credential public key does not say its algorithm.");
  const words = describeCoseAlgorithm(key.algorithm);
  const checked = await checkPublicKey(key, key.algorithm);
  if (checked.is === "valid") return pass(`The credential public key is a complete ${words} key.`);
  return checked.is === "invalid"
    ? fail(`The credential public key can’t be used: ${checked.reason}.`)
    : cannotTell(`The credential public key can’t be checked: ${checked.reason}.`);
}

function credentialIdOf({ authenticator }: RegistrationFacts): Uint8Array | Said {
  if ("outcome" in authenticator) return authenticator;
  const id = authenticator.data.attestedCredentialData?.credentialId;
  return id ?? fail("The authenticator data has no credential ID.");
}

function credentialIdLength(facts: RegistrationFacts): Said {
  const id = credentialIdOf(facts);
  if ("outcome" in id) return id;
  const length = `The credential ID has ${id.length} bytes`;
  if (id.length > MAX_CREDENTIAL_ID_LENGTH)
    return fail(`${length}; more than ${MAX_CREDENTIAL_ID_LENGTH} are refused.`);
  return id.length === 0 ? fail(`${length}.`) : pass(`${length}, of at most ${MAX_CREDENTIAL_ID_LENGTH}.`);
}

const MAX_CREDENTIAL_ID_LENGTH = 1023;

function credentialIdUnique(facts: RegistrationFacts): Said {
  const id = facts.credential.member("rawId").base64url();
  if (id === undefined) return unreadable(facts.credential.member("rawId"), "rawId");
  const excluded = facts.options.member("publicKey", "excludeCredentials").items();
  if (excluded.some((item) => item.member("id").base64url() === id))
    return fail(`The credential ID ${id} is in excludeCredentials: it was registered already.`);
  if (facts.context.isRegistered)
    return fail(`An earlier registration in this recording has the credential ID ${id}.`);
  return cannotTell(
    `No earlier registration in this recording has the credential ID ${id}; only the server knows all of its own.`,
  );
}
