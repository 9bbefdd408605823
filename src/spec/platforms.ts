import { includesVersion } from "./versionRange.js";

/** Where a call ran, or is judged as if it had run. */
export interface Platform {
  os: "ios" | "ipados" | "macos" | "other";
  /** Safari/WebKit version, "18.3" */
  safari?: string;
  /** where the version is hidden: it is this one or a newer one */
  safariAtLeast?: string;
  /** webview: a WKWebView in an app. Absent: not known, taken for a browser */
  context?: "browser" | "webview" | "third-party-browser";
}

/** The iOS generations that people still hold in their hands, oldest first. A generation
 * named by its whole number stands for its last release, as that is what its phones run. */
export const IOS_GENERATIONS: readonly { label: string; platform: Platform }[] = [
  { label: "iOS 15", platform: { os: "ios", safari: "15.8", context: "browser" } },
  { label: "iOS 16", platform: { os: "ios", safari: "16.7", context: "browser" } },
  { label: "iOS 17", platform: { os: "ios", safari: "17.6", context: "browser" } },
  { label: "iOS 18.0", platform: { os: "ios", safari: "18.0", context: "browser" } },
  { label: "iOS 18.4", platform: { os: "ios", safari: "18.4", context: "browser" } },
  { label: "iOS 26", platform: { os: "ios", safari: "26.6", context: "browser" } },
  { label: "iOS 27", platform: { os: "ios", safari: "27.0", context: "browser" } },
];

/** What a call is judged as when it was not made on an iPhone or iPad and nobody chose. */
export const CURRENT_IOS: Platform = { os: "ios", safari: "26.6", context: "browser" };

/** What was read, and tried, for these pages ends here: of later ones nothing is known. */
export const NEWEST_KNOWN_IOS = "27";

/** Whether two are of one of `IOS_GENERATIONS`; true where a version is hidden. */
export function areSameGeneration(a: Platform, b: Platform): boolean {
  if (a.safari === undefined || b.safari === undefined) return true;
  return generationOf(a.safari) === generationOf(b.safari);
}

/** How many of them began by then; the label of one names its first version. */
function generationOf(safari: string): number {
  const hasBegun = ({ label }: { label: string }) =>
    includesVersion({ since: label.replace("iOS ", "") }, safari);
  return IOS_GENERATIONS.filter(hasBegun).length;
}
