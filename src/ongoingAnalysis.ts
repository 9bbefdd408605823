import type { Ceremony, CredentialHistory } from "./ceremony/ceremony.js";
import { History, type KnownCredential } from "./ceremony/history.js";
import { Journal } from "./ceremony/journal.js";
import { Overlaps } from "./ceremony/overlaps.js";
import { readCeremony } from "./ceremony/readCeremony.js";
import { Verifier, type VerifyOptions } from "./ceremony/verifier.js";
import { explain } from "./explain/explain.js";
import type { Explanation } from "./explain/explanation.js";
import { type Outlook, outlookOf } from "./forecast/outlook.js";
import { Changes } from "./recording/changes.js";
import { isAppleMobile, platformOf } from "./recording/platformOf.js";
import { realmOf } from "./recording/realmOf.js";
import type { Call, CallId, Realm, Recording } from "./recording/recording.js";
import { RULES } from "./rules/index.js";
import type { Finding, Undecided } from "./rules/rule.js";
import { judgeBy } from "./rules/runRules.js";
import { CURRENT_IOS, IOS_GENERATIONS, type Platform } from "./spec/platforms.js";

/** Judged as what, and with which knowledge beyond the recording. */
export interface AnalyzeOptions extends VerifyOptions {
  /** judge every call as if its page ran there, wherever it really ran */
  platform?: Platform;
  /** judge calls that were not recorded on an iPhone or iPad as if they had run there; default: current iOS */
  elsewhere?: Platform;
}

/** What is known of one call. A new object whenever that changes. */
export interface CallAnalysis {
  ceremony: Ceremony;
  findings: readonly Finding[];
  /** what could not be told, and why */
  undecided: readonly Undecided[];
  /** why it was rejected or never settled */
  explanation?: Explanation;
}

/**
 * An analysis that goes along with a recording that grows. A call more costs the same however many
 * came before; one that settles, or turns up late, costs what came after it. It says what `analyze`
 * says of the same calls, which is this, taken to the end.
 */
export class OngoingAnalysis {
  /** from which call on something else is known: of a call, or what its credential is */
  readonly changes = new Changes();
  #options: AnalyzeOptions;
  #judge: ReturnType<typeof judgeBy>;
  #recording: Recording = NOTHING;
  #realmFor = realmOf(NOTHING);
  #judged: JudgedCall[] = [];
  #results = new Map<CallId, CallAnalysis>();
  #lore = newLore({});
  #replay: { history: History; at: number } | undefined;
  /** counts the recordings that were followed: what was begun for an older one is dropped */
  #turn = 0;
  /** what the verifier knew before the batch that is under way */
  #batchMark: number | undefined;

  constructor(options: AnalyzeOptions = {}) {
    this.#options = options;
    this.#judge = judgeBy(RULES, platformFor(options));
    this.#lore = newLore(options);
  }

  /** Number of calls that are judged, from the start of the recording. */
  get done(): number {
    return this.#judged.length;
  }

