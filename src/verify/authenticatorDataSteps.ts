import type { Problem } from "../bytes/problem.js";
import { encodeUtf8 } from "../bytes/utf8.js";
import type { AuthenticatorData } from "../decode/decoded.js";
import type { CeremonyFacts, Page } from "./ceremonyFacts.js";
import { unreadable } from "./clientDataSteps.js";
import type { Step } from "./judgeSteps.js";
import {
  cannotTell,
  fail,
  notApplicable,
  pass,
  type Said,
  sameBytes,
  sentence,
  shorten,
  shownBytes,
} from "./said.js";
import { digest } from "./webCrypto.js";

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
      return fail("no-authenticator-data");
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
    pass("authenticator-data", { count: bytes.length })
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
  if (broken) return fail("bytes-wrong", { problem: broken.message });
  const [loose] = problems;
  return loose && cannotTell("bytes-not-canonical", { problem: loose.message });
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
  if (!found) return fail("ends-before-rp-id-hash");
  const appId = credential.member("clientExtensionResults", "appid").boolean()
    ? options.member("publicKey", "extensions", "appid").text()
    : undefined;
  const wanted = appId ?? rpId;
  if (wanted === undefined) return cannotTell("rp-id-not-known");
  const hashIsOf = async (text: string) => {
    const hash = await digest("SHA-256", encodeUtf8(text));
    return hash && sameBytes(hash, found);
  };
  const matches = await hashIsOf(wanted);
  if (matches === undefined) return cannotTell("rp-id-hash-unchecked", { reason: sentence("no-web-crypto") });
  const expected = { name: appId === undefined ? "RP ID" : "App ID", expected: shorten(wanted) };
  if (matches) return pass("rp-id-hash", expected);
  for (const other of likelyRpIds(rpId, page, options.member("publicKey", "extensions", "appid").text())) {
    if (other !== wanted && (await hashIsOf(other)))
      return fail("rp-id-hash-of-other", { other: shorten(other), ...expected });
  }
  return fail("rp-id-hash-wrong", { found: shownBytes(found), ...expected });
}

/** What else the hash may be of: for people to see what was mixed up. */
function likelyRpIds(rpId: string | undefined, page: Page, appId: string | undefined): string[] {
  const labels = page.effectiveDomain?.split(".") ?? [];
  const parents = labels.map((_, index) => labels.slice(index).join(".")).slice(0, 8);
  return [rpId, appId, page.origin, ...parents].filter((each) => each !== undefined);
}

function flagsOf({ authenticator }: AuthenticatorFacts): AuthenticatorData["flags"] | Said {
  if ("outcome" in authenticator) return authenticator;
  return authenticator.data.flags ?? fail("ends-before-flags");
}

function userPresent(facts: AuthenticatorFacts): Said {
  const flags = flagsOf(facts);
  if ("outcome" in flags) return flags;
  if (flags.userPresent) return pass("user-present", { flags: hex(flags.byte) });
  const isCreate = !facts.credential.member("response", "attestationObject").isAbsent;
  if (isCreate && facts.options.member("mediation").text() === "conditional")
    return notApplicable("user-not-present-conditional");
  return fail("user-not-present", { flags: hex(flags.byte) });
}

function userVerified(facts: AuthenticatorFacts): Said {
  const flags = flagsOf(facts);
  if ("outcome" in flags) return flags;
  const publicKey = facts.options.member("publicKey");
  const isCreate = !facts.credential.member("response", "attestationObject").isAbsent;
  const asked = (isCreate ? publicKey.member("authenticatorSelection") : publicKey).member(
    "userVerification",
  );
  const flag = shownFlag(flags.userVerified);
  if (asked.isUnknown) return cannotTell("user-verification-not-known", { flag });
  const requirement = asked.text() ?? "preferred";
  if (requirement !== "required")
    return notApplicable("user-verification-not-required", { flag, asked: shorten(requirement) });
  return flags.userVerified ? pass("user-verified") : fail("user-not-verified");
}

function backupFlags(facts: AuthenticatorFacts): Said {
  const flags = flagsOf(facts);
  if ("outcome" in flags) return flags;
  const { backupEligible, backupState } = flags;
  if (backupState && !backupEligible) return fail("backed-up-but-not-eligible");
  if (!backupEligible) return pass("not-backup-eligible");
  return pass(backupState ? "backed-up" : "not-backed-up");
}

/** A flag of the authenticator data in a sentence. */
export const shownFlag = (isSet: boolean) => sentence(isSet ? "set" : "clear");

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
