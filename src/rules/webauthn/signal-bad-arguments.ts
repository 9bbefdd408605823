import { decodeBase64url, normalizeBase64url } from "../../bytes/base64url.js";
import { fold, type KnownAccount } from "../../ceremony/history.js";
import { isAppleMobile } from "../../recording/platformOf.js";
import type { Reading } from "../../recording/readSnapshot.js";
import { registrableDomain } from "../../spec/registrableDomain.js";
import { AUTHENTICATOR_COORDINATOR, github, spec } from "../references.js";
import { cannotTell, defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

const ALL_ACCEPTED = "PublicKeyCredential.signalAllAcceptedCredentials";
const USER_DETAILS = "PublicKeyCredential.signalCurrentUserDetails";

export default defineRule({
  id: "signal-bad-arguments",
  title: "This signal is refused, or says what is not so",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  versions: { since: "26" },
  experience:
    "The signal is refused, by a SecurityError or an UnknownError, and changes nothing: Passwords goes on offering what it offered.",
  fix: "Send it from a page of the relying party's own domain, with that `rpId`, and ids and handles as base64url: - and _ in place of + and /, without = at the end.",
  confidence: "source",
  references: [
    AUTHENTICATOR_COORDINATOR,
    spec("sctn-signal-methods", "signal methods"),
    github("dotnet/aspnetcore#67299"),
  ],
  on: ["PublicKeyCredential.signalUnknownCredential", ALL_ACCEPTED, USER_DETAILS],
  asks: ["api", "options", "page", "history", "platform"],
  check({ api, options, page, history, platform }): readonly Judgement[] {
    const judgements = [
      judgeRpId(options.member("rpId"), page.host),
      ...[options.member("credentialId"), options.member("userId")].map(judgeEncoding),
      ...options.member("allAcceptedCredentialIds").items().map(judgeEncoding),
    ];
    if (judgements.some(({ outcome }) => outcome === "fails")) return judgements;
    const userId = options.member("userId").text() ?? "";
    const account = history.account(options.member("rpId").text() ?? "", normalizeBase64url(userId) ?? "");
    if (api === ALL_ACCEPTED) judgements.push(judgeList(options.member("allAcceptedCredentialIds"), account));
    if (api === USER_DETAILS && isAppleMobile(platform)) judgements.push(judgeDetails(options, account));
    return judgements;
  },
});

function judgeRpId(rpId: Reading, host: string | undefined): Judgement {
  if (rpId.isUnknown) return cannotTell("The recording could not keep the RP ID.");
  const text = rpId.text()?.toLowerCase();
  if (text === undefined || host === undefined) return NOT_APPLICABLE;
  if (text === host || registrableDomain(text) === registrableDomain(host)) return PASSES;
  const title = "The signal's rpId is another site's";
  return { outcome: "fails", at: rpId.at, evidence: `${text}, on ${host}`, title };
}

function judgeEncoding(reading: Reading): Judgement {
  const text = reading.text();
  if (text === undefined) return NOT_APPLICABLE;
  if (decodeBase64url(text).problems.length === 0) return PASSES;
  const title = "An id of the signal is not base64url";
  return { outcome: "fails", at: reading.at, evidence: reading.describe(), title };
}

/** The list must be whole: passkeys that it leaves out are hidden or removed. */
function judgeList(list: Reading, account: KnownAccount | undefined): Judgement {
  if (list.kind !== "list") return NOT_APPLICABLE;
  const listed = new Set(list.items().map((item) => normalizeBase64url(item.text() ?? "")));
  const missing = (account?.credentials ?? []).filter(
    ({ credentialId, state }) => state === "active" && !listed.has(credentialId),
  );
  if (missing.length > 0) {
    return {
      outcome: "fails",
      severity: "warning",
      at: list.at,
      evidence: `${listed.size} ids, without ${missing[0]!.credentialId}, which worked here`,
      relatedCallIds: missing.flatMap(({ callIds }) => callIds.at(-1) ?? []),
      title: "The list of accepted credentials lacks one that worked",
      experience: "The iPhone hides or deletes that passkey, and nobody can sign in with it any more.",
      fix: "Send every credential id that the server accepts for this account, or leave the signal out.",
    };
  }
  if (listed.size > 0) return PASSES;
  return cannotTell("An empty list removes every passkey of the account; whether it has any can't be seen.");
}

function judgeDetails(options: Reading, account: KnownAccount | undefined): Judgement {
  const name = fold(options.member("name").text() ?? "");
  const displayName = options.member("displayName");
  const known = account?.announcedName ?? (account?.names.size === 1 && [...account.names.keys()][0]);
  if (known !== name || displayName.isAbsent) return PASSES;
  return {
    outcome: "fails",
    severity: "info",
    at: displayName.at,
    evidence: displayName.describe(),
    title: "A new displayName alone changes nothing in Safari",
    experience: "Passwords goes on showing `name`, which is the same as before.",
    fix: "Put what people should read into `name`.",
  };
}
