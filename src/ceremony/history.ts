import { isAppleMobile } from "../recording/platformOf.js";
import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import type { Api, Call, CallId, RealmId } from "../recording/recording.js";
import { AAGUID_PROVIDERS } from "../spec/aaguids.js";
import type { Platform } from "../spec/platforms.js";
import { includesVersion } from "../spec/versionRange.js";
import type { Ceremony, CredentialHistory, ReturnedCredential } from "./ceremony.js";
import { Journal } from "./journal.js";
import { prfAnswerOf } from "./prfAnswer.js";
import { resultOf } from "./readCeremony.js";

/**
 * What is known from the calls before the one at hand. Calls are added in the order in which
 * they started; every question is answered without going through them again. What the last calls
 * changed can be taken back by way of the journal.
 */
export class History {
  #credentials = new Map<string, KnownCredential>();
  #accounts = new Map<string, KnownAccount>();
  #challenges = new Map<string, ChallengeUse>();
  #byName = new Map<string, { userId: string; callId: CallId }>();
  #realms = new Map<RealmId, RealmHistory>();
  #answers = new Map<string, { callId: CallId; answer: Reading }>();
  #journal: Journal;

  constructor(journal = new Journal()) {
    this.#journal = journal;
  }

  add(call: Call, ceremony: Ceremony, recordedOn: Platform): void {
    const answer = resultOf(call);
    if (answer)
      this.#journal.set(this.#answers, answerKey(call.realmId, call.api), { callId: call.id, answer });
    if (call.api === "PublicKeyCredential.signalCurrentUserDetails") this.#announced(call);
    if (ceremony.kind !== "other") this.#began(call, ceremony);
    const { rpId, credential } = ceremony;
    if (rpId === undefined) return;
    for (const credentialId of listedIn(call)) this.#seen(credentialId, rpId, call.id);
    if (credential) this.#returned(ceremony, rpId, credential, recordedOn);
    if (credential) this.#evaluatedPrf(call, credential);
    if (ceremony.user) {
      const account = this.#account(rpId, ceremony.user.id);
      const name = ceremony.user.name;
      if (name !== undefined && credential) {
        this.#journal.set(this.#byName, accountKey(rpId, fold(name)), {
          userId: ceremony.user.id,
          callId: call.id,
        });
      }
      if (name !== undefined && !account.names.has(fold(name)))
        this.#journal.set(account.names, fold(name), { name, callId: call.id });
    }
  }

  /** The credential, if an earlier call listed, made or used it. */
  credential(credentialId: string): KnownCredential | undefined {
    return this.#credentials.get(credentialId);
  }

  /** The credentials that a call lists, as they are known at this moment. */
  listed(call: Call): Pick<History, "credential"> {
    const known = new Map<string, KnownCredential>();
    for (const id of listedIn(call)) {
      const credential = this.#credentials.get(id);
      if (credential) known.set(id, { ...credential });
    }
    return { credential: (id) => known.get(id) };
  }

  /** The account of a relying party, by user handle (base64url), if an earlier call was about it. */
  account(rpId: string, userHandle: string): KnownAccount | undefined {
    return this.#accounts.get(accountKey(rpId, userHandle));
  }

  /** What an API last answered in this realm: for those that tell what the device can do. */
  answer(realmId: RealmId, api: Api): { callId: CallId; answer: Reading } | undefined {
    return this.#answers.get(answerKey(realmId, api));
  }

  /** Calls in this realm that had started but not settled at that time, oldest first; the last few of very many. */
  pending(realmId: RealmId, at: number): readonly PendingCall[] {
    return this.#realm(realmId).pending.filter(({ settledAt }) => settledAt === undefined || settledAt > at);
  }

  /** The ceremony that settled last in this realm, if one did before that time. */
  lastSettled(realmId: RealmId, at: number): SettledCall | undefined {
    const { lastSettled } = this.#realm(realmId);
    return lastSettled && lastSettled.settledAt <= at ? lastSettled : undefined;
  }

  /** Whether a ceremony with a sheet of its own, rather than AutoFill, was begun in this realm. */
  hadModalCall(realmId: RealmId): boolean {
    return this.#realm(realmId).hadModalCall;
  }

  /** The ceremony that used this challenge (base64url): the last that was answered, or else the first. */
  challenge(challenge: string): ChallengeUse | undefined {
    return this.#challenges.get(challenge);
  }

  /** The last successful registration under this user name. */
  registrationByName(rpId: string, name: string): { userId: string; callId: CallId } | undefined {
    return this.#byName.get(accountKey(rpId, fold(name)));
  }

  /** A row for each credential, in the order in which they were first seen. */
  credentials(): CredentialHistory[] {
    return [...this.#credentials.values()].map(
      ({ credentialId, rpId, userHandle, aaguid, callIds, state }) => ({
        credentialId,
        rpId,
        ...(userHandle !== undefined && { userHandle }),
        ...(aaguid !== undefined && { aaguid, ...providerOf(aaguid) }),
        callIds,
        state,
      }),
    );
  }

  #began(call: Call, ceremony: Ceremony): void {
    const realm = this.#journal.keep(this.#realm(call.realmId));
    const { startedAt, duration, aborted } = call;
    const isConditional = readSnapshot(call.arguments[0]).member("mediation").text() === "conditional";
    const settledAt = duration === undefined ? undefined : startedAt + duration;
    realm.hadModalCall ||= !isConditional;
    realm.pending = realm.pending.filter(
      (each) => each.settledAt === undefined || each.settledAt > startedAt,
    );
    // Without a duration, an imported call says nothing of when it ended.
    if (!call.imported || settledAt !== undefined)
      realm.pending.push({
        callId: call.id,
        kind: ceremony.kind,
        isConditional,
        settledAt,
        abortedAt: aborted?.at,
      });
    if (realm.pending.length > KEPT_PENDING) realm.pending.shift();
    if (settledAt !== undefined && settledAt >= (realm.lastSettled?.settledAt ?? 0)) {
      realm.lastSettled = { callId: call.id, settledAt };
    }
    const challenge = readSnapshot(call.arguments[0]).member("publicKey", "challenge").base64url();
    const isAnswered = call.outcome.status === "fulfilled";
    if (challenge && (!this.#challenges.has(challenge) || isAnswered))
      this.#journal.set(this.#challenges, challenge, { callId: call.id, isAnswered });
  }

  #realm(realmId: RealmId): RealmHistory {
    let realm = this.#realms.get(realmId);
    if (!realm) {
      realm = { pending: [], hadModalCall: false };
      this.#journal.set(this.#realms, realmId, realm);
    }
    return realm;
  }

  #announced(call: Call): void {
    const details = readSnapshot(call.arguments[0]);
    const [rpId, userId, name] = ["rpId", "userId", "name"].map((member) => details.member(member).text());
    if (rpId === undefined || userId === undefined || name === undefined) return;
    this.#journal.keep(this.#account(rpId, userId)).announcedName = fold(name);
  }

  #seen(credentialId: string, rpId: string, callId: CallId): KnownCredential {
    let known = this.#credentials.get(credentialId);
    if (!known) {
      known = { credentialId, rpId, holder: "unknown", callIds: [], timesReturned: 0, state: "unknown" };
      this.#journal.set(this.#credentials, credentialId, known);
    }
    const { callIds } = known;
    if (callIds.at(-1) !== callId) {
      this.#journal.note(() => callIds.pop());
      callIds.push(callId);
    }
    return known;
  }

  #returned(ceremony: Ceremony, rpId: string, returned: ReturnedCredential, recordedOn: Platform): void {
    const known = this.#journal.keep(this.#seen(returned.credentialId, rpId, ceremony.callId));
    const userHandle = ceremony.user?.id ?? (returned.userHandle || undefined);
    if (userHandle !== undefined) known.userHandle = userHandle;
    if (returned.holder !== "unknown") known.holder = returned.holder;
    const backupEligible = returned.authenticatorData?.flags?.backupEligible;
    if (backupEligible !== undefined) known.backupEligible = backupEligible;
    const signCount = returned.authenticatorData?.signCount;
    if (signCount !== undefined) known.signCount = signCount;
    known.lastReturnedBy = ceremony.callId;
    known.timesReturned++;
    if (ceremony.kind === "registration") {
      known.rpId = rpId;
      known.registration = {
        callId: ceremony.callId,
        credential: returned,
        recordedOn,
        ...(ceremony.user && { userId: ceremony.user.id }),
      };
      if (returned.aaguid) known.aaguid = returned.aaguid;
    }
    known.state = "active";
    if (userHandle === undefined) return;
    const account = this.#journal.keep(this.#account(rpId, userHandle));
    for (const older of account.credentials) {
      if (older === known || ceremony.kind !== "registration") continue;
      const fate = fateOf(older, known);
      if (fate !== "kept") this.#journal.keep(older);
      if (fate !== "kept") older.state = fate === "overwritten" ? "overwritten" : "unknown";
      if (fate === "overwritten") older.overwrittenBy = ceremony.callId;
    }
    account.credentials = account.credentials.filter(
      (each) => each !== known && each.state !== "overwritten",
    );
    account.credentials.push(known);
    if (account.credentials.length > KEPT_FOR_AN_ACCOUNT) account.credentials.shift();
  }

  #evaluatedPrf(call: Call, { credentialId, attachment }: ReturnedCredential): void {
    const answer = prfAnswerOf(call, credentialId);
    const known = this.#credentials.get(credentialId);
    if (!answer || !known) return;
    const { input, fingerprint } = answer;
    this.#journal.keep(known).prfOutputs = new Map(known.prfOutputs);
    known.prfOutputs!.set(input, { callId: call.id, fingerprint, crossed: attachment === "cross-platform" });
    if (known.prfOutputs!.size <= KEPT_FOR_AN_ACCOUNT) return;
    for (const oldest of known.prfOutputs!.keys()) {
      known.prfOutputs!.delete(oldest);
      break;
    }
  }

  #account(rpId: string, userHandle: string): KnownAccount {
    const key = accountKey(rpId, userHandle);
    let account = this.#accounts.get(key);
    if (!account) {
      account = { names: new Map(), credentials: [] };
      this.#journal.set(this.#accounts, key, account);
    }
    return account;
  }
}

