import { isAppleMobile } from "../../recording/platformOf.js";
import type { Reading } from "../../recording/readSnapshot.js";
import { PUBLIC_KEY_CREDENTIAL } from "../../spec/references.js";
import { SUPPORT } from "../../spec/support.js";
import { defineRule, type Judgement, NOT_APPLICABLE, PASSES } from "../rule.js";

const PARSE_CREATION = "PublicKeyCredential.parseCreationOptionsFromJSON";
const PARSE_REQUEST = "PublicKeyCredential.parseRequestOptionsFromJSON";

export default defineRule({
  id: "largeblob-json-empty-write",
  title: "Safari's JSON parser may add an empty largeBlob.write",
  severity: "warning",
  holdsOn: "ios",
  about: "request",
  effect: "differs",
  versions: SUPPORT.jsonMethods.ios,
  experience:
    'Nothing comes up. The call with the parsed options may be rejected at once with "Read and write may not be present in largeBlob for registration", or its counterpart for signing in.',
  fix: "After parsing, `delete options.extensions.largeBlob.write` where the JSON has no `write`.",
  cases: {
    sent: { title: "largeBlob.write is empty, as Safari's JSON parser may leave it" },
  },
  confidence: "inferred",
  references: [
    PUBLIC_KEY_CREDENTIAL,
    {
      label: "WebKit source: Base64.cpp",
      url: "https://github.com/WebKit/WebKit/blob/main/Source/WTF/wtf/text/Base64.cpp",
    },
  ],
  on: ["credentials.create", "credentials.get", PARSE_CREATION, PARSE_REQUEST],
  asks: ["api", "options", "publicKey", "result", "outcome", "recordedOn"],
  check({ api, options, publicKey, result, outcome, recordedOn }): Judgement {
    if (api === PARSE_CREATION || api === PARSE_REQUEST) {
      const given = options.member("extensions", "largeBlob");
      if (given.kind !== "object" || !given.member("write").isAbsent) return NOT_APPLICABLE;
      const parsed = result.member("extensions", "largeBlob");
      const wasSafari = isAppleMobile(recordedOn) && outcome.status === "fulfilled" && !result.isUnknown;
      if (wasSafari && parsed.kind === "object" && parsed.member("write").isAbsent) return PASSES;
      return { outcome: "fails", at: given.at, evidence: "largeBlob without write, parsed from JSON" };
    }
    const largeBlob = publicKey.member("extensions", "largeBlob");
    if (largeBlob.kind !== "object") return NOT_APPLICABLE;
    const write = largeBlob.member("write");
    if (write.byteLength() !== 0 || !hasCompany(api, largeBlob)) return NOT_APPLICABLE;
    return { outcome: "fails", at: write.at, evidence: write.describe(), case: "sent" };
  },
});

/** An empty write alone may be meant: it clears the blob. */
function hasCompany(api: string, largeBlob: Reading): boolean {
  return !largeBlob.member(api === "credentials.create" ? "support" : "read").isAbsent;
}
