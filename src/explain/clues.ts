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

/** A clue and how much it weighs for a cause; below zero it speaks against it. */
export interface WeighedClue extends Clue {
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
  const took = `It took ${describeDuration(duration)}`;
  if (duration < TOO_FAST_FOR_A_PERSON) {
    yield {
      cause: "declined",
      weight: -4,
      at,
      text: `${took}: nobody reads a sheet and declines it so fast.`,
    };
    for (const cause of [...AT_ONCE, "web-view-not-associated"] as const)
      yield { cause, weight: 1, at, text: `${took}, as if nothing had been shown.` };
    yield {
      cause: "no-matching-passkey",
      weight: 1,
      at,
      text: `${took}: the browser may not have asked anyone.`,
    };
  } else if (duration >= SLOW_ENOUGH_FOR_A_PERSON) {
    yield { cause: "declined", weight: 1, at, text: `${took}: long enough for a person to see the sheet.` };
    for (const cause of [...AT_ONCE, "web-view-not-associated"] as const)
      yield { cause, weight: -2, at, text: `${took}: a browser that blocks does so at once.` };
  }
  const timeout = publicKey.member("timeout").number();
  const isNear = (limit: number) => Math.abs(duration - limit) <= TIMER_TOLERANCE;
  if (timeout !== undefined && timeout >= TOO_FAST_FOR_A_PERSON && isNear(timeout)) {
    const text = `${took}, and \`timeout\` is ${describeDuration(timeout)}.`;
    yield { cause: "timed-out", weight: 5, at: publicKey.member("timeout").at, text };
  } else if (isAppleMobile(platform) && isNear(WEBKITS_LONGEST_TIMEOUT)) {
    const text = `${took}, which is as long as WebKit's own timer waits.`;
    yield { cause: "timed-out", weight: 4, at, text };
  } else if (timeout !== undefined && duration < timeout - TIMER_TOLERANCE) {
    const text = `${took}, less than the \`timeout\` of ${describeDuration(timeout)}.`;
    yield { cause: "timed-out", weight: -4, at, text };
  }
}

function* aboutFocus({ call, isConditional }: Seen): Generator<WeighedClue> {
  const { hasFocus, visibility } = environmentOf(call);
  if (hasFocus === undefined || (isConditional && call.api === "credentials.get")) return;
  const cause = "not-focused";
  const at = "/environment/hasFocus";
  yield hasFocus
    ? { cause, weight: -4, at, text: "The page had the focus." }
    : { cause, weight: 4, at, text: "The page did not have the focus when it called." };
  if (visibility === "hidden")
    yield { cause, weight: 1, at: "/environment/visibility", text: "The page was not visible." };
}

function* aboutActivation({ call, platform, isConditional }: Seen): Generator<WeighedClue> {
  const activation = environmentOf(call).userActivation;
  const cause = "no-user-activation";
  if (isConditional) yield { cause, weight: -4, text: "A conditional call needs no tap." };
  if (!activation || isConditional) return;
  const at = "/environment/userActivation/isActive";
  if (activation.isActive) {
    yield { cause, weight: -4, at, text: "A tap or key press came just before the call." };
  } else if (platform.safari && !isSupported(SUPPORT.callWithoutTap, platform.safari)) {
    const text = `No tap or key press came just before the call, and Safari ${platform.safari} asks for one.`;
    yield { cause, weight: 4, at, text };
  } else {
    yield { cause, weight: -3, at, text: "None came just before the call, but this browser asks for none." };
  }
}

function* aboutOverlap({ call, overlap }: Seen): Generator<WeighedClue> {
  const cause = "overlapping-request";
  const { earlier, later } = overlap ?? {};
  if (earlier) {
    const mediation = readSnapshot(earlier.arguments[0]).member("mediation").text();
    const what = mediation === "conditional" ? "A request for AutoFill" : "Another request";
    yield { cause, weight: 3, callId: earlier.id, text: `${what} was still open when this one started.` };
  }
  if (later && call.duration === undefined) {
    yield { cause, weight: 2, callId: later.id, text: "Another request started while this one was open." };
  } else if (later && call.duration !== undefined) {
    const gap = call.startedAt + call.duration - later.startedAt;
    const text = `Another request started ${describeDuration(gap)} before this one ended.`;
    yield { cause, weight: gap < 1_000 ? 4 : 1, callId: later.id, text };
  }
  // Of an import nobody knows whether it has every call of its page.
  if (!earlier && !later && !call.imported)
    yield { cause, weight: -4, text: "No other request of this page was open." };
}