/** Far more than a person has; a bound keeps the cost of a call the same however long the log is. */
const KEPT_FOR_AN_ACCOUNT = 32;

/** No page has that many calls open on purpose. */
const KEPT_PENDING = 16;

interface RealmHistory {
  pending: PendingCall[];
  lastSettled?: SettledCall;
  hadModalCall: boolean;
}

export interface PendingCall {
  callId: CallId;
  kind: Ceremony["kind"];
  isConditional: boolean;
  /** epoch milliseconds; undefined: never, as far as the recording goes */
  settledAt: number | undefined;
  abortedAt: number | undefined;
}

export interface SettledCall {
  callId: CallId;
  /** epoch milliseconds */
  settledAt: number;
}

export interface ChallengeUse {
  callId: CallId;
  /** a response to it was given, which may have been overheard */
  isAnswered: boolean;
}

export interface KnownCredential {
  credentialId: string;
  rpId: string;
  userHandle?: string;
  aaguid?: string;
  holder: ReturnedCredential["holder"];
  /** as it last said */
  backupEligible?: boolean;
  /** as it last said, and the call in which it did */
  signCount?: number;
  lastReturnedBy?: CallId;
  /** number of calls that it came back from */
  timesReturned: number;
  registration?: { callId: CallId; credential: ReturnedCredential; recordedOn: Platform; userId?: string };
  overwrittenBy?: CallId;
  /** what prf last gave, by input; crossed: another device held the passkey */
  prfOutputs?: Map<string, { callId: CallId; fingerprint: string; crossed: boolean }>;
  callIds: CallId[];
  state: CredentialHistory["state"];
}

