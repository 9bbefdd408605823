import type { ClientData } from "../decode/decoded.js";
import type { Reading } from "../recording/readSnapshot.js";
import type { CeremonyFacts } from "./ceremonyFacts.js";
import type { Step } from "./judgeSteps.js";
import {
  cannotTell,
  fail,
  notApplicable,
  notKnown,
  pass,
  type Said,
  sameBytes,
  shorten,
  shownBytes,
} from "./said.js";

/** The steps about the client data, which both ceremonies share. `type` is what `C.type` must be. */
export function clientDataSteps(type: "webauthn.create" | "webauthn.get"): Step<CeremonyFacts>[] {
  return [
    {
      check: "client-data",
      spec: "dictionary-client-data",
      fields: ["clientDataJSON"],
      judge: wellFormed,
    },
    {
      check: "type",
      spec: "dom-collectedclientdata-type",
      fields: ["clientDataJSON.type"],
      judge: (facts) => typeIs(type, facts),
    },
    {
      check: "challenge",
      spec: "dom-collectedclientdata-challenge",
      fields: ["clientDataJSON.challenge"],
      judge: challenge,
    },
    {
      check: "origin",
      spec: "dom-collectedclientdata-origin",
      fields: ["clientDataJSON.origin"],
      judge: origin,
    },
    {
      check: "cross-origin",
      spec: "dom-collectedclientdata-crossorigin",
      fields: ["clientDataJSON.crossOrigin"],
      judge: crossOrigin,
    },
    {
      check: "top-origin",
      spec: "dom-collectedclientdata-toporigin",
      fields: ["clientDataJSON.topOrigin"],
      judge: topOrigin,
    },
  ];
}

/** Why a member of the answer can't be looked at. */
export function unreadable(member: Reading, name: string): Said {
  if (member.kind === "masked") return cannotTell("masked", { name });
  if (member.isUnknown) return notKnown(name, member);
  return member.isAbsent
    ? fail("no-member", { name })
    : fail("not-bytes", { name, found: member.describe() });
}

function clientDataOf(facts: CeremonyFacts): { clientData: Partial<ClientData> } | { said: Said } {
  const { clientData } = facts.decoded;
  if (clientData) return { clientData: clientData.value };
  return { said: unreadable(facts.credential.member("response", "clientDataJSON"), "clientDataJSON") };
}

/** A step about one member of the client data, which says so if the member isn't there. */
function ofMember<Name extends "type" | "challenge" | "origin">(
  facts: CeremonyFacts,
  name: Name,
  judge: (value: ClientData[Name]) => Said,
): Said {
  const found = clientDataOf(facts);
  if ("said" in found) return found.said;
  const value = found.clientData[name];
  return value === undefined ? fail("client-data-no-member", { name }) : judge(value as ClientData[Name]);
}

function wellFormed({ decoded, credential }: CeremonyFacts): Said {
  const { clientData } = decoded;
  if (!clientData) return unreadable(credential.member("response", "clientDataJSON"), "clientDataJSON");
  const [problem] = clientData.problems.filter(({ code }) => !HARMLESS.has(code));
  if (problem) return fail("client-data-wrong", { problem: problem.message });
  const binding = clientData.value.tokenBinding as { status?: unknown } | undefined;
  if (binding && !TOKEN_BINDING.has(binding.status))
    return binding.status === undefined
      ? cannotTell("token-binding-no-status")
      : cannotTell("token-binding-status", { status: JSON.stringify(binding.status).slice(0, 40) });
  return pass("client-data", { count: clientData.consumed });
}

/** Decoding strips it, as the specification's “UTF-8 decode” does. */
const HARMLESS: ReadonlySet<string> = new Set(["client-data-byte-order-mark"]);

/** Level 3 leaves token binding unused. @see https://www.w3.org/TR/webauthn-2/#enumdef-tokenbindingstatus */
const TOKEN_BINDING: ReadonlySet<unknown> = new Set(["present", "supported"]);

function typeIs(wanted: string, facts: CeremonyFacts): Said {
  return ofMember(facts, "type", (type) =>
    type === wanted
      ? pass("type", { type: shorten(type) })
      : fail("type-other", { type: shorten(type), wanted }),
  );
}

function challenge(facts: CeremonyFacts): Said {
  return ofMember(facts, "challenge", (returned) => {
    const asked = facts.options.member("publicKey", "challenge");
    const expected = asked.bytes();
    if (!expected)
      return cannotTell("challenge-not-known", { returned: shownBytes(returned), asked: asked.describe() });
    if (!sameBytes(expected, returned))
      return fail("challenge-other", { returned: shownBytes(returned), asked: shownBytes(expected) });
    const spelling = facts.decoded.clientData?.problems.find(({ path }) => path === "challenge");
    if (spelling)
      return fail("challenge-spelling", { challenge: shownBytes(expected), problem: spelling.message });
    return pass("challenge", { challenge: shownBytes(expected) });
  });
}

function origin(facts: CeremonyFacts): Said {
  return ofMember(facts, "origin", (returned) => {
    const { origin: page } = facts.page;
    if (page === "null") return cannotTell("origin-not-known", { returned: shorten(returned) });
    return returned === page
      ? pass("origin", { origin: shorten(page) })
      : fail("origin-other", { returned: shorten(returned), page: shorten(page) });
  });
}

function crossOrigin(facts: CeremonyFacts): Said {
  const found = clientDataOf(facts);
  if ("said" in found) return found.said;
  const { crossOrigin: returned } = found.clientData;
  const stranger = strangerAbove(facts);
  if (returned === undefined)
    return stranger
      ? notApplicable("cross-origin-not-said-but-was", { origin: shorten(stranger) })
      : notApplicable("cross-origin-not-said");
  if (stranger === undefined) return cannotTell("cross-origin-not-known", { crossOrigin: `${returned}` });
  if (returned && stranger) return pass("cross-origin", { origin: shorten(stranger) });
  if (returned) return fail("cross-origin-but-was-not");
  if (stranger) return fail("not-cross-origin-but-was", { origin: shorten(stranger) });
  return pass("not-cross-origin");
}

/** The nearest ancestor of another origin, "" if there is none, undefined if it isn't known. */
function strangerAbove({ page }: CeremonyFacts): string | undefined {
  if (!page.ancestorOrigins || page.origin === "null") return undefined;
  return page.ancestorOrigins.find((each) => each !== page.origin) ?? "";
}

function topOrigin(facts: CeremonyFacts): Said {
  const found = clientDataOf(facts);
  if ("said" in found) return found.said;
  const { topOrigin: returned, crossOrigin: isCrossOrigin } = found.clientData;
  if (returned === undefined) return notApplicable("no-top-origin");
  const topOrigin = shorten(returned);
  if (isCrossOrigin !== true)
    return fail("top-origin-without-frame", { topOrigin, crossOrigin: `${isCrossOrigin}` });
  const { ancestorOrigins } = facts.page;
  if (!ancestorOrigins) return cannotTell("top-origin-not-known", { topOrigin });
  const top = ancestorOrigins.at(-1);
  if (top === returned) return pass("top-origin", { topOrigin });
  return top === undefined
    ? fail("top-origin-at-top", { topOrigin })
    : fail("top-origin-other", { topOrigin, top: shorten(top) });
}