function* aboutAbort({ call, options }: Seen): Generator<WeighedClue> {
  const cause = "aborted";
  if (call.aborted) {
    const after = describeDuration(Math.max(0, call.aborted.at - call.startedAt));
    yield { cause, weight: 6, at: "/aborted", text: `The AbortSignal fired ${after} after the call.` };
    return;
  }
  const signal = options.member("signal");
  if (signal.kind === "signal" && (signal.snapshot as { aborted?: unknown }).aborted === true)
    yield { cause, weight: 6, at: signal.at, text: "The AbortSignal had fired before the call." };
  else if (signal.kind === "signal")
    yield { cause, weight: -3, at: signal.at, text: "The AbortSignal did not fire." };
  else if (!signal.isUnknown && !call.imported)
    yield { cause, weight: -4, text: "The call had no AbortSignal." };
}

function* aboutFrame({ call, realm, platform }: Seen): Generator<WeighedClue> {
  const cause = "frame-not-allowed";
  const foreign = realm.ancestorOrigins.find((origin) => origin !== realm.origin);
  if (!foreign) {
    if (!realm.imported && (!realm.frameId || realm.ancestorOrigins.length > 0))
      yield { cause, weight: -4, text: "No page of another origin is around it." };
    return;
  }
  const isCreate = call.api === "credentials.create";
  const at = `/environment/policy/${isCreate ? "create" : "get"}`;
  const allowed = environmentOf(call).policy?.[isCreate ? "create" : "get"];
  const text = `The page is a frame of ${realm.origin} in a page of ${foreign}`;
  if (isCreate && isAppleMobile(platform))
    yield { cause, weight: 4, text: `${text}, where Safari makes no passkeys.` };
  else if (allowed === false)
    yield { cause, weight: 5, at, text: `${text}, whose policy does not allow it.` };
  else if (allowed) yield { cause, weight: -2, at, text: `${text}, whose policy allows it.` };
  else yield { cause, weight: 2, text: `${text}; whether that allows it can't be seen.` };
}

function* aboutRpId({ ceremony: { rpId }, realm }: Seen): Generator<WeighedClue> {
  const host = hostOf(realm.origin);
  if (rpId === undefined || host === undefined) return;
  const cause = "rp-id-not-for-origin";
  yield isRpIdFor(rpId, host)
    ? { cause, weight: -4, text: `The RP ID ${rpId} fits the page's host ${host}.` }
    : { cause, weight: 3, text: `The RP ID ${rpId} does not fit the page's host ${host}.` };
}

function* aboutWebView({ platform, realm }: Seen): Generator<WeighedClue> {
  if (realm.userAgent === "") return;
  const cause = "web-view-not-associated";
  yield platform.context === "webview"
    ? { cause, weight: 3, text: "By its user agent the page is in a web view of an app." }
    : { cause, weight: -6, text: "By its user agent the page is in a browser." };
}

function* aboutCredentials({ call, publicKey, history }: Seen): Generator<WeighedClue> {
  if (call.api !== "credentials.get") {
    yield { cause: "no-matching-passkey", weight: -6, text: "A registration needs no passkey." };
    return;
  }
  const cause = "no-matching-passkey";
  const list = publicKey.member("allowCredentials");
  const ids = list.items().map((item) => item.member("id").base64url());
  if (ids.length === 0) return;
  const known = ids.map((id) => (id === undefined ? undefined : history?.credential(id)));
  if (known.every((each) => each?.state === "overwritten")) {
    const callId = known[0]?.overwrittenBy;
    const text = "Every credential in `allowCredentials` was replaced by a later registration.";
    yield { cause, weight: 5, at: list.at, text, ...(callId !== undefined && { callId }) };
  } else if (known.some((each) => each?.state === "active")) {
    yield { cause, weight: -1, at: list.at, text: "A credential of `allowCredentials` was seen at work." };
  } else {
    const text = `The request takes ${ids.length === 1 ? "one credential" : `${ids.length} credentials`} and no other.`;
    yield { cause, weight: 1, at: list.at, text };
  }
}

