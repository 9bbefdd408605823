import type { Platform } from "../spec/platforms.js";
import { includesVersion } from "../spec/versionRange.js";
import type { Realm } from "./recording.js";

/**
 * The device and browser that a page ran in, by its user agent.
 *
 * Safari's own version is in `Version/x.y`. The version of the system is not: since Safari 26 it
 * stands still at 18.6 or 18.7. In web views and other browsers the system's version is taken, because
 * WebKit is as old as the system; where that is a frozen one, WebKit is as old or newer. What other
 * browsers put into `Version/` may be older than their WebKit: Edge names a major version alone.
 *
 * @see https://nielsleenheer.com/articles/2025/the-user-agent-string-of-safari-on-ios-26-and-macos-26
 */
export function platformOf({
  userAgent,
  maxTouchPoints,
  standalone = false,
}: Pick<Realm, "userAgent" | "maxTouchPoints" | "standalone">): Platform {
  const os = osOf(userAgent, maxTouchPoints);
  if (os === "other") return { os };
  // An app of the Home Screen is Safari, though its user agent is that of a web view.
  const context = os === "macos" || standalone ? "browser" : contextOf(userAgent);
  const system = systemOf(userAgent);
  const isFrozen = system !== undefined && FROZEN_SYSTEM_VERSION.test(system);
  const safari = safariOf(userAgent, context, isFrozen ? undefined : system);
  if (safari !== undefined) return { os, safari, context };
  return { os, ...(isFrozen && { safariAtLeast: system }), context };
}

export function isAppleMobile({ os }: Platform): boolean {
  return os === "ios" || os === "ipados";
}

function osOf(userAgent: string, maxTouchPoints: number): Platform["os"] {
  if (/\b(iPhone|iPod)\b/.test(userAgent)) return "ios";
  if (/\biPad\b/.test(userAgent)) return "ipados";
  if (!/\bMacintosh\b/.test(userAgent)) return "other";
  // An iPad that asks for desktop pages says that it is a Mac; no Mac has a touch screen.
  return maxTouchPoints > 1 ? "ipados" : "macos";
}

function safariOf(
  userAgent: string,
  context: Platform["context"],
  system: string | undefined,
): string | undefined {
  if (/\b(Chrome|Chromium|Firefox)\//.test(userAgent)) return undefined;
  const version = /\bVersion\/(\d{1,3}(?:\.\d{1,3}){0,2})/.exec(userAgent)?.[1];
  // Chrome that asks for desktop pages says Version/11.1.1, whatever the iPhone or iPad has.
  if (version === undefined || /\bCriOS\//.test(userAgent)) return system;
  const isOlder = system !== undefined && includesVersion({ since: version }, system);
  return context === "third-party-browser" && isOlder ? system : version;
}

function systemOf(userAgent: string): string | undefined {
  const system = /\bOS (\d{1,3}_\d{1,3}(?:_\d{1,3})?) like Mac OS X/.exec(userAgent)?.[1];
  return system?.replaceAll("_", ".");
}

const FROZEN_SYSTEM_VERSION = /^18\.[67]/;

function contextOf(userAgent: string): NonNullable<Platform["context"]> {
  if (OTHER_BROWSERS.test(userAgent)) return "third-party-browser";
  if (/\bVersion\//.test(userAgent)) return "browser";
  return /\bSafari\//.test(userAgent) ? "third-party-browser" : "webview";
}

/** Chrome, Firefox, Edge, Opera, Google's app, DuckDuckGo, Vivaldi, Yandex. */
const OTHER_BROWSERS = /\b(CriOS|FxiOS|EdgiOS|OPiOS|OPT|GSA|DuckDuckGo|Ddg|Vivaldi|YaBrowser)\//;
