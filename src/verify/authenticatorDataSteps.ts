import type { Problem } from "../bytes/problem.js";
import { encodeUtf8 } from "../bytes/utf8.js";
import type { AuthenticatorData } from "../decode/decoded.js";
import type { CeremonyFacts, Page } from "./ceremonyFacts.js";
import { unreadable } from "./clientDataSteps.js";
import type { Step } from "./judgeSteps.js";
import { cannotTell, fail, notApplicable, pass, quoted, type Said, sameBytes, shownBytes } from "./said.js";
import { digest, NO_WEB_CRYPTO } from "./webCrypto.js";

/** Facts of a ceremony with its authenticator data, or why there are none. */
export interface AuthenticatorFacts extends CeremonyFacts {
  authenticator: Authenticator | Said;
}

interface Authenticator {
  data: Partial<AuthenticatorData>;
  bytes: Uint8Array;
  problems: readonly Problem[];
}

/** The steps about the authenticator data, which both ceremonies share. */
export const AUTHENTICATOR_DATA_STEPS: readonly Step<AuthenticatorFacts>[] = [
  {
    check: "authenticator-data",
    spec: "sctn-authenticator-data",
    fields: ["authenticatorData"],
    judge: wellFormed,
  },
  { check: "rp-id-hash", spec: "authdata-rpidhash", fields: ["authenticatorData.rpIdHash"], judge: rpIdHash },
  {
    check: "user-present",
    spec: "authdata-flags-up",
    fields: ["authenticatorData.flags"],
    judge: userPresent,
  },
  {
    check: "user-verified",
    spec: "authdata-flags-uv",
    fields: ["authenticatorData.flags"],
    judge: userVerified,
  },
  {
    check: "backup-flags",
    spec: "sctn-credential-backup",
    fields: ["authenticatorData.flags"],
    judge: backupFlags,
  },
];

/** Authenticator data of an answer, from its attestation object or as it stands. */
export function authenticatorOf({ decoded, credential }: CeremonyFacts): AuthenticatorFacts["authenticator"] {
  const response = credential.member("response");
  if (decoded.attestationObject) {
    const { value, fields, problems } = decoded.attestationObject;
    const object = response.member("attestationObject").bytes();
    const item = fields.find(({ path }) => path === "authenticatorData");
    const start = fields.find(({ path }) => path === "authenticatorData.rpIdHash")?.offset;
    if (!object || !item || start === undefined || !value.authenticatorData)
      return fail("The attestation object has no readable authenticator data.");
    const bytes = object.subarray(start, item.offset + item.length);
    const own = problems.filter(isOfAuthenticatorData);
    return { data: value.authenticatorData, bytes, problems: own };
  }
  if (decoded.authenticatorData) {
    const { value, problems } = decoded.authenticatorData;
    const bytes = response.member("authenticatorData").bytes();
    if (bytes) return { data: value, bytes, problems };
  }
  const name = response.member("attestationObject").isAbsent ? "authenticatorData" : "attestationObject";
  return unreadable(response.member(name), name);
}

function wellFormed({ authenticator }: AuthenticatorFacts): Said {
  if ("outcome" in authenticator) return authenticator;
  const { bytes, problems } = authenticator;
  return (
    problemsSaid(problems.filter(({ code }) => !HARMLESS.has(code))) ??
    pass(`The authenticator data is complete: ${bytes.length} bytes, all of them accounted for.`)
  );
}

/** Whether a problem of an attestation object is one of the authenticator data inside. */
export function isOfAuthenticatorData({ code, path }: Problem): boolean {
  return path?.startsWith("authenticatorData") === true && !code.startsWith("attestation-object-");
}

/** Other steps judge the length of credential IDs, and servers read over reserved flags. */
const HARMLESS: ReadonlySet<string> = new Set(["reserved-flag", "credential-id-length"]);

/** What a server makes of bytes in which a decoder found problems; undefined if there are none. */
export function problemsSaid(problems: readonly Problem[]): Said | undefined {
  const broken = problems.find(({ code }) => !NOT_CANONICAL.has(code));
  if (broken) return fail(`The bytes are not as they must be: ${broken.message}`);
  const [loose] = problems;
  return loose && cannotTell(`Strict servers refuse CBOR that is not in canonical form: ${loose.message}`);
}

