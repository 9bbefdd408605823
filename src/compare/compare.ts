import type { Ceremony } from "../ceremony/ceremony.js";
import { readCeremony } from "../ceremony/readCeremony.js";
import type { AuthenticatorData } from "../decode/decoded.js";
import { readSnapshot } from "../recording/readSnapshot.js";
import { realmOf } from "../recording/realmOf.js";
import type { Call, Realm } from "../recording/recording.js";
import type { Snapshot } from "../recording/snapshot.js";
import type { Verdict } from "../recording/verdict.js";
import { compareReadings } from "./compareReadings.js";
import { AREAS, type Difference, WEIGHTS, type Weight } from "./difference.js";

/** What is known of a call beyond itself; whatever is left out is not compared. */
export interface Surroundings {
  realm?: Realm;
  /** decoded before, and verified if it has verdicts */
  ceremony?: Pick<Ceremony, "decoded" | "verdicts">;
  findings?: readonly ComparedFinding[];
}

export interface ComparedFinding {
  ruleId: string;
  severity: "error" | "warning" | "info";
  title: string;
}

/**
 * In what two calls differ: outcome, findings, options, decoded answer, environment, page, timing. Made for
 * "works on the Mac, fails on the iPhone": what can decide comes first, what is random comes last. Calls
 * that are the same but for that have no difference that is decisive or notable. Never throws.
 */
export function compare(a: Call, b: Call, around: { a?: Surroundings; b?: Surroundings } = {}): Difference[] {
  const { a: aroundA = {}, b: aroundB = {} } = around;
  const differences = [
    ...outcomes(a, b),
    ...findings(aroundA.findings, aroundB.findings),
    ...verdicts(aroundA.ceremony?.verdicts, aroundB.ceremony?.verdicts),
    ...requests(a, b),
    ...answers(a, b, aroundA, aroundB),
    ...environments(a, b),
    ...pages(aroundA.realm, aroundB.realm),
    ...timing(a, b),
  ];
  return differences.sort(
    (one, other) =>
      WEIGHTS.indexOf(one.weight) - WEIGHTS.indexOf(other.weight) ||
      AREAS.indexOf(one.area) - AREAS.indexOf(other.area),
  );
}

function outcomes(a: Call, b: Call): Difference[] {
  const isUnanswered = (call: Call) => call.imported !== undefined && call.outcome.status === "pending";
  const isKnown = !isUnanswered(a) && !isUnanswered(b);
  const isSameStatus = a.outcome.status === b.outcome.status;
  const tell = (call: Call) => readSnapshot(isKnown ? tellOutcome(call, isSameStatus) : { api: call.api });
  return compareReadings(tell(a), tell(b), "outcome").map((difference): Difference => {
    const name = difference.at.slice(1);
    const { at, weight } = OUTCOME[name as keyof typeof OUTCOME];
    return { ...difference, at, weight };
  });
}

/** The error's name beside the status that it explains, or alone where both were rejected. */
function tellOutcome({ api, outcome, aborted }: Call, isSameStatus: boolean): Snapshot {
  const aborting = aborted ? { aborted: true } : {};
  if (outcome.status !== "rejected") return { api, status: outcome.status, ...aborting };
  const { name, message, isDOMException } = outcome.error;
  const error = isSameStatus ? { status: "rejected", name, isDOMException } : { status: `rejected, ${name}` };
  return { api, ...error, ...(message !== "" && { message }), ...aborting };
}

const OUTCOME = {
  api: { at: "/api", weight: "decisive" },
  status: { at: "/outcome/status", weight: "decisive" },
  name: { at: "/outcome/error/name", weight: "decisive" },
  message: { at: "/outcome/error/message", weight: "notable" },
  isDOMException: { at: "/outcome/error/isDOMException", weight: "notable" },
  aborted: { at: "/aborted", weight: "decisive" },
} as const;

