import type { PublicKey } from "../decode/publicKey.js";
import type { Verdict } from "../recording/verdict.js";
import { describeCoseAlgorithm } from "../spec/cose.js";
import {
  AUTHENTICATOR_DATA_STEPS,
  type AuthenticatorFacts,
  authenticatorOf,
} from "./authenticatorDataSteps.js";
import type { CeremonyFacts } from "./ceremonyFacts.js";
import { clientDataSteps, unreadable } from "./clientDataSteps.js";
import { CREDENTIAL_STEPS } from "./credentialSteps.js";
import { extensionStep } from "./extensionStep.js";
import { judgeSteps, type Step } from "./judgeSteps.js";
import { cannotTell, fail, notApplicable, notKnown, pass, type Said, shownBytes } from "./said.js";
import { verifySignature } from "./verifySignature.js";
import { digest, NO_WEB_CRYPTO } from "./webCrypto.js";

/** What a server would have kept of the credential, as far as it is known. */
export interface CredentialRecord {
  publicKey?: PublicKey;
  /** where the key is from: "the registration in this recording" */
  keySource?: string;
  /** base64url */
  userHandle?: string;
  backupEligible?: boolean;
  /** as it was last time */
  signCount?: number;
}

/**
 * What a server would say to an assertion, step by step. `record` is what is known of the
 * credential that the answer names. Bad input: verdicts that say so.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function verifyAuthentication(
  facts: CeremonyFacts,
  record: CredentialRecord = {},
): Promise<Verdict[]> {
  return judgeSteps(AUTHENTICATION_STEPS, { ...facts, authenticator: authenticatorOf(facts), record });
}

type AuthenticationFacts = AuthenticatorFacts & { record: CredentialRecord };

const SECTION = "sctn-verifying-assertion";

export const AUTHENTICATION_STEPS: readonly Step<AuthenticationFacts>[] = [
  ...CREDENTIAL_STEPS,
  {
    check: "allow-credentials",
    spec: "dom-publickeycredentialrequestoptions-allowcredentials",
    judge: allowed,
  },
  { check: "user-handle", spec: "dom-authenticatorassertionresponse-userhandle", judge: userHandle },
  ...clientDataSteps("webauthn.get"),
  ...AUTHENTICATOR_DATA_STEPS,
  {
    check: "backup-eligible",
    spec: "authdata-flags-be",
    fields: ["authenticatorData.flags"],
    judge: backupEligible,
  },
  { check: "signature", spec: SECTION, fields: ["signature"], judge: signature },
  {
    check: "sign-count",
    spec: "sctn-sign-counter",
    fields: ["authenticatorData.signCount"],
    judge: signCount,
  },
  extensionStep("authn-ceremony-verify-extension-outputs"),
];

function allowed({ options, credential }: AuthenticationFacts): Said {
  const list = options.member("publicKey", "allowCredentials");
  if (list.isUnknown) return notKnown("allowCredentials", list);
  const items = list.items();
  if (items.length === 0)
    return notApplicable("allowCredentials is empty: any credential of the RP ID may answer.");
  const id = credential.member("rawId").base64url();
  if (id === undefined) return unreadable(credential.member("rawId"), "rawId");
  const ids = items.map((item) => item.member("id").base64url());
  if (ids.includes(id))
    return pass(`The credential ${id} is one of the ${items.length} in allowCredentials.`);
  const unknown = ids.filter((each) => each === undefined).length;
  if (unknown > 0)
    return cannotTell(
      `The credential ${id} is none of those in allowCredentials that can be read; ${unknown} can’t.`,
    );
  return fail(`The credential ${id} is none of the ${items.length} in allowCredentials.`);
}

function userHandle({ options, credential, record }: AuthenticationFacts): Said {
  const returned = credential.member("response", "userHandle");
  if (returned.kind === "masked" || returned.isUnknown) return unreadable(returned, "userHandle");
  const handle = returned.base64url();
  if (handle === undefined || handle === "") {
    const given = options.member("publicKey", "allowCredentials").items().length > 0;
    return given
      ? notApplicable("No user handle came back; the account is known from allowCredentials.")
      : fail(
          "No user handle came back, and allowCredentials was empty: a server can’t tell whose credential it is.",
        );
  }
  if (record.userHandle === undefined)
    return cannotTell(`The user handle is ${handle}; the one of the registration isn’t known.`);
  return handle === record.userHandle
    ? pass(`The user handle is the one of the registration, ${handle}.`)
    : fail(`The user handle is ${handle}; the credential was registered for ${record.userHandle}.`);
}

function backupEligible({ authenticator, record }: AuthenticationFacts): Said {
  if ("outcome" in authenticator) return authenticator;
  const now = authenticator.data.flags?.backupEligible;
  if (now === undefined) return fail("The authenticator data ends before the flags.");
  const flag = `BE is ${now ? "set" : "clear"}`;
  if (record.backupEligible === undefined) return cannotTell(`${flag}; what it was before isn’t known.`);
  return now === record.backupEligible
    ? pass(`${flag}, as it was before.`)
    : fail(`${flag}, but it was ${record.backupEligible ? "set" : "clear"} before; it must never change.`);
}

async function signature({ authenticator, credential, record }: AuthenticationFacts): Promise<Said> {
  const response = credential.member("response");
  const signatureBytes = response.member("signature").bytes();
  if (!signatureBytes) return unreadable(response.member("signature"), "signature");
  const clientData = response.member("clientDataJSON").bytes();
  if (!clientData) return unreadable(response.member("clientDataJSON"), "clientDataJSON");
  if ("outcome" in authenticator) return authenticator;
  const { publicKey } = record;
  if (!publicKey)
    return cannotTell(
      `The signature ${shownBytes(signatureBytes)} can’t be checked: the registration of ${credential.member("id").text() ?? "the credential"} is not in this recording, and its public key wasn’t given.`,
    );
  const algorithm = publicKey.algorithm;
  if (algorithm === undefined) return cannotTell("The public key does not say its algorithm.");
  const hash = await digest("SHA-256", clientData);
  if (!hash) return cannotTell(`The signature can’t be checked: ${NO_WEB_CRYPTO}.`);
  const data = new Uint8Array(authenticator.bytes.length + hash.length);
  data.set(authenticator.bytes);
  data.set(hash, authenticator.bytes.length);
  const checked = await verifySignature(publicKey, algorithm, signatureBytes, data);
  const key = `the ${describeCoseAlgorithm(algorithm)} key of ${record.keySource ?? "the registration"}`;
  if (checked.is === "valid")
    return pass(`The signature over authenticator data and client data hash is by ${key}.`);
  return checked.is === "invalid"
    ? fail(`The signature is not by ${key}: ${checked.reason}.`)
    : cannotTell(`The signature can’t be checked against ${key}: ${checked.reason}.`);
}

function signCount({ authenticator, record }: AuthenticationFacts): Said {
  if ("outcome" in authenticator) return authenticator;
  const { signCount: now } = authenticator.data;
  if (now === undefined) return fail("The authenticator data ends before the sign count.");
  const before = record.signCount;
  if (before === undefined) return cannotTell(`The sign count is ${now}; the last one isn’t known.`);
  if (now === 0 && before === 0)
    return notApplicable("The sign count is 0, as it was: this authenticator does not count.");
  return now > before
    ? pass(`The sign count is ${now}; the last one was ${before}.`)
    : fail(
        `The sign count is ${now}, not more than the last one, ${before}: there may be a copy of the credential.`,
      );
}
