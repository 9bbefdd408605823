import { isAppleMobile } from "../../recording/platformOf.js";
import { AUTHENTICATOR_COORDINATOR, compatibilityData, webkitSource } from "../../spec/references.js";
import { includesVersion } from "../../spec/versionRange.js";
import { cannotTell, defineRule, NOT_APPLICABLE, PASSES } from "../rule.js";

export default defineRule({
  id: "iframe-create-cross-origin",
  title: "Safari makes no passkey in a frame of another origin",
  severity: "error",
  holdsOn: "ios",
  about: "request",
  effect: "fails",
  versions: {},
  experience:
    'No sheet comes up. The call is rejected with "NotAllowedError: The origin of the document is not the same as its ancestors.", whatever the frame\'s `allow` says and even within one site.',
  fix: "Open a page of the relying party's own origin at the top, or in a window of its own, and register there.",
  cases: {
    "ios-27": {
      title: "Safari up to 26 makes no passkey in a frame of another origin",
      experience:
        'Up to iOS 26 no sheet comes up, and the call is rejected with "NotAllowedError: The origin of the document is not the same as its ancestors." iOS 27 may still refuse it: nobody has confirmed either.',
    },
  },
  confidence: "source",
  references: [
    AUTHENTICATOR_COORDINATOR,
    webkitSource("WebCore/html/PermissionsPolicy.cpp"),
    compatibilityData("html/elements/iframe.json"),
  ],
  on: ["credentials.create"],
  asks: ["page", "platform", "recordedOn", "outcome"],
  check({ page: { origin, ancestorOrigins, frameId }, platform, recordedOn, outcome }) {
    const foreign = ancestorOrigins.find((ancestor) => ancestor !== origin);
    if (!foreign && ancestorOrigins.length > 0) return PASSES;
    if (!foreign) {
      if (frameId) return cannotTell("frame-unknown");
      return NOT_APPLICABLE;
    }
    if (isAppleMobile(recordedOn) && outcome.status === "fulfilled") return PASSES;
    const fails = {
      outcome: "fails",
      at: "/environment",
      evidence: `${origin} in a page of ${foreign}`,
    } as const;
    if (!platform.safari || !includesVersion({ since: "27" }, platform.safari)) return fails;
    return { ...fails, severity: "warning", effect: "differs", case: "ios-27" };
  },
});
