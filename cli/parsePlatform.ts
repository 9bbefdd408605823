import { type AnalyzeOptions, CURRENT_IOS, IOS_GENERATIONS, type Platform } from "../src/index.js";

/**
 * A platform by its name on the command line or in a test: "ios-18.3", "ipados-17", "macos-26.1",
 * "ios-18.3-webview", "current". A whole number stands for the newest release of that generation
 * that Keyhole judges. Any release of a generation that Keyhole knows will do, as one that came after this Keyhole
 * is like those before it; of other generations nothing is known. What is no such name gives a sentence that says what
 * would be one.
 */
export function parsePlatform(name: string): { platform: Platform } | { problem: string } {
  if (name === "current") return { platform: CURRENT_IOS };
  const match = NAME.exec(name.toLowerCase());
  if (!match) return { problem: `"${name.slice(0, 60)}" is no platform. ${WAYS}` };
  const [, os, major = "", minor, context = "browser"] = match;
  const newest = newestOf(major);
  if (newest === undefined) {
    const nearest = nearestTo(Number(major));
    const problem = `Keyhole knows no ${describeOs(os)} ${Number(major)}: it judges ${GENERATIONS.join(", ")}. The nearest is "${os}-${nearest}".`;
    return { problem };
  }
  const platform = { os, safari: minor === undefined ? newest : `${major}${minor}`, context } as Platform;
  if (os === "macos" && context !== "browser")
    return { problem: `"${name}": the kinds of app are told apart on iOS and iPadOS alone.` };
  return { platform };
}

/** "iOS 18.3", "iPadOS 17.6, in a web view" */
export function describePlatform({ os, safari, context }: Platform): string {
  const where = context && context !== "browser" ? `, in a ${CONTEXT_WORDS[context]}` : "";
  return `${describeOs(os)}${safari === undefined ? "" : ` ${safari}`}${where}`;
}

/** What calls are judged as by these options, in words. */
export function describeJudging({ platform }: AnalyzeOptions): string {
  if (platform) return describePlatform(platform);
  return `the iPhone or iPad that it was recorded on, or else ${describePlatform(CURRENT_IOS)}`;
}

const NAME =
  /^(ios|ipados|macos)[- ]?(\d{2})((?:\.\d{1,2}){1,2})?(?:-(browser|webview|third-party-browser))?$/;

const WAYS =
  'Say for example "ios-18", "ios-18.3", "ipados-17.6", "macos-26.1", "ios-18.3-webview" or "current".';

const CONTEXT_WORDS = { webview: "web view", "third-party-browser": "browser other than Safari" } as const;

const GENERATIONS = [
  ...new Set(IOS_GENERATIONS.map(({ platform: { safari = "" } }) => Number.parseInt(safari, 10))),
];

function nearestTo(major: number): number {
  return GENERATIONS.reduce((a, b) => (Math.abs(b - major) <= Math.abs(a - major) ? b : a));
}

function newestOf(major: string): string | undefined {
  const versions = IOS_GENERATIONS.map(({ platform }) => platform.safari);
  return versions.findLast((version) => version?.split(".")[0] === major);
}

function describeOs(os: string | undefined): string {
  return { ios: "iOS", ipados: "iPadOS", macos: "macOS, Safari" }[os ?? ""] ?? "another system";
}