function* aboutTransports({ call, publicKey }: Seen): Generator<WeighedClue> {
  const isCreate = call.api === "credentials.create";
  const list = publicKey.member("allowCredentials");
  const transports = list.items().map((item) => textsOf(item.member("transports")));
  const attachment = publicKey.member("authenticatorSelection", "authenticatorAttachment");
  const cause = "security-key-failed";
  if (isCreate && attachment.text() === "cross-platform") {
    const text = "Only a security key or another device was asked for.";
    yield { cause, weight: 2, at: attachment.at, text };
  } else if (!isCreate && transports.length > 0 && transports.every(areSecurityKeyTransports)) {
    yield { cause, weight: 3, at: list.at, text: "By their transports only security keys may answer." };
  } else {
    yield { cause, weight: -2, text: "Nothing asks for a security key in particular." };
  }
  if (isCreate || transports.length === 0 || transports.every(areSecurityKeyTransports)) return;
  if (
    transports.every((each) => each && each.length > 0 && !each.includes("hybrid") && !each.includes("cable"))
  ) {
    const text = "No transport says hybrid, so the iPhone shows no QR code for another phone.";
    yield { cause: "no-matching-passkey", weight: 1, at: list.at, text };
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
      text: "The call asks for an automatic upgrade, which is often refused.",
    };
    yield { cause: "declined", weight: -3, at, text: "An automatic upgrade shows nothing to decline." };
    return;
  }
  // Some exports leave the mediation of create() out.
  if (!call.imported || !options.member("mediation").isAbsent || call.api === "credentials.get")
    yield { cause: upgrade, weight: -6, text: "The call does not ask for an automatic upgrade." };
  if (!isConditional) return;
  if (call.outcome.status !== "pending")
    yield {
      cause: "declined",
      weight: -1,
      at,
      text: "AutoFill waits; there is no sheet to decline at first.",
    };
  const fields = environmentOf(call).webauthnFields;
  if (fields === undefined) return;
  const cause = "no-field-for-autofill";
  const where = "/environment/webauthnFields";
  const needs = isAppleMobile(platform) ? ", and the iPhone offers passkeys in such a field alone" : "";
  yield fields === 0
    ? { cause, weight: 4, at: where, text: `No field had the webauthn token when the page called${needs}.` }
    : { cause, weight: -4, at: where, text: `${fields} of the page's fields had the webauthn token.` };
}

function* aboutAlgorithms({ call, publicKey }: Seen): Generator<WeighedClue> {
  if (call.api !== "credentials.create") return;
  const list = publicKey.member("pubKeyCredParams");
  const algorithms = list.items().map((item) => item.member("alg").number());
  const cause = "no-common-algorithm";
  if (algorithms.length === 0 || algorithms.includes(-7))
    yield { cause, weight: -6, at: list.at, text: "ES256, which all make, was asked for." };
  else yield { cause, weight: 4, at: list.at, text: `ES256 is not among ${algorithms.join(", ")}.` };
}

function* aboutType({ options, publicKey }: Seen): Generator<WeighedClue> {
  const cause = "credential-type-unsupported";
  if (options.isUnknown) return;
  if (publicKey.isAbsent) {
    yield { cause, weight: 5, at: options.at, text: "The call does not ask for `publicKey`." };
    return;
  }
  const others = OTHER_TYPES.filter((type) => !options.member(type).isAbsent);
  if (others.length === 0)
    yield { cause, weight: -4, at: options.at, text: "The call asks for `publicKey` and nothing else." };
  else yield { cause, weight: 3, at: options.at, text: `The call asks for ${others.join(" and ")} as well.` };
}

const OTHER_TYPES = ["password", "federated", "identity", "otp", "digital"];

function* aboutExtensions({ publicKey }: Seen): Generator<WeighedClue> {
  const extensions = publicKey.member("extensions");
  if (extensions.isUnknown || extensions.members().some(([, value]) => !value.isAbsent)) return;
  yield { cause: "extension-input", weight: -6, text: "The call asks for no extension." };
}

export function describeDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