export interface KnownAccount {
  /** names under which it was registered, case folded, with the call that used each first */
  names: Map<string, { name: string; callId: CallId }>;
  /** the name that signalCurrentUserDetails last gave it, case folded */
  announcedName?: string;
  /** credentials of the account that were not overwritten, oldest first */
  credentials: KnownCredential[];
}

/**
 * What a new passkey does to an older one of the same relying party and user handle: a passkey
 * provider keeps one for each pair, while other providers and security keys keep theirs.
 *
 * @see https://www.w3.org/TR/webauthn-3/#public-key-credential-source
 */
export function fateOf(
  older: Pick<KnownCredential, "aaguid" | "holder" | "registration">,
  newer: Pick<KnownCredential, "aaguid" | "holder" | "registration">,
): "overwritten" | "kept" | "unknown" {
  if (older.holder === "security-key" || newer.holder === "security-key") return "kept";
  if (older.aaguid && newer.aaguid && older.aaguid !== newer.aaguid) return "kept";
  if (older.holder !== "platform" || newer.holder !== "platform") return "unknown";
  if (older.aaguid && newer.aaguid) return "overwritten";
  return madeWhereApplesIsTheOnlyProvider(older) && madeWhereApplesIsTheOnlyProvider(newer)
    ? "overwritten"
    : "unknown";
}

/** Until iOS 17 there was no other, and its passkeys had no AAGUID. */
function madeWhereApplesIsTheOnlyProvider({ registration }: Pick<KnownCredential, "registration">): boolean {
  const platform = registration?.recordedOn;
  if (!platform?.safari || !isAppleMobile(platform)) return false;
  return includesVersion({ until: "16" }, platform.safari);
}

/** Credential ids, base64url, in allowCredentials or excludeCredentials. */
function listedIn({ arguments: [options] }: Call): string[] {
  const publicKey = readSnapshot(options).member("publicKey");
  const lists = [publicKey.member("allowCredentials"), publicKey.member("excludeCredentials")];
  return lists.flatMap((list) => list.items().flatMap((item) => item.member("id").base64url() ?? []));
}

function providerOf(aaguid: string): { provider?: string } {
  const provider = AAGUID_PROVIDERS.get(aaguid);
  return provider === undefined ? {} : { provider };
}

function answerKey(realmId: RealmId, api: Api): string {
  return `${api} ${realmId}`;
}

function accountKey(rpId: string, userHandle: string): string {
  return `${userHandle} ${rpId}`;
}

export function fold(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
