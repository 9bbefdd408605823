import type { Ceremony } from "../ceremony/ceremony.js";
import type { History } from "../ceremony/history.js";
import type { Overlap } from "../ceremony/overlaps.js";
import { hostOf, textsOf } from "../ceremony/readCeremony.js";
import { environmentOf } from "../recording/environmentOf.js";
import { isAppleMobile, platformOf } from "../recording/platformOf.js";
import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import type { Call, Realm } from "../recording/recording.js";
import type { CauseId } from "../spec/errorMessages.js";
import type { Platform } from "../spec/platforms.js";
import { isRpIdFor } from "../spec/registrableDomain.js";
import { isSupported, SUPPORT } from "../spec/support.js";
import { areSecurityKeyTransports } from "../spec/transports.js";
import type { Clue } from "./explanation.js";

export interface Circumstances {
  call: Call;
  realm: Realm;
  ceremony: Ceremony;
  overlap?: Overlap;
  /** from the calls before it */
  history?: Pick<History, "credential">;
}

/** A clue, to be worded, and how much it weighs for a cause; below zero it speaks against it. */
export interface WeighedClue extends Omit<Clue, "text"> {
  cause: CauseId;
  weight: number;
}

/** milliseconds: nobody reads a sheet and declines it in less */
const TOO_FAST_FOR_A_PERSON = 300;
/** milliseconds: a person may have seen something in the meantime */
const SLOW_ENOUGH_FOR_A_PERSON = 1_500;
/** milliseconds by which a timer may be late */
const TIMER_TOLERANCE = 1_500;
/** milliseconds: the longest that WebKit's own timer waits. @see AuthenticatorManager.cpp, maxTimeOutValue */
const WEBKITS_LONGEST_TIMEOUT = 120_000;

/** Everything in the recording that speaks for or against a cause. */
export function gatherClues(circumstances: Circumstances): WeighedClue[] {
  const platform = platformOf(circumstances.realm);
  const options = readSnapshot(circumstances.call.arguments[0], "/arguments/0");
  const publicKey = options.member("publicKey");
  const isConditional = options.member("mediation").text() === "conditional";
  const seen: Seen = { ...circumstances, platform, options, publicKey, isConditional };
  return [
    ...aboutTime(seen),
    ...aboutFocus(seen),
    ...aboutActivation(seen),
    ...aboutOverlap(seen),
    ...aboutAbort(seen),
    ...aboutFrame(seen),
    ...aboutRpId(seen),
    ...aboutWebView(seen),
    ...aboutCredentials(seen),
    ...aboutTransports(seen),
    ...aboutMediation(seen),
    ...aboutAlgorithms(seen),
    ...aboutType(seen),
    ...aboutExtensions(seen),
  ];
}

interface Seen extends Circumstances {
  platform: Platform;
  options: Reading;
  publicKey: Reading;
  isConditional: boolean;
}

/** Blocks that a browser makes before it shows anything. */
const AT_ONCE: readonly CauseId[] = [
  "not-focused",
  "no-user-activation",
  "frame-not-allowed",
  "rp-id-not-for-origin",
  "overlapping-request",
];

function* aboutTime({ call: { duration }, publicKey, platform }: Seen): Generator<WeighedClue> {
  if (duration === undefined) return;
  const at = "/duration";
  const values = { duration: { ms: duration } };
  if (duration < TOO_FAST_FOR_A_PERSON) {
    yield { cause: "declined", weight: -4, at, id: "too-fast-to-decline", values };
    for (const cause of [...AT_ONCE, "web-view-not-associated"] as const)
      yield { cause, weight: 1, at, id: "too-fast-to-show", values };
    yield { cause: "no-matching-passkey", weight: 1, at, id: "too-fast-to-ask", values };
  } else if (duration >= SLOW_ENOUGH_FOR_A_PERSON) {
    yield { cause: "declined", weight: 1, at, id: "slow-enough", values };
    for (const cause of [...AT_ONCE, "web-view-not-associated"] as const)
      yield { cause, weight: -2, at, id: "slow-for-a-block", values };
  }
  const cause = "timed-out";
  const timeout = publicKey.member("timeout").number();
  const isNear = (limit: number) => Math.abs(duration - limit) <= TIMER_TOLERANCE;
  if (timeout !== undefined && timeout >= TOO_FAST_FOR_A_PERSON && isNear(timeout)) {
    const both = { ...values, timeout: { ms: timeout } };
    yield { cause, weight: 5, at: publicKey.member("timeout").at, id: "near-timeout", values: both };
  } else if (isAppleMobile(platform) && isNear(WEBKITS_LONGEST_TIMEOUT)) {
    yield { cause, weight: 4, at, id: "near-webkits-timer", values };
  } else if (timeout !== undefined && duration < timeout - TIMER_TOLERANCE) {
    yield { cause, weight: -4, at, id: "before-timeout", values: { ...values, timeout: { ms: timeout } } };
  }
}

