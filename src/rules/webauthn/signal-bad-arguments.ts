import { decodeBase64url, normalizeBase64url } from "../../bytes/base64url.js";
import { fold, type KnownAccount } from "../../ceremony/history.js";
import { isAppleMobile } from "../../recording/platformOf.js";
import type { Reading } from "../../recording/readSnapshot.js";
import { AUTHENTICATOR_COORDINATOR, github, spec } from "../../spec/references.js";
import { registrableDomain } from "../../spec/registrableDomain.js";
import { SUPPORT } from "../../spec/support.js";
import { cannotTell, defineRule, type Fails, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

const ALL_ACCEPTED = "PublicKeyCredential.signalAllAcceptedCredentials";
const USER_DETAILS = "PublicKeyCredential.signalCurrentUserDetails";

export default defineRule({
  id: "signal-bad-arguments",
  title: "This signal is refused, or says what is not so",
  severity: "error",
  holdsOn: "everywhere",
  about: "request",
  effect: "fails",
  versions: SUPPORT.signalMethods.ios,
  experience:
    "The signal is refused, by a SecurityError or an UnknownError, and changes nothing: Passwords goes on offering what it offered.",
  fix: "Send it from a page of the relying party's own domain, with that `rpId`, and ids and handles as base64url: - and _ in place of + and /, without = at the end.",
  cases: {
    "another-site": { title: "The signal's rpId is another site's" },
    "not-base64url": { title: "An id of the signal is not base64url" },
    "incomplete-list": {
      title: "The list of accepted credentials lacks one that worked",
      experience: "The iPhone hides or deletes that passkey, and nobody can sign in with it any more.",
      fix: "Send every credential id that the server accepts for this account, or leave the signal out.",
    },
    "display-name-alone": {
      title: "A new displayName alone changes nothing in Safari",
      experience: "Passwords goes on showing `name`, which is the same as before.",
      fix: "Put what people should read into `name`.",
    },
  },
  reasons: { "empty-list": "An empty list removes every passkey, if there are any." },
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
    const [rpId = "", userId = ""] = [options.member("rpId").text(), options.member("userId").text()];
    const account = history.account(rpId, normalizeBase64url(userId) ?? "");
    if (api === ALL_ACCEPTED) judgements.push(judgeList(options.member("allAcceptedCredentialIds"), account));
    if (api === USER_DETAILS && isAppleMobile(platform)) judgements.push(judgeDetails(options, account));
    return judgements;
  },
});

function judgeRpId(rpId: Reading, host: string | undefined): Judgement {
  if (rpId.isUnknown) return cannotTell("rp-id-not-kept");
  const text = rpId.text()?.toLowerCase();
  if (text === undefined || host === undefined) return NOT_APPLICABLE;
  if (registrableDomain(text) === registrableDomain(host)) return PASSES;
  return fails(rpId, "another-site", `${text}, on ${host}`);
}

function judgeEncoding(reading: Reading): Judgement {
  const text = reading.text();
  if (text === undefined) return NOT_APPLICABLE;
  return decodeBase64url(text).problems.length === 0 ? PASSES : fails(reading, "not-base64url");
}

function fails(reading: Reading, special: string, evidence = reading.describe()): Fails {
  return { outcome: "fails", at: reading.at, evidence, case: special };
}

/** The list must be whole: passkeys that it leaves out are hidden or removed. */
function judgeList(list: Reading, account: KnownAccount | undefined): Judgement {
  if (list.kind !== "list") return NOT_APPLICABLE;
  const listed = new Set(list.items().map((item) => normalizeBase64url(item.text() ?? "")));
  const active = account?.credentials.filter(({ state }) => state === "active") ?? [];
  const missing = active.filter(({ credentialId }) => !listed.has(credentialId));
  if (missing.length === 0) return listed.size > 0 ? PASSES : cannotTell("empty-list");
  const evidence = `${listed.size} ids, without ${missing[0]!.credentialId}, which worked here`;
  const relatedCallIds = missing.flatMap(({ callIds }) => callIds.at(-1) ?? []);
  const said = fails(list, "incomplete-list", evidence);
  return { ...said, severity: "warning", effect: "differs", relatedCallIds };
}

function judgeDetails(options: Reading, account: KnownAccount | undefined): Judgement {
  const displayName = options.member("displayName");
  const known = account?.announcedName ?? (account?.names.size === 1 && [...account.names.keys()][0]);
  if (known !== fold(options.member("name").text() ?? "") || displayName.isAbsent) return PASSES;
  return { ...fails(displayName, "display-name-alone"), severity: "info", effect: "differs" };
}
