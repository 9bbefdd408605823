import type { PublicKey } from "../decode/publicKey.js";
import type { Verdict } from "../recording/verdict.js";
import { describeCoseAlgorithm } from "../spec/cose.js";
import {
  AUTHENTICATOR_DATA_STEPS,
  type AuthenticatorFacts,
  authenticatorOf,
  shownFlag,
} from "./authenticatorDataSteps.js";
import type { CeremonyFacts } from "./ceremonyFacts.js";
import { clientDataSteps, unreadable } from "./clientDataSteps.js";
import { CREDENTIAL_STEPS } from "./credentialSteps.js";
import { extensionStep } from "./extensionStep.js";
import { judgeSteps, type Step } from "./judgeSteps.js";
import { cannotTell, fail, notApplicable, notKnown, pass, type Said, sentence, shownBytes } from "./said.js";
import { verifySignature } from "./verifySignature.js";
import { digest } from "./webCrypto.js";

/** What a server would have kept of the credential, as far as it is known. */
export interface CredentialRecord {
  publicKey?: PublicKey;
  /** where the key is from; absent: a registration */
  keySource?: "of-registration-here" | "of-person";
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
  if (items.length === 0) return notApplicable("allow-credentials-empty");
  const id = credential.member("rawId").base64url();
  if (id === undefined) return unreadable(credential.member("rawId"), "rawId");
  const ids = items.map((item) => item.member("id").base64url());
  if (ids.includes(id)) return pass("allow-credentials", { id, count: items.length });
  const unknown = ids.filter((each) => each === undefined).length;
  if (unknown > 0) return cannotTell("allow-credentials-not-known", { id, count: unknown });
  return fail("allow-credentials-none", { id, count: items.length });
}

function userHandle({ options, credential, record }: AuthenticationFacts): Said {
  const returned = credential.member("response", "userHandle");
  if (returned.kind === "masked" || returned.isUnknown) return unreadable(returned, "userHandle");
  const handle = returned.base64url();
  if (handle === undefined || handle === "") {
    const given = options.member("publicKey", "allowCredentials").items().length > 0;
    return given ? notApplicable("no-user-handle") : fail("no-user-handle-nor-list");
  }
  if (record.userHandle === undefined) return cannotTell("user-handle-not-known", { handle });
  return handle === record.userHandle
    ? pass("user-handle", { handle })
    : fail("user-handle-other", { handle, registered: record.userHandle });
}

function backupEligible({ authenticator, record }: AuthenticationFacts): Said {
  if ("outcome" in authenticator) return authenticator;
  const now = authenticator.data.flags?.backupEligible;
  if (now === undefined) return fail("ends-before-flags");
  const flag = shownFlag(now);
  if (record.backupEligible === undefined) return cannotTell("backup-eligible-not-known", { flag });
  return now === record.backupEligible
    ? pass("backup-eligible", { flag })
    : fail("backup-eligible-other", { flag, before: shownFlag(record.backupEligible) });
}

async function signature({ authenticator, credential, record }: AuthenticationFacts): Promise<Said> {
  const response = credential.member("response");
  const signatureBytes = response.member("signature").bytes();
  if (!signatureBytes) return unreadable(response.member("signature"), "signature");
  const clientData = response.member("clientDataJSON").bytes();
  if (!clientData) return unreadable(response.member("clientDataJSON"), "clientDataJSON");
  if ("outcome" in authenticator) return authenticator;
  const { publicKey } = record;
  if (!publicKey) {
    const id = credential.member("id").text();
    const shown = shownBytes(signatureBytes);
    return id === undefined
      ? cannotTell("signature-no-key-nor-id", { signature: shown })
      : cannotTell("signature-no-key", { signature: shown, id });
  }
  if (publicKey.algorithm === undefined) return cannotTell("key-no-algorithm");
  const hash = await digest("SHA-256", clientData);
  if (!hash) return cannotTell("signature-unchecked", { reason: sentence("no-web-crypto") });
  const data = new Uint8Array(authenticator.bytes.length + hash.length);
  data.set(authenticator.bytes);
  data.set(hash, authenticator.bytes.length);
  const checked = await verifySignature(publicKey, publicKey.algorithm, signatureBytes, data);
  const key = {
    algorithm: describeCoseAlgorithm(publicKey.algorithm),
    whose: sentence(record.keySource ?? "of-registration"),
  };
  if (checked.is === "valid") return pass("signature", key);
  const { reason } = checked;
  return checked.is === "invalid"
    ? fail("signature-wrong", { ...key, reason })
    : cannotTell("signature-unchecked-against", { ...key, reason });
}

function signCount({ authenticator, record }: AuthenticationFacts): Said {
  if ("outcome" in authenticator) return authenticator;
  const { signCount: now } = authenticator.data;
  if (now === undefined) return fail("ends-before-sign-count");
  const before = record.signCount;
  if (before === undefined) return cannotTell("sign-count-not-known", { now });
  if (now === 0 && before === 0) return notApplicable("sign-count-zero");
  return now > before ? pass("sign-count", { now, before }) : fail("sign-count-not-more", { now, before });
}
