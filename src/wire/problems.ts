import { PROXY_PORT } from "./endpoint.js";

/*
 * What can be wrong with a wire, and what helps, the likeliest first. A problem that is said in several ways has a
 * form for each. By its form the panel says it in other languages; "{device}" is the place of a value.
 */

const UPDATE_IT = "Update the device, or use the Inspector Bootstrap Script in Safari's Web Inspector.";

export const PROBLEMS = {
  "bad-address": {
    what: '"{typed}" is no address that Keyhole can connect to.',
    remedies: ["Write a host and a port, as localhost:9221, or the ws: address of a page."],
  },

  "nothing-there": {
    what: "Nothing answers at {address}.",
    remedies: [
      `For an iPhone: start ios_webkit_debug_proxy on this computer, and ask at localhost:${PROXY_PORT}.`,
      "For an Android phone: adb forward tcp:{port} localabstract:chrome_devtools_remote",
      "For WebKitGTK or WPE: start the browser with WEBKIT_INSPECTOR_HTTP_SERVER=127.0.0.1:{port}",
    ],
  },
  "no-proxy": {
    what: "Nothing answers at {address}.",
    remedies: ["Start ios_webkit_debug_proxy on this computer, and leave it running."],
  },

  "not-readable": {
    what: "Something answers at {address}, but does not let Keyhole read what it says.",
    remedies: [
      "Update ios_webkit_debug_proxy: from 1.9.2 on it lets every page read its lists.",
      "Or paste the ws: address of the page itself.",
    ],
  },

  "not-a-list": {
    what: "What answers at {address} is neither a proxy nor a browser's inspector.",
    remedies: ["Look which port it is: ios_webkit_debug_proxy lists devices at 9221."],
  },

  "no-device": {
    what: "The proxy is running, but sees no device.",
    remedies: [
      "Connect the iPhone by cable, unlock it, and trust this computer.",
      "On the iPhone, switch on Settings > Apps > Safari > Advanced > Web Inspector (before iOS 18: Settings > Safari > Advanced).",
      "Then unplug and plug in again, or restart the proxy: it looks for Web Inspector only once.",
      "On Windows, iTunes or the Apple Devices app has to be installed.",
    ],
  },

  "device-silent": {
    what: "The proxy cannot speak with {device}.",
    remedies: [
      "Unlock the iPhone, and switch on Web Inspector in the advanced settings of Safari.",
      "Unplug it and plug it in again; if that does not help, restart the proxy.",
      "Update the proxy: each new iOS may need a newer one.",
    ],
  },

  "too-old": {
    what: "The device runs an iOS that is too old for this: it takes 13.4.",
    remedies: [UPDATE_IT],
  },
  "too-old-device": {
    what: "{device} runs an iOS that is too old for this: it takes 13.4.",
    remedies: [UPDATE_IT],
  },
  "too-old-version": {
    what: "{device} runs an iOS that is too old for this ({version}): it takes 13.4.",
    remedies: [UPDATE_IT],
  },

  "no-page": {
    what: "There is no page to look at.",
    remedies: ["Open one."],
  },
  "no-page-on-device": {
    what: "{device} shows no page.",
    remedies: [
      "Unlock the iPhone, and open the page in Safari.",
      "For an app: its web view has to be inspectable (isInspectable).",
    ],
  },

  unreachable: {
    what: "No connection to {address}.",
    remedies: ["Look whether the proxy or the browser still runs. Keyhole tries again by itself."],
  },

  "origin-refused": {
    what: "The browser refuses connections from an extension.",
    remedies: ["Start it again with --remote-allow-origins={origin}"],
  },

  taken: {
    what: "Another inspector has taken this page: only one can look at it at a time.",
    remedies: ["Close Safari's Web Inspector (or the other tab) for this page, then connect again."],
  },

  gone: {
    what: "The page was closed.",
    remedies: ["Open it again: Keyhole looks for it. Or choose another page."],
  },

  cut: {
    what: "The connection was cut.",
    remedies: [
      "Look whether the device is still connected and the proxy running. Keyhole tries again by itself.",
    ],
  },

  silent: {
    what: "The page does not answer.",
    remedies: ["Bring it to the front; it may also stand still in another debugger."],
  },
  "silent-device": {
    what: "The page does not answer.",
    remedies: ["Unlock {device}, and bring the page to the front."],
  },
} as const satisfies Record<string, { what: string; remedies: readonly string[] }>;

export type ProblemForm = keyof typeof PROBLEMS;