function findings(a: Surroundings["findings"], b: Surroundings["findings"]): Difference[] {
  if (!a || !b) return [];
  const only = (these: readonly ComparedFinding[], those: readonly ComparedFinding[]) => {
    const known = new Set(those.map(({ ruleId }) => ruleId));
    return [...new Map(these.map((finding) => [finding.ruleId, finding])).values()].filter(
      ({ ruleId }) => !known.has(ruleId),
    );
  };
  const weightOf = ({ severity }: ComparedFinding): Weight => (severity === "info" ? "notable" : "decisive");
  const said = ({ severity, title }: ComparedFinding) => `${severity}: ${title}`;
  return [
    ...only(a, b).map(
      (each): Difference => ({
        ...{ at: `/findings/${each.ruleId}`, area: "findings", kind: "removed" as const },
        ...{ a: said(each), weight: weightOf(each) },
      }),
    ),
    ...only(b, a).map(
      (each): Difference => ({
        ...{ at: `/findings/${each.ruleId}`, area: "findings", kind: "added" as const },
        ...{ b: said(each), weight: weightOf(each) },
      }),
    ),
  ];
}

function verdicts(a: readonly Verdict[] = [], b: readonly Verdict[] = []): Difference[] {
  const others = new Map(b.map((verdict) => [verdict.check, verdict]));
  return a.flatMap((verdict): Difference[] => {
    const other = others.get(verdict.check);
    if (!other || other.outcome === verdict.outcome) return [];
    const weight = [verdict, other].some(({ outcome }) => outcome === "fail") ? "decisive" : "expected";
    const said = ({ outcome, because }: Verdict) => `${outcome}: ${because}`;
    return [
      {
        at: `/verdicts/${verdict.check}`,
        area: "verdicts",
        kind: "changed",
        a: said(verdict),
        b: said(other),
        weight,
      },
    ];
  });
}

function requests(a: Call, b: Call): Difference[] {
  const length = Math.max(a.arguments.length, b.arguments.length);
  return Array.from({ length }, (_, index) => index).flatMap((index) =>
    compareReadings(
      readSnapshot(a.arguments[index], `/arguments/${index}`),
      readSnapshot(b.arguments[index], `/arguments/${index}`),
      "request",
    ),
  );
}

/** The answers as values, and what stands in their bytes. Nothing if one of them has no answer. */
function answers(a: Call, b: Call, aroundA: Surroundings, aroundB: Surroundings): Difference[] {
  if (a.outcome.status !== "fulfilled" || b.outcome.status !== "fulfilled") return [];
  const left = readSnapshot(a.outcome.value, "/outcome/value");
  const right = readSnapshot(b.outcome.value, "/outcome/value");
  const understood = (call: Call, { ceremony, realm }: Surroundings) =>
    tellDecoded(ceremony ?? readCeremony(call, realm ?? UNKNOWN_REALM(call)));
  const isSameCredential =
    left.member("rawId").base64url() !== undefined &&
    left.member("rawId").base64url() === right.member("rawId").base64url();
  const values = compareReadings(left, right, "answer").map((difference): Difference => {
    // The same credential has to give the same PRF output for the same input, on every device.
    const isPrf =
      isSameCredential && /\/prf\/results\/(?:first|second)$/.test(difference.at) && samePrfInput(a, b);
    return isPrf ? { ...difference, weight: "decisive" } : difference;
  });
  const decoded = compareReadings(
    readSnapshot(understood(a, aroundA), ""),
    readSnapshot(understood(b, aroundB), ""),
    "answer",
  ).map((difference) => ({ ...difference, at: placeInBytes(difference.at) }));
  return [...values, ...decoded.map(reweighed)];
}

const UNKNOWN_REALM = realmOf({ realms: [] });

function samePrfInput(a: Call, b: Call): boolean {
  const inputOf = (call: Call) =>
    JSON.stringify(readSnapshot(call.arguments[0]).member("publicKey", "extensions", "prf").snapshot ?? null);
  return inputOf(a) === inputOf(b);
}

/** What the bytes say, as far as two devices can be expected to say the same. */
function tellDecoded({ decoded }: Pick<Ceremony, "decoded">): Snapshot {
  const { clientData, attestationObject, authenticatorData } = decoded;
  const attested = attestationObject?.value;
  const data = attested?.authenticatorData ?? authenticatorData?.value;
  return {
    ...(clientData && { clientDataJSON: tellClientData(clientData.value) }),
    ...(attested?.attestationFormat !== undefined && {
      attestationObject: { attestationFormat: attested.attestationFormat },
    }),
    ...(data && { authenticatorData: tellAuthenticatorData(data) }),
  };
}