function* aboutFocus({ call, isConditional }: Seen): Generator<WeighedClue> {
  const { hasFocus, visibility } = environmentOf(call);
  if (hasFocus === undefined || (isConditional && call.api === "credentials.get")) return;
  const cause = "not-focused";
  const at = "/environment/hasFocus";
  yield hasFocus ? { cause, weight: -4, at, id: "focused" } : { cause, weight: 4, at, id: "not-focused" };
  if (visibility === "hidden") yield { cause, weight: 1, at: "/environment/visibility", id: "hidden" };
}

function* aboutActivation({ call, platform, isConditional }: Seen): Generator<WeighedClue> {
  const activation = environmentOf(call).userActivation;
  const cause = "no-user-activation";
  if (isConditional) yield { cause, weight: -4, id: "no-tap-conditional" };
  if (!activation || isConditional) return;
  const at = "/environment/userActivation/isActive";
  if (activation.isActive) {
    yield { cause, weight: -4, at, id: "tap" };
  } else if (platform.safari && !isSupported(SUPPORT.callWithoutTap, platform.safari)) {
    yield { cause, weight: 4, at, id: "no-tap", values: { version: platform.safari } };
  } else {
    yield { cause, weight: -3, at, id: "no-tap-needed" };
  }
}

function* aboutOverlap({ call, overlap }: Seen): Generator<WeighedClue> {
  const cause = "overlapping-request";
  const { earlier, later } = overlap ?? {};
  if (earlier) {
    const mediation = readSnapshot(earlier.arguments[0]).member("mediation").text();
    const id = mediation === "conditional" ? "earlier-autofill" : "earlier-request";
    yield { cause, weight: 3, callId: earlier.id, id };
  }
  if (later && call.duration === undefined) {
    yield { cause, weight: 2, callId: later.id, id: "later-while-open" };
  } else if (later && call.duration !== undefined) {
    const gap = call.startedAt + call.duration - later.startedAt;
    const weight = gap < 1_000 ? 4 : 1;
    yield { cause, weight, callId: later.id, id: "later-before-end", values: { gap: { ms: gap } } };
  }
  // Of an import nobody knows whether it has every call of its page.
  if (!earlier && !later && !call.imported) yield { cause, weight: -4, id: "no-other-request" };
}

function* aboutAbort({ call, options }: Seen): Generator<WeighedClue> {
  const cause = "aborted";
  if (call.aborted) {
    const delay = { ms: Math.max(0, call.aborted.at - call.startedAt) };
    yield { cause, weight: 6, at: "/aborted", id: "signal-fired", values: { delay } };
    return;
  }
  const signal = options.member("signal");
  if (signal.kind === "signal" && (signal.snapshot as { aborted?: unknown }).aborted === true)
    yield { cause, weight: 6, at: signal.at, id: "signal-had-fired" };
  else if (signal.kind === "signal") yield { cause, weight: -3, at: signal.at, id: "signal-did-not-fire" };
  else if (!signal.isUnknown && !call.imported) yield { cause, weight: -4, id: "no-signal" };
}

function* aboutFrame({ call, realm, platform }: Seen): Generator<WeighedClue> {
  const cause = "frame-not-allowed";
  const foreign = realm.ancestorOrigins.find((origin) => origin !== realm.origin);
  if (!foreign) {
    if (!realm.imported && (!realm.frameId || realm.ancestorOrigins.length > 0))
      yield { cause, weight: -4, id: "no-frame" };
    return;
  }
  const isCreate = call.api === "credentials.create";
  const at = `/environment/policy/${isCreate ? "create" : "get"}`;
  const allowed = environmentOf(call).policy?.[isCreate ? "create" : "get"];
  const values = { origin: realm.origin, outer: foreign };
  if (isCreate && isAppleMobile(platform)) yield { cause, weight: 4, id: "frame-in-safari", values };
  else if (allowed === false) yield { cause, weight: 5, at, id: "frame-forbidden", values };
  else if (allowed) yield { cause, weight: -2, at, id: "frame-allowed", values };
  else yield { cause, weight: 2, id: "frame-unknown", values };
}

function* aboutRpId({ ceremony: { rpId }, realm }: Seen): Generator<WeighedClue> {
  const host = hostOf(realm.origin);
  if (rpId === undefined || host === undefined) return;
  const cause = "rp-id-not-for-origin";
  const values = { rpId, host };
  yield isRpIdFor(rpId, host)
    ? { cause, weight: -4, id: "rp-id-fits", values }
    : { cause, weight: 3, id: "rp-id-does-not-fit", values };
}

function* aboutWebView({ platform, realm }: Seen): Generator<WeighedClue> {
  if (realm.userAgent === "") return;
  const cause = "web-view-not-associated";
  yield platform.context === "webview"
    ? { cause, weight: 3, id: "in-web-view" }
    : { cause, weight: -6, id: "in-browser" };
}

