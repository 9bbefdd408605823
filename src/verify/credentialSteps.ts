import { decodeBase64url, encodeBase64url } from "../bytes/base64url.js";
import type { CeremonyFacts } from "./ceremonyFacts.js";
import type { Step } from "./judgeSteps.js";
import { cannotTell, fail, notKnown, pass, type Said, sameBytes, shorten, shownBytes } from "./said.js";

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
    ? pass("credential-type")
    : fail("credential-type-other", { found: type.describe() });
}

function credentialId({ credential, decoded }: CeremonyFacts): Said {
  const id = credential.member("id");
  const rawId = credential.member("rawId");
  if (id.kind === "masked" || rawId.kind === "masked") return cannotTell("credential-id-masked");
  for (const [name, member] of Object.entries({ id, rawId }))
    if (member.isUnknown) return notKnown(name, member);
  const text = id.text();
  const raw = rawId.bytes();
  if (text === undefined) return fail("credential-id-no-string", { found: id.describe() });
  if (!raw) return fail("not-bytes", { name: "rawId", found: rawId.describe() });
  if (encodeBase64url(raw) !== text) {
    const same = decodeBase64url(text).bytes;
    const difference = same && sameBytes(same, raw) ? "credential-id-spelling" : "credential-id-other";
    return fail(difference, { id: shorten(text), rawId: shownBytes(raw) });
  }
  const attested = decoded.attestationObject?.value.authenticatorData?.attestedCredentialData?.credentialId;
  if (attested && !sameBytes(attested, raw))
    return fail("credential-id-not-attested", { answered: shownBytes(raw), attested: shownBytes(attested) });
  return pass("credential-id", { id: shownBytes(raw) });
}
