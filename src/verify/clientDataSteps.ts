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
  quoted,
  type Said,
  sameBytes,
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
  if (member.kind === "masked") return cannotTell(`${name} is masked in this recording.`);
  if (member.isUnknown) return notKnown(name, member);
  return fail(member.isAbsent ? `The answer has no ${name}.` : `${name} is ${member.describe()}, not bytes.`);
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
  return value === undefined
    ? fail(`The client data has no readable ${name}.`)
    : judge(value as ClientData[Name]);
}

function wellFormed({ decoded, credential }: CeremonyFacts): Said {
  const { clientData } = decoded;
  if (!clientData) return unreadable(credential.member("response", "clientDataJSON"), "clientDataJSON");
  const [problem] = clientData.problems.filter(({ code }) => !HARMLESS.has(code));
  if (problem) return fail(`The client data is not as it must be: ${problem.message}`);
  const binding = clientData.value.tokenBinding as { status?: unknown } | undefined;
  if (binding && !TOKEN_BINDING.has(binding.status))
    return cannotTell(
      `tokenBinding has ${binding.status === undefined ? "no status" : `the status ${JSON.stringify(binding.status).slice(0, 40)}`}; some servers refuse what is neither “present” nor “supported”.`,
    );
  return pass(`The client data is a JSON object of ${clientData.consumed} bytes with every required member.`);
}

/** Decoding strips it, as the specification's “UTF-8 decode” does. */
const HARMLESS: ReadonlySet<string> = new Set(["client-data-byte-order-mark"]);

/** Level 3 leaves token binding unused. @see https://www.w3.org/TR/webauthn-2/#enumdef-tokenbindingstatus */
const TOKEN_BINDING: ReadonlySet<unknown> = new Set(["present", "supported"]);

function typeIs(wanted: string, facts: CeremonyFacts): Said {
  return ofMember(facts, "type", (type) =>
    type === wanted
      ? pass(`The type is ${quoted(type)}.`)
      : fail(`The type is ${quoted(type)}; a server expects ${quoted(wanted)}.`),
  );
}

function challenge(facts: CeremonyFacts): Said {
  return ofMember(facts, "challenge", (returned) => {
    const asked = facts.options.member("publicKey", "challenge");
    const expected = asked.bytes();
    if (!expected)
      return cannotTell(
        `The client data has the challenge ${shownBytes(returned)}; the one asked with can’t be read: ${asked.describe()}.`,
      );
    if (!sameBytes(expected, returned))
      return fail(
        `The client data has the challenge ${shownBytes(returned)}; asked with was ${shownBytes(expected)}.`,
      );
    const spelling = facts.decoded.clientData?.problems.find(({ path }) => path === "challenge");
    if (spelling)
      return fail(
        `The challenge has the bytes that were asked with, ${shownBytes(expected)}, in another spelling: ${spelling.message}`,
      );
    return pass(`The challenge is the one that was asked with, ${shownBytes(expected)}.`);
  });
}

function origin(facts: CeremonyFacts): Said {
  return ofMember(facts, "origin", (returned) => {
    const { origin: page } = facts.page;
    if (page === "null")
      return cannotTell(`The client data has the origin ${quoted(returned)}; the page’s isn’t known.`);
    return returned === page
      ? pass(`The origin is the page’s, ${quoted(page)}.`)
      : fail(`The client data has the origin ${quoted(returned)}; the page’s is ${quoted(page)}.`);
  });
}

function crossOrigin(facts: CeremonyFacts): Said {
  const found = clientDataOf(facts);
  if ("said" in found) return found.said;
  const { crossOrigin: returned } = found.clientData;
  const stranger = strangerAbove(facts);
  if (returned === undefined) {
    const missing = "The client data does not say whether the page was in a frame of another origin";
    return notApplicable(stranger ? `${missing}; it was, of ${quoted(stranger)}.` : `${missing}.`);
  }
  if (stranger === undefined)
    return cannotTell(`crossOrigin is ${returned}; where the page was embedded isn’t known.`);
  if (returned && stranger)
    return pass(
      `crossOrigin is true, and the page was in a frame of ${quoted(stranger)}: a server must expect that.`,
    );
  if (returned) return fail("crossOrigin is true, but no ancestor of the page was of another origin.");
  if (stranger) return fail(`crossOrigin is false, but the page was in a frame of ${quoted(stranger)}.`);
  return pass("crossOrigin is false, and the page had no ancestor of another origin.");
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
  if (returned === undefined) return notApplicable("The client data names no topOrigin.");
  if (isCrossOrigin !== true)
    return fail(
      `topOrigin is ${quoted(returned)}, but crossOrigin is ${isCrossOrigin}; it belongs to frames only.`,
    );
  const { ancestorOrigins } = facts.page;
  if (!ancestorOrigins)
    return cannotTell(`topOrigin is ${quoted(returned)}; where the page was embedded isn’t known.`);
  const top = ancestorOrigins.at(-1);
  if (top === returned) return pass(`topOrigin is that of the top-level page, ${quoted(top)}.`);
  return fail(
    `topOrigin is ${quoted(returned)}; ${top === undefined ? "the page was the top-level one" : `that of the top-level page is ${quoted(top)}`}.`,
  );
}