  /**
   * Takes on the recording as it is now. What is known of the calls before the first that differs still holds;
   * who knows that calls up to an index are the same, realms too, spares the look at them.
   */
  follow(recording: Recording, same = 0): void {
    this.#turn++;
    if (this.#batchMark !== undefined) this.#lore.verifierJournal.rewind(this.#batchMark);
    this.#batchMark = undefined;
    const isSameRealms = recording.realms === this.#recording.realms;
    const realmFor = isSameRealms ? this.#realmFor : realmOf(recording);
    const isOtherMask = recording.redaction !== this.#recording.redaction;
    const isAsJudged = ({ call, realm }: JudgedCall, index: number) =>
      recording.calls[index] === call && realmFor(call) === realm;
    this.#recording = recording;
    this.#realmFor = realmFor;
    let first = isOtherMask ? 0 : Math.min(same, this.done);
    while (!isOtherMask && first < this.done && isAsJudged(this.#judged[first]!, first)) first++;
    if (first < this.done) this.#goBackTo(first);
  }

  /**
   * Judges the next calls, at most that many; true once every call is judged. To be called again until
   * then, one at a time, with a pause in between where somebody waits.
   */
  async advance(atMost = Number.POSITIVE_INFINITY): Promise<boolean> {
    const turn = this.#turn;
    const { calls } = this.#recording;
    const end = Math.min(calls.length, this.done + atMost);
    while (this.done < end) {
      const batch = calls.slice(this.done, Math.min(end, this.done + AT_ONCE));
      this.#batchMark = this.#lore.verifierJournal.mark;
      const verified = await Promise.all(batch.map((call) => this.#verify(call)));
      // Another recording came in between, and put back what this one had noted.
      if (turn !== this.#turn) return false;
      this.#batchMark = undefined;
      for (const each of verified) this.#take(each);
    }
    if (this.#results.size > calls.length) this.#dropOldResults();
    return this.done === calls.length;
  }

  /** What is known of a call; of one that is being judged again, what was known before. */
  resultOf(callId: CallId): CallAnalysis | undefined {
    return this.#results.get(callId);
  }

  /** What is known of each call that is judged, in their order. */
  results(): CallAnalysis[] {
    return this.#judged.map(({ result }) => result);
  }

  credential(credentialId: string): KnownCredential | undefined {
    return this.#lore.history.credential(credentialId);
  }

  /** A row for each credential, in the order in which they were first seen. */
  credentials(): CredentialHistory[] {
    return this.#lore.history.credentials();
  }

  /**
   * How a call fares on each of the platforms. What came before it is gone through first, at most that
   * many calls at a time: undefined until that is done, or if there is no such call.
   */
  outlooks(
    callId: CallId,
    platforms: readonly Platform[] = IOS_GENERATIONS.map(({ platform }) => platform),
    atMost = Number.POSITIVE_INFINITY,
  ): Outlook[] | undefined {
    const index = this.#indexOf(callId);
    const found = this.#judged[index];
    if (!found) return undefined;
    if (!this.#replay || this.#replay.at > index) this.#replay = { history: new History(), at: 0 };
    const replay = this.#replay;
    const end = Math.min(index, replay.at + atMost);
    for (; replay.at < end; replay.at++) {
      const { call, realm, result } = this.#judged[replay.at]!;
      replay.history.add(call, result.ceremony, platformOf(realm));
    }
    if (replay.at < index) return undefined;
    const { call, realm, result } = found;
    return platforms.map((platform) => {
      const judge = judgeBy(RULES, () => platform);
      return outlookOf(call, judge(call, realm, result.ceremony, replay.history), platform);
    });
  }

  async #verify(
    call: Call,
  ): Promise<Pick<JudgedCall, "call" | "realm" | "verifierMark"> & { ceremony: Ceremony }> {
    const realm = this.#realmFor(call);
    const verifierMark = this.#lore.verifierJournal.mark;
    const ceremony = understand(call, realm);
    const kept = this.#recording.redaction?.verdicts[call.id];
    const verified = this.#lore.verifier.verify(call, realm, ceremony);
    return { call, realm, verifierMark, ceremony: { ...ceremony, verdicts: kept ?? (await verified) } };
  }

  #take({
    call,
    realm,
    verifierMark,
    ceremony,
  }: Pick<JudgedCall, "call" | "realm" | "verifierMark"> & { ceremony: Ceremony }): void {
    const { history, overlaps, journal } = this.#lore;
    const { mark } = journal;
    const { findings, undecided } = this.#judge(call, realm, ceremony, history);
    const listed = call.outcome.status === "fulfilled" ? undefined : history.listed(call);
    const overlapped = overlaps.add(call);
    const credentialId = ceremony.credential?.credentialId ?? "";
    const aaguid = history.credential(credentialId)?.aaguid;
    history.add(call, ceremony, platformOf(realm));
    const judged = { call, realm, mark, verifierMark, listed, result: { ceremony, findings, undecided } };
    this.#judged.push(judged);
    this.#explain(judged, this.done - 1);
    const credential = history.credential(credentialId);
    if (credential?.aaguid !== aaguid) this.#noteFrom(this.#indexOf(credential?.callIds[0] ?? call.id));
    for (const id of overlapped) this.#explainAgain(id);
    this.#forgetOld();
  }

  /** Notes a change that is noted once more when it is taken back. */
  #noteFrom(index: number): void {
    this.#lore.journal.note(() => this.changes.note(index));
    this.changes.note(index);
  }

  #explain(judged: JudgedCall, index: number): void {
    const { call, realm, listed, result } = judged;
    const overlap = this.#lore.overlaps.of(call.id);
    const facts = { call, realm, ceremony: result.ceremony, ...(listed && { history: listed }) };
    const explanation = explain({ ...facts, ...(overlap && { overlap }) });
    const { explanation: _, ...others } = result;
    judged.result = { ...others, ...(explanation && { explanation }) };
    this.#results.set(call.id, judged.result);
    this.changes.note(index);
  }

  /** A call that was open learned of one that was made meanwhile. */
  #explainAgain(id: CallId): void {
    const index = this.#indexOf(id);
    const judged = this.#judged[index];
    if (!judged) return;
    const before = judged.result;
    this.#lore.journal.note(() => {
      judged.result = before;
      this.#results.set(id, before);
      this.changes.note(index);
    });
    this.#explain(judged, index);
  }

