import type { Ceremony, ReturnedCredential } from "../ceremony/ceremony.js";
import type { History } from "../ceremony/history.js";
import { type PrfAnswer, prfAnswerOf } from "../ceremony/prfAnswer.js";
import { hostOf, resultOf, textsOf } from "../ceremony/readCeremony.js";
import { environmentOf } from "../recording/environmentOf.js";
import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import type { Api, Call, CallId, Environment, Outcome, Realm, RealmId } from "../recording/recording.js";
import type { Platform } from "../spec/platforms.js";

/** Everything that a rule can ask for. */
export interface Facts {
  callId: CallId;
  api: Api;
  ceremony: Ceremony;
  /** what the page passed: the whole first argument, and its `publicKey` member */
  options: Reading;
  publicKey: Reading;
  /** as requested, or the host of the page where the page left it to the browser */
  rpId: string | undefined;
  /** the account of a registration: user.id (base64url) and user.name */
  user: Ceremony["user"] | undefined;
  /** the requirement and where it stands; an absent one means "preferred" */
  userVerification: { requirement: "required" | "preferred" | "discouraged"; reading: Reading };
  /** as requested; "optional" where the page said nothing */
  mediation: string;
  /** allowCredentials of a get, excludeCredentials of a create */
  descriptors: readonly Descriptor[];
  /** the public key credential that the page got, if it got one */
  credential: ReturnedCredential | undefined;
  /** the prf value that came with the credential, if one did */
  prf: PrfAnswer | undefined;
  /** what the call was answered with, member by member; absent unless fulfilled */
  result: Reading;
  /** client extension outputs */
  extensionResults: Reading;
  outcome: Outcome;
  /** why the call was rejected; undefined unless it was */
  error: Rejection | undefined;
  /** epoch milliseconds */
  startedAt: number;
  /** milliseconds until the call settled; undefined while pending */
  duration: number | undefined;
  /** the AbortSignal fired: when (epoch milliseconds), and its reason */
  aborted: { at: number; reason: Reading } | undefined;
  /** without what nobody saw: an imported call has none of it */
  environment: Partial<Environment>;
  page: Page;
  /** what the call is judged as */
  platform: Platform;
  /** where it really ran */
  recordedOn: Platform;
  /** the calls before this one */
  history: History;
}

export interface Page {
  realmId: RealmId;
  origin: string;
  /** undefined for an opaque origin */
  host: string | undefined;
  ancestorOrigins: readonly string[];
  /** the browser's number of the frame, 0 for the top-level page; undefined where the source can't say */
  frameId: number | undefined;
  isSecureContext: boolean;
  /** the hook came in before the page's first script, so that nothing of it was missed */
  wasSeenFromTheStart: boolean;
}

/** @see https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialdescriptor */
export interface Descriptor {
  reading: Reading;
  /** base64url; undefined if it is not made of bytes */
  id: string | undefined;
  /** undefined if the page gave no list */
  transports: readonly string[] | undefined;
}

export type Rejection = Extract<Outcome, { status: "rejected" }>["error"];

export interface Circumstances {
  call: Call;
  realm: Realm;
  ceremony: Ceremony;
  history: History;
  recordedOn: Platform;
  platform: Platform;
}

/** The facts of one call, each worked out when first asked for and then kept. */
export function gatherFacts(
  circumstances: Circumstances,
): <Name extends keyof Facts>(name: Name) => Facts[Name] {
  const known: Partial<Facts> = {};
  return (name) => {
    if (!(name in known)) known[name] = SOURCES[name](circumstances);
    return known[name] as Facts[typeof name];
  };
}

const SOURCES: { [Name in keyof Facts]: (circumstances: Circumstances) => Facts[Name] } = {
  callId: ({ call }) => call.id,
  api: ({ call }) => call.api,
  ceremony: ({ ceremony }) => ceremony,
  options: ({ call }) => optionsOf(call),
  publicKey: ({ call }) => publicKeyOf(call),
  rpId: ({ ceremony }) => ceremony.rpId,
  user: ({ ceremony }) => ceremony.user,
  userVerification: ({ call }) => userVerificationOf(call),
  mediation: ({ call }) => optionsOf(call).member("mediation").text() ?? "optional",
  descriptors: ({ call }) => descriptorsOf(call),
  credential: ({ ceremony }) => ceremony.credential,
  prf: ({ call, ceremony }) => ceremony.credential && prfAnswerOf(call, ceremony.credential.credentialId),
  result: ({ call }) => resultReading(call),
  extensionResults: ({ call }) => resultReading(call).member("clientExtensionResults"),
  outcome: ({ call }) => call.outcome,
  error: ({ call }) => (call.outcome.status === "rejected" ? call.outcome.error : undefined),
  startedAt: ({ call }) => call.startedAt,
  duration: ({ call }) => call.duration,
  aborted: ({ call: { aborted } }) =>
    aborted && { at: aborted.at, reason: readSnapshot(aborted.reason, "/aborted/reason") },
  environment: ({ call }) => environmentOf(call),
  page: ({ realm }) => pageOf(realm),
  platform: ({ platform }) => platform,
  recordedOn: ({ recordedOn }) => recordedOn,
  history: ({ history }) => history,
};

function resultReading(call: Call): Reading {
  return resultOf(call) ?? readSnapshot(undefined, "/outcome/value");
}

function optionsOf(call: Call): Reading {
  return readSnapshot(call.arguments[0], "/arguments/0");
}

function publicKeyOf(call: Call): Reading {
  return optionsOf(call).member("publicKey");
}

function userVerificationOf(call: Call): Facts["userVerification"] {
  const publicKey = publicKeyOf(call);
  const reading =
    call.api === "credentials.create"
      ? publicKey.member("authenticatorSelection", "userVerification")
      : publicKey.member("userVerification");
  const text = reading.text();
  const requirement = text === "required" || text === "discouraged" ? text : "preferred";
  return { requirement, reading };
}

function descriptorsOf(call: Call): Descriptor[] {
  const member = call.api === "credentials.create" ? "excludeCredentials" : "allowCredentials";
  return publicKeyOf(call)
    .member(member)
    .items()
    .map((reading) => ({
      reading,
      id: reading.member("id").base64url(),
      transports: textsOf(reading.member("transports")),
    }));
}

function pageOf({ id: realmId, origin, ancestorOrigins, frameId, isSecureContext, hook }: Realm): Page {
  const wasSeenFromTheStart = hook.readyState === "loading";
  const host = hostOf(origin);
  return { realmId, origin, host, ancestorOrigins, frameId, isSecureContext, wasSeenFromTheStart };
}