function tellClientData(clientData: { [member: string]: unknown }): Snapshot {
  const { challenge: _, ...others } = clientData;
  const told = Object.entries(others).map(([name, value]) => [
    name,
    ["string", "boolean", "number"].includes(typeof value)
      ? value
      : (JSON.stringify(value)?.slice(0, 200) ?? null),
  ]);
  return Object.fromEntries(told) as Snapshot;
}

function tellAuthenticatorData({
  flags,
  signCount,
  attestedCredentialData,
  extensions,
}: Partial<AuthenticatorData>): Snapshot {
  const { aaguid, coseKey } = attestedCredentialData ?? {};
  return {
    ...(flags && {
      flags: Object.fromEntries(
        Object.entries(flags).filter(([, value]) => typeof value === "boolean"),
      ) as Snapshot,
    }),
    ...(signCount !== undefined && { signCount }),
    ...(aaguid !== undefined && { aaguid }),
    ...(coseKey?.algorithm !== undefined && { coseKey: { algorithm: coseKey.algorithm } }),
    ...(extensions && { extensions: [...extensions.keys()].map(String) }),
  };
}

/** "/authenticatorData/flags/userVerified" as "/outcome/value/response/authenticatorData#flags.userVerified". */
function placeInBytes(at: string): string {
  const [, buffer = "", ...path] = at.split("/");
  return `/outcome/value/response/${buffer}#${path.join(".")}`;
}

function reweighed(difference: Difference): Difference {
  return {
    ...difference,
    weight: DECODED.find(([pattern]) => pattern.test(difference.at))?.[1] ?? "notable",
  };
}

const DECODED: readonly [RegExp, Weight][] = [
  [/#(?:type|origin|crossOrigin|topOrigin)$/, "decisive"],
  [/#flags\.(?:userPresent|userVerified|backupEligible|backupState)$/, "decisive"],
  [/#coseKey\.algorithm$/, "decisive"],
  [/#signCount$/, "expected"],
  // They say that something follows, which is compared itself.
  [/#flags\./, "expected"],
];

function environments(a: Call, b: Call): Difference[] {
  if (a.imported || b.imported) return [];
  const tell = (call: Call) => readSnapshot(call.environment as unknown as Snapshot, "/environment");
  return compareReadings(tell(a), tell(b), "environment").map((difference): Difference => {
    // That one browser can't say what the other can is no difference between the pages.
    if (difference.kind === "added" || difference.kind === "removed")
      return { ...difference, weight: difference.at.endsWith("/replaced") ? "decisive" : "expected" };
    const isNoField = difference.at.endsWith("/webauthnFields") && [difference.a, difference.b].includes(0);
    return isNoField ? { ...difference, weight: "decisive" } : difference;
  });
}

function pages(a: Realm | undefined, b: Realm | undefined): Difference[] {
  if (!a || !b) return [];
  const isImported = a.imported !== undefined || b.imported !== undefined;
  const tell = ({ origin, url, ancestorOrigins, isSecureContext, userAgent, hook }: Realm): Snapshot => ({
    ...(origin !== "null" && { origin }),
    ...(url !== "" && { url: url.replace(/[?#].*$/s, "") }),
    ...(userAgent !== "" && { userAgent }),
    ...(!isImported && {
      ancestorOrigins,
      isSecureContext,
      hook: { native: hook.native, readyState: hook.readyState },
    }),
  });
  return compareReadings(readSnapshot(tell(a), "/page"), readSnapshot(tell(b), "/page"), "page").map(
    (difference) =>
      difference.kind === "changed"
        ? difference
        : { ...difference, weight: isImported ? "expected" : difference.weight },
  );
}

function timing(a: Call, b: Call): Difference[] {
  if (a.duration === undefined || b.duration === undefined) return [];
  const [short, long] = [a.duration, b.duration].sort((one, other) => one - other) as [number, number];
  if (short === long) return [];
  // A person takes longer or shorter; that one never got to a person is another thing.
  const isAtOnce = short < AT_ONCE_MS && long >= 4 * AT_ONCE_MS;
  return [
    {
      ...{ at: "/duration", area: "timing", kind: "changed", a: a.duration, b: b.duration },
      weight: isAtOnce ? "decisive" : long - short > 1_000 && long > 3 * short ? "notable" : "expected",
    },
  ];
}

/** No sheet is shown and answered within this time. */
const AT_ONCE_MS = 250;