  /** Searched from the end, where those stand that are asked about. */
  #indexOf(callId: CallId): number {
    for (let index = this.#judged.length - 1; index >= 0; index--)
      if (this.#judged[index]!.call.id === callId) return index;
    return -1;
  }

  #goBackTo(index: number): void {
    const first = this.#judged[index];
    if (this.#replay && this.#replay.at > index) this.#replay = undefined;
    const { journal, verifierJournal } = this.#lore;
    if (first && verifierJournal.rewind(first.verifierMark) && journal.rewind(first.mark)) {
      this.#judged.length = index;
      return;
    }
    this.#lore = newLore(this.#options);
    this.#judged = [];
    this.#replay = undefined;
  }

  #forgetOld(): void {
    const oldest = this.#judged.at(-KEPT_TO_GO_BACK);
    if (!oldest) return;
    this.#lore.journal.forget(oldest.mark);
    this.#lore.verifierJournal.forget(oldest.verifierMark);
  }

  #dropOldResults(): void {
    const ids = new Set(this.#recording.calls.map(({ id }) => id));
    for (const id of this.#results.keys()) if (!ids.has(id)) this.#results.delete(id);
  }
}

interface JudgedCall {
  call: Call;
  realm: Realm;
  /** what was known before it */
  mark: number;
  verifierMark: number;
  /** of a call that did not succeed: the credentials that it lists, as they were known when it was made */
  listed: Pick<History, "credential"> | undefined;
  result: CallAnalysis;
}

/** Enough to keep the cryptography busy, few enough to leave others their turn. */
const AT_ONCE = 64;

/** A call further back that changes costs all of them. */
const KEPT_TO_GO_BACK = 512;

const NOTHING: Recording = {
  format: "keyhole-recording",
  version: 1,
  createdBy: { name: "", version: "" },
  createdAt: "",
  realms: [],
  calls: [],
};

/** What is known from the calls so far. */
function newLore(options: AnalyzeOptions) {
  const journal = new Journal();
  const verifierJournal = new Journal();
  return {
    journal,
    verifierJournal,
    history: new History(journal),
    overlaps: new Overlaps(journal),
    verifier: new Verifier(options, verifierJournal),
  };
}

/** Ceremonies by call, for as long as the call is held by someone: another way of judging does not decode it anew. */
const understood = new WeakMap<Call, { realm: Realm; parts: readonly unknown[]; ceremony: Ceremony }>();

function understand(call: Call, realm: Realm): Ceremony {
  const parts = [call.arguments, call.outcome, call.api, call.id];
  const last = understood.get(call);
  if (last?.realm === realm && last.parts.every((part, index) => part === parts[index])) return last.ceremony;
  const ceremony = readCeremony(call, realm);
  understood.set(call, { realm, parts, ceremony });
  return ceremony;
}

function platformFor({ platform, elsewhere = CURRENT_IOS }: AnalyzeOptions) {
  return (realm: Realm): Platform => {
    if (platform) return platform;
    const recordedOn = platformOf(realm);
    return isAppleMobile(recordedOn) ? recordedOn : elsewhere;
  };
}
