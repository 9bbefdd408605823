import { type AuthenticatorData, type Call, type CredentialHistory, readSnapshot } from "../../src/index.js";
import type { Known } from "../store/known.js";

/** What happened to one credential, as far as the log tells. */
export interface Life {
  credential: CredentialHistory;
  events: Event[];
  /** as its registration said; undefined: it did not, or was not seen */
  transports?: readonly string[];
  /** as it said last */
  flags?: AuthenticatorData["flags"];
  /** each that it said, oldest first */
  signCounts: readonly number[];
  /** by whom its place was taken */
  overwrittenBy?: Call;
  /** what the page told the browser to forget last, not taken back since by a use */
  signalledAway?: Call;
}

export interface Event {
  call: Call;
  what: "registered" | "used" | "listed" | "signalled away" | "overwritten";
}

/** The life of each credential across the calls of a log, the ones seen first in front; linear in the number of calls. */
export function livesOf(
  calls: readonly Call[],
  credentials: readonly CredentialHistory[],
  known: Known,
): Life[] {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const signals = signalsBy(calls);
  return credentials.map((credential) => lifeOf(credential, byId, signals, known));
}

function lifeOf(
  credential: CredentialHistory,
  byId: ReadonlyMap<string, Call>,
  signals: Signals,
  known: Known,
): Life {
  const life: Life = { credential, events: [], signCounts: [] };
  const signCounts: number[] = [];
  for (const callId of credential.callIds) {
    const call = byId.get(callId);
    if (!call) continue;
    const ceremony = known.ceremonyOf(callId);
    const returned = ceremony?.credential;
    if (returned?.credentialId !== credential.credentialId) {
      life.events.push({ call, what: "listed" });
      continue;
    }
    const { flags, signCount } = returned.authenticatorData ?? {};
    if (flags) life.flags = flags;
    if (signCount !== undefined) signCounts.push(signCount);
    if (returned.transports) life.transports = returned.transports;
    life.events.push({ call, what: ceremony?.kind === "registration" ? "registered" : "used" });
  }
  const overwrittenBy = known.overwriterOf(credential.credentialId);
  const overwriter = overwrittenBy === undefined ? undefined : byId.get(overwrittenBy);
  if (overwriter) {
    life.overwrittenBy = overwriter;
    life.events.push({ call: overwriter, what: "overwritten" });
  }
  for (const call of signals.against(credential)) life.events.push({ call, what: "signalled away" });
  life.events.sort((a, b) => a.call.startedAt - b.call.startedAt);
  const last = life.events.filter(({ what }) => what !== "listed").at(-1);
  if (last?.what === "signalled away") life.signalledAway = last.call;
  return { ...life, signCounts };
}

interface Signals {
  against(credential: CredentialHistory): readonly Call[];
}

/** What the page told the browser to forget: one credential by name, or all of an account but those listed. */
function signalsBy(calls: readonly Call[]): Signals {
  const unknown = new Map<string, Call[]>();
  const accepted = new Map<string, { call: Call; ids: ReadonlySet<string> }[]>();
  const add = <Value>(map: Map<string, Value[]>, key: string, value: Value) =>
    map.set(key, [...(map.get(key) ?? []), value]);
  for (const call of calls) {
    if (!call.api.startsWith("PublicKeyCredential.signal") || call.outcome.status === "rejected") continue;
    const options = readSnapshot(call.arguments[0]);
    const rpId = options.member("rpId").text();
    const text = (name: string) => options.member(name).text();
    if (call.api.endsWith("signalUnknownCredential")) add(unknown, `${rpId} ${text("credentialId")}`, call);
    if (call.api.endsWith("signalAllAcceptedCredentials")) {
      const ids = options.member("allAcceptedCredentialIds").items();
      add(accepted, `${rpId} ${text("userId")}`, {
        call,
        ids: new Set(ids.flatMap((id) => id.text() ?? [])),
      });
    }
  }
  return {
    against({ credentialId, rpId, userHandle }) {
      const lists = userHandle === undefined ? [] : (accepted.get(`${rpId} ${userHandle}`) ?? []);
      return [
        ...(unknown.get(`${rpId} ${credentialId}`) ?? []),
        ...lists.filter(({ ids }) => !ids.has(credentialId)).map(({ call }) => call),
      ];
    },
  };
}
