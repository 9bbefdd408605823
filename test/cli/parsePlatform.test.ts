import { expect, test } from "vitest";
import { describePlatform, parsePlatform } from "../../cli/parsePlatform.js";
import { CURRENT_IOS, IOS_GENERATIONS } from "../../src/index.js";

test.each([
  ["ios-18.3", { os: "ios", safari: "18.3", context: "browser" }],
  ["iOS 18.3", { os: "ios", safari: "18.3", context: "browser" }],
  ["ios-18.3.1", { os: "ios", safari: "18.3.1", context: "browser" }],
  ["ipados-17.6", { os: "ipados", safari: "17.6", context: "browser" }],
  ["macos-26.1", { os: "macos", safari: "26.1", context: "browser" }],
  ["ios-26.0-webview", { os: "ios", safari: "26.0", context: "webview" }],
  ["ios-17-third-party-browser", { os: "ios", safari: "17.6", context: "third-party-browser" }],
])("%s", (name, platform) => {
  expect(parsePlatform(name)).toEqual({ platform });
});

test("a whole number stands for the newest release of its generation", () => {
  for (const { platform } of IOS_GENERATIONS) {
    const major = platform.safari!.split(".")[0]!;
    const newest = [...IOS_GENERATIONS]
      .reverse()
      .find((each) => each.platform.safari!.split(".")[0] === major)!.platform;
    expect(parsePlatform(`ios-${major}`)).toEqual({ platform: newest });
  }
});

test("current is what calls are judged as when nobody chose", () => {
  expect(parsePlatform("current")).toEqual({ platform: CURRENT_IOS });
});

test.each([
  "",
  "ios",
  "18.3",
  "android-15",
  "ios-18.3.1.2",
  "ios-18-",
  "ios-18.3-webview-x",
  "__proto__",
  "ios-1e9",
])("%s is none, and the sentence says what would be", (name) => {
  expect(parsePlatform(name)).toEqual({ problem: expect.stringContaining('"ios-18.3"') });
});

test.each([
  ["ios-99", "ios-27"],
  ["ios-99.1", "ios-27"],
  ["ipados-28.0", "ipados-27"],
  ["ios-14.8", "ios-15"],
  ["ios-20.0", "ios-18"],
  ["macos-24.1", "macos-26"],
])("of %s nothing is known: the sentence says of which, and the nearest, %s", (name, nearest) => {
  const { problem } = parsePlatform(name) as { problem: string };
  expect(problem).toContain("it judges 15, 16, 17, 18, 26, 27.");
  expect(problem).toContain(`"${nearest}"`);
});

test("a release that came later is one of its generation", () => {
  expect(parsePlatform("ios-26.99")).toEqual({
    platform: { os: "ios", safari: "26.99", context: "browser" },
  });
});

test("web views are told apart on iOS alone", () => {
  expect(parsePlatform("macos-26.1-webview")).toEqual({ problem: expect.stringContaining("iOS") });
});

test("in words", () => {
  const words = (name: string) => {
    const parsed = parsePlatform(name);
    return "platform" in parsed ? describePlatform(parsed.platform) : parsed.problem;
  };
  expect(words("ios-18.3")).toBe("iOS 18.3");
  expect(words("ipados-26.0-webview")).toBe("iPadOS 26.0, in a web view");
  expect(words("macos-26.1")).toBe("macOS, Safari 26.1");
});