/** Problems that leave the value as it is. @see https://fidoalliance.org/specs/fido-v2.2-ps-20250714/fido-client-to-authenticator-protocol-v2.2-ps-20250714.html#ctap2-canonical-cbor-encoding-form */
export const NOT_CANONICAL: ReadonlySet<string> = new Set([
  "cbor-non-minimal",
  "cbor-indefinite-length",
  "cbor-tag",
  "cbor-map-order",
]);

async function rpIdHash({
  authenticator,
  rpId,
  page,
  options,
  credential,
}: AuthenticatorFacts): Promise<Said> {
  if ("outcome" in authenticator) return authenticator;
  const found = authenticator.data.rpIdHash;
  if (!found) return fail("The authenticator data ends before the RP ID hash does.");
  const appId = credential.member("clientExtensionResults", "appid").boolean()
    ? options.member("publicKey", "extensions", "appid").text()
    : undefined;
  const expected = appId ?? rpId;
  if (expected === undefined) return cannotTell("The RP ID that was asked with isn’t known.");
  const hashIsOf = async (text: string) => {
    const hash = await digest("SHA-256", encodeUtf8(text));
    return hash && sameBytes(hash, found);
  };
  const matches = await hashIsOf(expected);
  if (matches === undefined) return cannotTell(`The hash can’t be compared: ${NO_WEB_CRYPTO}.`);
  const name = appId === undefined ? "RP ID" : "App ID";
  if (matches) return pass(`The hash is that of the ${name} ${quoted(expected)}.`);
  for (const other of likelyRpIds(rpId, page, options.member("publicKey", "extensions", "appid").text())) {
    if (other !== expected && (await hashIsOf(other)))
      return fail(
        `The hash is that of ${quoted(other)}; expected was that of the ${name} ${quoted(expected)}.`,
      );
  }
  return fail(`The hash ${shownBytes(found)} is not that of the ${name} ${quoted(expected)}.`);
}

/** What else the hash may be of: for people to see what was mixed up. */
function likelyRpIds(rpId: string | undefined, page: Page, appId: string | undefined): string[] {
  const labels = page.effectiveDomain?.split(".") ?? [];
  const parents = labels.map((_, index) => labels.slice(index).join(".")).slice(0, 8);
  return [rpId, appId, page.origin, ...parents].filter((each) => each !== undefined);
}

function flagsOf({ authenticator }: AuthenticatorFacts): AuthenticatorData["flags"] | Said {
  if ("outcome" in authenticator) return authenticator;
  return authenticator.data.flags ?? fail("The authenticator data ends before the flags.");
}

function userPresent(facts: AuthenticatorFacts): Said {
  const flags = flagsOf(facts);
  if ("outcome" in flags) return flags;
  if (flags.userPresent) return pass(`The flag UP is set (flags ${hex(flags.byte)}).`);
  const isCreate = !facts.credential.member("response", "attestationObject").isAbsent;
  if (isCreate && facts.options.member("mediation").text() === "conditional")
    return notApplicable("The flag UP is clear, as it may be when a passkey is created conditionally.");
  return fail(`The flag UP is clear (flags ${hex(flags.byte)}); every server requires it.`);
}

function userVerified(facts: AuthenticatorFacts): Said {
  const flags = flagsOf(facts);
  if ("outcome" in flags) return flags;
  const publicKey = facts.options.member("publicKey");
  const isCreate = !facts.credential.member("response", "attestationObject").isAbsent;
  const asked = (isCreate ? publicKey.member("authenticatorSelection") : publicKey).member(
    "userVerification",
  );
  const flag = `The flag UV is ${flags.userVerified ? "set" : "clear"}`;
  if (asked.isUnknown) return cannotTell(`${flag}; what was asked for isn’t known.`);
  const requirement = asked.text() ?? "preferred";
  if (requirement !== "required")
    return notApplicable(`${flag}; userVerification was ${quoted(requirement)}, not “required”.`);
  return flags.userVerified
    ? pass(`${flag}, and userVerification was “required”.`)
    : fail(`${flag}, but userVerification was “required”.`);
}

function backupFlags(facts: AuthenticatorFacts): Said {
  const flags = flagsOf(facts);
  if ("outcome" in flags) return flags;
  const { backupEligible, backupState } = flags;
  if (backupState && !backupEligible)
    return fail("BS is set without BE: a credential that can’t be backed up can’t be backed up already.");
  if (!backupEligible) return pass("BE and BS are clear: bound to one device.");
  return pass(
    backupState
      ? "BE and BS are set: backed up."
      : "BE is set and BS is clear: may be backed up, is not yet.",
  );
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
