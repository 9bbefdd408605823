import {
  type Analysis,
  type Call,
  compare,
  type Difference,
  describeDifference,
  platformOf,
  type Realm,
  type Weight,
} from "../../src/index.js";
import { describeMethod, describeVariant } from "../words/describeMethod.js";
import { describeOutcome } from "../words/describeOutcome.js";
import { say } from "../words/say.js";
import { shorten, showControls } from "../words/shorten.js";

/** A call with the analysis that it is part of. */
export interface Side {
  call: Call;
  /** counted from 1 */
  number: number;
  analysis: Analysis | undefined;
  realm: Realm | undefined;
}

export interface ComparedLine {
  key: string;
  place: string;
  at: string;
  kind: Difference["kind"];
  a: string;
  b: string;
  /** stands in A's request or answer, where it can be shown */
  isInCall: boolean;
  /** the rule that it is a finding of */
  ruleId?: string;
}

/** What the Compare tab shows of two calls. */
export interface Comparison {
  groups: Record<Weight, ComparedLine[]>;
  differences: Difference[];
}

export function compareSides(a: Side, b: Side): Comparison {
  const differences = compare(a.call, b.call, { a: surroundingsOf(a), b: surroundingsOf(b) });
  const groups: Comparison["groups"] = { decisive: [], notable: [], expected: [] };
  for (const [index, difference] of differences.entries())
    groups[difference.weight].push(lineOf(difference, index));
  return { groups, differences };
}

function surroundingsOf({ call, analysis, realm }: Side) {
  const ceremony = analysis?.ceremonies.find(({ callId }) => callId === call.id);
  return {
    ...(realm && { realm }),
    ...(ceremony && { ceremony }),
    ...(analysis && { findings: analysis.findings.filter(({ callId }) => callId === call.id) }),
  };
}

function lineOf(difference: Difference, index: number): ComparedLine {
  const { at, kind } = difference;
  const { place, a, b } = describeDifference(difference);
  const shown = (text: string) => showControls(shorten(text, 600));
  const ruleId = /^\/findings\/([\w-]+)$/.exec(at)?.[1];
  const isInCall = /^\/(?:arguments|outcome\/value|environment)/.test(at);
  return {
    key: `${index} ${at}`,
    ...{ place: shown(place), at, kind, a: shown(a), b: shown(b), isInCall },
    ...(ruleId !== undefined && { ruleId }),
  };
}

/** "get conditional on iPhone, Safari 18.3: NotAllowedError". */
export function describeSide({ call, realm }: Side): { method: string; device: string; outcome: string } {
  const method = [describeMethod(call.api), describeVariant(call)].filter(Boolean).join(" ");
  return {
    method: showControls(shorten(method, 80)),
    device: describeDevice(realm),
    outcome: describeOutcome(call).word,
  };
}

/** The device and browser that a page ran in, as far as its user agent tells. */
export function describeDevice(realm: Realm | undefined): string {
  if (!realm || realm.userAgent === "") return say("device_unknown");
  const { os, safari } = platformOf(realm);
  const browser = BROWSERS.find(([pattern]) => pattern.test(realm.userAgent))?.[1];
  const version = browser === "Safari" && safari ? ` ${safari}` : "";
  const system =
    SYSTEMS[os] ??
    OTHER_SYSTEMS.find(([pattern]) => pattern.test(realm.userAgent))?.[1] ??
    say("device_unknown");
  return browser ? `${system}, ${browser}${version}` : `${system}${safari ? `, WebKit ${safari}` : ""}`;
}

const SYSTEMS: Record<string, string> = { ios: "iPhone", ipados: "iPad", macos: "Mac" };
const OTHER_SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:iOS|A)?\//, "Edge"],
  [/\b(?:FxiOS|Firefox)\//, "Firefox"],
  [/\bOPR\/|\bOPT\//, "Opera"],
  [/\b(?:CriOS|Chrome|Chromium|HeadlessChrome)\//, "Chrome"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
];
