import type { Platform } from "../spec/platforms.js";
import type { Realm } from "./recording.js";

/**
 * The device and browser that a page ran in, by its user agent.
 *
 * Safari's own version is in `Version/x.y`. The version of the system is not: since Safari 26 it
 * stands still at 18.6 or 18.7. Where there is no `Version/` (web views, other browsers) the
 * system's version is taken, because WebKit is as old as the system, unless it is a frozen one.
 *
 * @see https://nielsleenheer.com/articles/2025/the-user-agent-string-of-safari-on-ios-26-and-macos-26
 */
export function platformOf({
  userAgent,
  maxTouchPoints,
}: Pick<Realm, "userAgent" | "maxTouchPoints">): Platform {
  const os = osOf(userAgent, maxTouchPoints);
  if (os === "other") return { os };
  const safari = safariOf(userAgent);
  const context = os === "macos" ? "browser" : contextOf(userAgent);
  return { os, ...(safari && { safari }), context };
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

function safariOf(userAgent: string): string | undefined {
  if (/\b(Chrome|Chromium|Firefox)\//.test(userAgent)) return undefined;
  const version = /\bVersion\/(\d{1,3}(?:\.\d{1,3}){0,2})/.exec(userAgent)?.[1];
  if (version) return version;
  const system = /\bOS (\d{1,3}_\d{1,3}(?:_\d{1,3})?) like Mac OS X/
    .exec(userAgent)?.[1]
    ?.replaceAll("_", ".");
  return system && FROZEN_SYSTEM_VERSION.test(system) ? undefined : system;
}

const FROZEN_SYSTEM_VERSION = /^18\.[67]/;

function contextOf(userAgent: string): NonNullable<Platform["context"]> {
  if (OTHER_BROWSERS.test(userAgent)) return "third-party-browser";
  if (/\bVersion\//.test(userAgent)) return "browser";
  return /\bSafari\//.test(userAgent) ? "third-party-browser" : "webview";
}

/** Chrome, Firefox, Edge, Opera, Google's app, DuckDuckGo, Vivaldi, Yandex. */
const OTHER_BROWSERS = /\b(CriOS|FxiOS|EdgiOS|OPiOS|OPT|GSA|DuckDuckGo|Ddg|Vivaldi|YaBrowser)\//;
