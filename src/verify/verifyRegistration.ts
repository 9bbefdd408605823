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
    problemsSaid(own) ?? pass("attestation-object", { count: consumed, format: `${value.attestationFormat}` })
  );
}

function keyOf({ authenticator }: RegistrationFacts) {
  return "outcome" in authenticator ? undefined : authenticator.data.attestedCredentialData?.coseKey;
}

function algorithm(facts: RegistrationFacts): Said {
  if ("outcome" in facts.authenticator) return facts.authenticator;
  const key = keyOf(facts);
  if (!key) return fail("no-public-key");
  if (key.algorithm === undefined) return fail("public-key-no-algorithm");
  const own = { algorithm: describeCoseAlgorithm(key.algorithm) };
  const params = facts.options.member("publicKey", "pubKeyCredParams");
  if (params.isUnknown) return cannotTell("algorithms-not-known", own);
  const listed = params.items().map((item) => item.member("alg").number());
  const asked = listed.length === 0 ? DEFAULT_ALGORITHMS : listed;
  if (asked.includes(key.algorithm)) return pass("algorithm", own);
  if (asked.includes(undefined)) return cannotTell("algorithm-unread", own);
  return fail("algorithm-other", {
    ...own,
    asked: asked.map((each) => describeCoseAlgorithm(each!)).join(", "),
  });
}

/** What a browser asks for when the list is empty. @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential */
const DEFAULT_ALGORITHMS: readonly (number | undefined)[] = [-7, -257];

async function publicKey(facts: RegistrationFacts): Promise<Said> {
  if ("outcome" in facts.authenticator) return facts.authenticator;
  const key = keyOf(facts);
  if (!key) return fail("no-public-key");
  if (key.algorithm === undefined) return fail("public-key-no-algorithm");
  const checked = await checkPublicKey(key, key.algorithm);
  if (checked.is === "valid") return pass("public-key", { algorithm: describeCoseAlgorithm(key.algorithm) });
  const { reason } = checked;
  return checked.is === "invalid"
    ? fail("public-key-wrong", { reason })
    : cannotTell("public-key-unchecked", { reason });
}

function credentialIdOf({ authenticator }: RegistrationFacts): Uint8Array | Said {
  if ("outcome" in authenticator) return authenticator;
  const id = authenticator.data.attestedCredentialData?.credentialId;
  return id ?? fail("no-credential-id");
}

function credentialIdLength(facts: RegistrationFacts): Said {
  const id = credentialIdOf(facts);
  if ("outcome" in id) return id;
  if (id.length === 0) return fail("credential-id-empty");
  const length = { count: id.length, most: MAX_CREDENTIAL_ID_LENGTH };
  return id.length > MAX_CREDENTIAL_ID_LENGTH
    ? fail("credential-id-too-long", length)
    : pass("credential-id-length", length);
}

const MAX_CREDENTIAL_ID_LENGTH = 1023;

function credentialIdUnique(facts: RegistrationFacts): Said {
  const id = facts.credential.member("rawId").base64url();
  if (id === undefined) return unreadable(facts.credential.member("rawId"), "rawId");
  const excluded = facts.options.member("publicKey", "excludeCredentials").items();
  if (excluded.some((item) => item.member("id").base64url() === id))
    return fail("credential-id-excluded", { id });
  return facts.context.isRegistered
    ? fail("credential-id-registered", { id })
    : cannotTell("credential-id-unique", { id });
}