function* aboutCredentials({ call, publicKey, history }: Seen): Generator<WeighedClue> {
  if (call.api !== "credentials.get") {
    yield { cause: "no-matching-passkey", weight: -6, id: "registration" };
    return;
  }
  const cause = "no-matching-passkey";
  const list = publicKey.member("allowCredentials");
  const ids = list.items().map((item) => item.member("id").base64url());
  if (ids.length === 0) return;
  const known = ids.map((id) => (id === undefined ? undefined : history?.credential(id)));
  if (known.every((each) => each?.state === "overwritten")) {
    const callId = known[0]?.overwrittenBy;
    yield { cause, weight: 5, at: list.at, id: "all-replaced", ...(callId !== undefined && { callId }) };
  } else if (known.some((each) => each?.state === "active")) {
    yield { cause, weight: -1, at: list.at, id: "seen-at-work" };
  } else if (ids.length === 1) {
    yield { cause, weight: 1, at: list.at, id: "one-credential" };
  } else {
    yield { cause, weight: 1, at: list.at, id: "some-credentials", values: { count: ids.length } };
  }
}

function* aboutTransports({ call, publicKey }: Seen): Generator<WeighedClue> {
  const isCreate = call.api === "credentials.create";
  const list = publicKey.member("allowCredentials");
  const transports = list.items().map((item) => textsOf(item.member("transports")));
  const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment");
  const cause = "security-key-failed";
  if (isCreate && attachment.text() === "cross-platform") {
    yield { cause, weight: 2, at: attachment.at, id: "other-device-asked-for" };
  } else if (!isCreate && transports.length > 0 && transports.every(areSecurityKeyTransports)) {
    yield { cause, weight: 3, at: list.at, id: "keys-alone" };
  } else {
    yield { cause, weight: -2, id: "no-key-in-particular" };
  }
  if (isCreate || transports.length === 0 || transports.every(areSecurityKeyTransports)) return;
  if (
    transports.every((each) => each && each.length > 0 && !each.includes("hybrid") && !each.includes("cable"))
  ) {
    yield { cause: "no-matching-passkey", weight: 1, at: list.at, id: "no-hybrid" };
  }
}

function* aboutMediation({ call, options, isConditional, platform }: Seen): Generator<WeighedClue> {
  const { at } = options.member("mediation");
  const upgrade = "automatic-upgrade-refused";
  if (isConditional && call.api === "credentials.create") {
    yield {
      cause: upgrade,
      weight: 5,
      at,
      id: "upgrade",
    };
    yield { cause: "declined", weight: -3, at, id: "upgrade-shows-nothing" };
    return;
  }
  // Some exports leave the mediation of create() out.
  if (!call.imported || !options.member("mediation").isAbsent || call.api === "credentials.get")
    yield { cause: upgrade, weight: -6, id: "no-upgrade" };
  if (!isConditional) return;
  if (call.outcome.status !== "pending")
    yield {
      cause: "declined",
      weight: -1,
      at,
      id: "autofill-waits",
    };
  const fields = environmentOf(call).webauthnFields;
  if (fields === undefined) return;
  const cause = "no-field-for-autofill";
  const where = "/environment/webauthnFields";
  yield fields === 0
    ? { cause, weight: 4, at: where, id: isAppleMobile(platform) ? "no-field-on-ios" : "no-field" }
    : { cause, weight: -4, at: where, id: "fields", values: { count: fields } };
}

function* aboutAlgorithms({ call, publicKey }: Seen): Generator<WeighedClue> {
  if (call.api !== "credentials.create") return;
  const list = publicKey.member("pubKeyCredParams");
  const algorithms = list.items().map((item) => item.member("alg").number());
  const cause = "no-common-algorithm";
  if (algorithms.length === 0 || algorithms.includes(-7))
    yield { cause, weight: -6, at: list.at, id: "es256" };
  else yield { cause, weight: 4, at: list.at, id: "no-es256", values: { algorithms: algorithms.join(", ") } };
}

function* aboutType({ options, publicKey }: Seen): Generator<WeighedClue> {
  const cause = "credential-type-unsupported";
  if (options.isUnknown) return;
  if (publicKey.isAbsent) {
    yield { cause, weight: 5, at: options.at, id: "no-public-key" };
    return;
  }
  const others = OTHER_TYPES.filter((type) => !options.member(type).isAbsent);
  if (others.length === 0) yield { cause, weight: -4, at: options.at, id: "public-key-alone" };
  else yield { cause, weight: 3, at: options.at, id: "other-types", values: { types: others } };
}

const OTHER_TYPES = ["password", "federated", "identity", "otp", "digital"];

function* aboutExtensions({ publicKey }: Seen): Generator<WeighedClue> {
  const extensions = publicKey.member("extensions");
  if (extensions.isUnknown || extensions.members().some(([, value]) => !value.isAbsent)) return;
  yield { cause: "extension-input", weight: -6, id: "no-extension" };
}
