import { useMemo, useState } from "preact/hooks";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Dialog } from "../ui/Dialog.js";
import { Flags } from "../ui/Flags.js";
import { Icon } from "../ui/Icon.js";
import { count } from "../words/count.js";
import { describeTime } from "../words/describeTime.js";
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
  return (
    <Dialog title="Credentials" onClose={() => store.showDialog(undefined)}>
      {lives.length === 0 ? (
        <p>No credential was made, used or listed in this log.</p>
      ) : (
        <>
          <input
            type="search"
            aria-label="Find a credential"
            placeholder="RP ID, provider, credential ID or user handle"
            spellcheck={false}
            autocomplete="off"
            value={sought}
            onInput={(event) => setSought(event.currentTarget.value)}
          />
          <p class="quiet">
            {found.length === lives.length
              ? count(lives.length, "credential")
              : `${found.length} of ${count(lives.length, "credential")}`}
            {found.length > SHOWN && `; the last ${SHOWN} are shown`}
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
        <b>{credential.provider ?? "Provider not known"}</b>{" "}
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
          aria-label="Copy credential ID"
          title="Copy credential ID"
          onClick={() => copy(credential.credentialId, "credential ID")}
        >
          <Icon name="copy" />
        </button>
        {flags && <Flags flags={flags} />}
      </div>
      <div class="quiet">
        {transports ? `Transports: ${transports.join(", ") || "none"}` : "Registration not seen"}
        {signCounts.length > 0 && ` · sign count ${describeCounts(signCounts)}`}
        {credential.userHandle !== undefined && ` · user handle ${shorten(credential.userHandle, 30)}`}
      </div>
      <ol class="life-events">
        {early > 0 && <li class="quiet">{count(early, "earlier event")}</li>}
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
              {what} {describeTime(call.startedAt)}
            </button>
          </li>
        ))}
      </ol>
    </li>
  );
}

function fateOf({ credential, overwrittenBy, signalledAway }: Life): {
  tone: "good" | "bad" | "stopped" | "unknown";
  word: string;
} {
  if (overwrittenBy || credential.state === "overwritten") return { tone: "bad", word: "overwritten" };
  if (signalledAway) return { tone: "stopped", word: "signalled away" };
  if (credential.state === "active") return { tone: "good", word: "in use" };
  return { tone: "unknown", word: "fate unknown" };
}

/** "0 (does not count)", "3 → 7 → 8", the last few of many. */
function describeCounts(counts: readonly number[]): string {
  if (counts.every((each) => each === 0)) return "0 (does not count)";
  const distinct = counts.filter((each, index) => each !== counts[index - 1]);
  return `${distinct.length > 6 ? "… → " : ""}${distinct.slice(-6).join(" → ")}`;
}
