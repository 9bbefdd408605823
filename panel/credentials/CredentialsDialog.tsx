import { useMemo, useState } from "preact/hooks";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Dialog } from "../ui/Dialog.js";
import { Flags } from "../ui/Flags.js";
import { Icon } from "../ui/Icon.js";
import { describeTime } from "../words/describeTime.js";
import { say, sayCount, sayParts } from "../words/say.js";
import { shorten, showControls } from "../words/shorten.js";
import { type Life, livesOf } from "./lives.js";

/** Every credential of the log: where it was made, used, replaced or signalled away. */
export function CredentialsDialog({ store }: { store: Store }) {
  const { calls } = store.log.value.state.value;
  const known = store.known.value;
  const lives = useMemo(() => livesOf(calls, store.credentials.value, known), [calls, known]);
  const [sought, setSought] = useState("");
  const needle = sought.trim().toLowerCase();
  const found = lives.filter(({ credential }) =>
    [credential.credentialId, credential.rpId, credential.provider, credential.userHandle].some((text) =>
      text?.toLowerCase().includes(needle),
    ),
  );
  const amount =
    found.length === lives.length
      ? sayCount("credentialCount", lives.length)
      : sayCount("credentials_found", lives.length, { found: found.length });
  return (
    <Dialog title={say("credentials_title")} onClose={() => store.showDialog(undefined)}>
      {lives.length === 0 ? (
        <p>{say("credentials_none")}</p>
      ) : (
        <>
          <input
            type="search"
            aria-label={say("credentials_find")}
            placeholder={say("credentials_findBy")}
            spellcheck={false}
            autocomplete="off"
            value={sought}
            onInput={(event) => setSought(event.currentTarget.value)}
          />
          <p class="quiet">
            {found.length > SHOWN ? say("credentials_lastShown", { amount, shown: SHOWN }) : amount}
          </p>
          <ul class="lives">
            {found.slice(-SHOWN).map((life) => (
              <LifeItem
                key={`${life.credential.rpId} ${life.credential.credentialId}`}
                store={store}
                life={life}
              />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

/** Nobody reads more, and a log may hold thousands. */
const SHOWN = 100;
const SHOWN_EVENTS = 12;

function LifeItem({ store, life }: { store: Store; life: Life }) {
  const { copy } = useActions();
  const { credential, events, flags, transports, signCounts } = life;
  const { tone, word } = fateOf(life);
  const early = events.length - SHOWN_EVENTS;
  return (
    <li class="life">
      <div class="life-head">
        <b>{credential.provider ?? say("credentials_noProvider")}</b>{" "}
        <span>{showControls(shorten(credential.rpId, 80))}</span>
        <span class={`life-state ${tone}`}>
          <Icon name={tone} /> {word}
        </span>
      </div>
      <div class="life-id">
        <code title={credential.credentialId}>{shorten(credential.credentialId, 44)}</code>
        <button
          type="button"
          class="icon-button"
          aria-label={say("credentials_copy")}
          title={say("credentials_copy")}
          onClick={() => copy(credential.credentialId, say("credentials_id"))}
        >
          <Icon name="copy" />
        </button>
        {flags && <Flags flags={flags} />}
      </div>
      <div class="quiet">
        {describeTransports(transports)}
        {signCounts.length > 0 &&
          ` · ${say("credentials_signCount", { counts: describeCounts(signCounts) })}`}
        {credential.userHandle !== undefined && (
          <>
            {" · "}
            {sayParts("credentials_userHandle", {
              handle: <code title={credential.userHandle}>{shorten(credential.userHandle, 16)}</code>,
            })}
          </>
        )}
      </div>
      <ol class="life-events">
        {early > 0 && <li class="quiet">{sayCount("credentials_earlier", early)}</li>}
        {events.slice(-SHOWN_EVENTS).map(({ call, what }, index) => (
          <li key={`${call.id} ${what} ${index}`}>
            <button
              type="button"
              class={`link ${what === "overwritten" || what === "signalled away" ? "end" : ""}`}
              onClick={() => {
                store.showDialog(undefined);
                store.open(call.id);
              }}
            >
              {say(EVENTS[what], { time: describeTime(call.startedAt) })}
            </button>
          </li>
        ))}
      </ol>
    </li>
  );
}

const EVENTS = {
  registered: "credentials_event_registered",
  used: "credentials_event_used",
  listed: "credentials_event_listed",
  "signalled away": "credentials_event_signalledAway",
  overwritten: "credentials_event_overwritten",
} as const satisfies Record<Life["events"][number]["what"], string>;

function describeTransports(transports: readonly string[] | undefined): string {
  if (!transports) return say("credentials_notSeen");
  if (transports.length === 0) return say("credentials_noTransports");
  return say("credentials_transports", { transports: transports.join(", ") });
}

function fateOf({ credential, overwrittenBy, signalledAway }: Life): {
  tone: "good" | "bad" | "stopped" | "unknown";
  word: string;
} {
  if (overwrittenBy || credential.state === "overwritten")
    return { tone: "bad", word: say("credentials_overwritten") };
  if (signalledAway) return { tone: "stopped", word: say("credentials_signalledAway") };
  if (credential.state === "active") return { tone: "good", word: say("credentials_inUse") };
  return { tone: "unknown", word: say("credentials_unknown") };
}

/** "0 (does not count)", "3 → 7 → 8", the last few of many. */
function describeCounts(counts: readonly number[]): string {
  if (counts.every((each) => each === 0)) return say("credentials_noCount");
  const distinct = counts.filter((each, index) => each !== counts[index - 1]);
  return `${distinct.length > 6 ? "… → " : ""}${distinct.slice(-6).join(" → ")}`;
}
