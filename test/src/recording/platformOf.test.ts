import { expect, test } from "vitest";
import { platformOf } from "../../../src/recording/platformOf.js";
import {
  CHROME,
  chromeOnIphone,
  safari,
  safariOnIpad,
  safariOnMac,
  webview,
} from "../../support/recordings.js";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS";
const KIT = "like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

test.each([
  ["Safari on an iPhone", safari("17.4.1"), { os: "ios", safari: "17.4.1", context: "browser" }],
  ["Safari 26, whose system stands still", safari("26.1"), { os: "ios", safari: "26.1", context: "browser" }],
  [
    "Safari on an iPad that says Macintosh",
    safariOnIpad("18.3"),
    { os: "ipados", safari: "18.3", context: "browser" },
  ],
  ["Safari on a Mac", safariOnMac("18.3"), { os: "macos", safari: "18.3", context: "browser" }],
  ["a web view of iOS 17, by its system", webview("17.5"), { os: "ios", safari: "17.5", context: "webview" }],
  [
    "a web view of iOS 26, whose version is hidden",
    webview("26.1"),
    { os: "ios", safariAtLeast: "18.6", context: "webview" },
  ],
  [
    "an app of the Home Screen, whose user agent is a web view's",
    { ...webview("17.5"), standalone: true },
    { os: "ios", safari: "17.5", context: "browser" },
  ],
  [
    "Chrome on an iPhone",
    chromeOnIphone("17.5"),
    { os: "ios", safari: "17.5", context: "third-party-browser" },
  ],
  [
    "Firefox on an iPad",
    {
      userAgent: `Mozilla/5.0 (iPad; CPU OS 16_2 ${KIT} FxiOS/120.0 Mobile/15E148 Safari/605.1.15`,
      maxTouchPoints: 5,
    },
    { os: "ipados", safari: "16.2", context: "third-party-browser" },
  ],
  [
    "Edge, which names a Version too",
    {
      userAgent: `${IPHONE} 18_1 ${KIT} Version/18.0 EdgiOS/130.0 Mobile/15E148 Safari/604.1`,
      maxTouchPoints: 5,
    },
    { os: "ios", safari: "18.1", context: "third-party-browser" },
  ],
  [
    "Edge on a system that stands still",
    {
      userAgent: `${IPHONE} 18_7 ${KIT} Version/26.0 EdgiOS/141.0 Mobile/15E148 Safari/605.1.15`,
      maxTouchPoints: 5,
    },
    { os: "ios", safari: "26.0", context: "third-party-browser" },
  ],
  [
    "Firefox on a system that stands still",
    {
      userAgent: `${IPHONE} 18_7_0 ${KIT} FxiOS/143.0 Mobile/15E148 Safari/605.1.15`,
      maxTouchPoints: 5,
    },
    { os: "ios", safariAtLeast: "18.7.0", context: "third-party-browser" },
  ],
  [
    "Chrome that asks for desktop pages, whose Version is made up",
    {
      userAgent:
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141 Version/11.1.1 Safari/605.1.15",
      maxTouchPoints: 5,
    },
    { os: "ipados", context: "third-party-browser" },
  ],
  ["Chrome on Windows", CHROME, { os: "other" }],
  [
    "Chrome on a Mac",
    {
      userAgent:
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
      maxTouchPoints: 0,
    },
    { os: "macos", context: "browser" },
  ],
  ["nothing at all", { userAgent: "", maxTouchPoints: 0 }, { os: "other" }],
])("%s", (_, browser, platform) => {
  expect(platformOf(browser)).toEqual(platform);
});
