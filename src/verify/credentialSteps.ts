import { decodeBase64url, encodeBase64url } from "../bytes/base64url.js";
import type { CeremonyFacts } from "./ceremonyFacts.js";
import type { Step } from "./judgeSteps.js";
import { cannotTell, fail, notKnown, pass, quoted, type Said, sameBytes, shownBytes } from "./said.js";

/** The steps about the credential's own members, which both ceremonies share. */
export const CREDENTIAL_STEPS: readonly Step<CeremonyFacts>[] = [
  { check: "credential-type", spec: "dom-publickeycredential-type-slot", judge: credentialType },
  {
    check: "credential-id",
    spec: "dom-publickeycredential-identifier-slot",
    fields: ["authenticatorData.attestedCredentialData.credentialId"],
    judge: credentialId,
  },
];

function credentialType({ credential }: CeremonyFacts): Said {
  const type = credential.member("type");
  if (type.isUnknown) return notKnown("type", type);
  return type.text() === "public-key"
    ? pass("The credential is of the type “public-key”.")
    : fail(`The credential’s type is ${type.describe()}; a server expects “public-key”.`);
}

function credentialId({ credential, decoded }: CeremonyFacts): Said {
  const id = credential.member("id");
  const rawId = credential.member("rawId");
  if (id.kind === "masked" || rawId.kind === "masked")
    return cannotTell("The credential ID is masked in this recording.");
  for (const [name, member] of Object.entries({ id, rawId }))
    if (member.isUnknown) return notKnown(name, member);
  const text = id.text();
  const raw = rawId.bytes();
  if (text === undefined) return fail(`id is ${id.describe()}, not a string.`);
  if (!raw) return fail(`rawId is ${rawId.describe()}, not bytes.`);
  if (encodeBase64url(raw) !== text) {
    const same = decodeBase64url(text).bytes;
    const difference =
      same && sameBytes(same, raw) ? "is another spelling of" : "stands for other bytes than";
    return fail(`id ${quoted(text)} ${difference} the base64url of rawId, ${shownBytes(raw)}.`);
  }
  const attested = decoded.attestationObject?.value.authenticatorData?.attestedCredentialData?.credentialId;
  if (attested && !sameBytes(attested, raw))
    return fail(
      `The answer’s credential ID is ${shownBytes(raw)}; the authenticator data has ${shownBytes(attested)}.`,
    );
  return pass(`id and rawId are the same credential ID, ${shownBytes(raw)}.`);
}
