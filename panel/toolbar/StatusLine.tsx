import { isTopLevel } from "../../src/index.js";
import { troubleOf } from "../ceremony-list/EmptyState.js";
import { describeHidden } from "../findings/Findings.js";
import type { Store } from "../store/createStore.js";
import { hostOf } from "../store/rows.js";
import { Icon } from "../ui/Icon.js";
import { describeMoment } from "../words/describeTime.js";
import { say, sayCount, sayParts } from "../words/say.js";
import { SiteNotes, siteSentence } from "./SiteNotes.js";

/** Where the calls come from and whether any are missing, in words. */
export function StatusLine({ store }: { store: Store }) {
  const opening = store.opening.value;
  if (opening !== undefined) {
    return (
      <div class="status imported">
        <b>
          <Icon name="import" />
          <span class="file-name">{say("status_openingFile", { name: opening })}</span>
        </b>
        <span class="judging">
          <progress aria-label={say("status_opening")} value={store.openingShare.value} />
        </span>
      </div>
    );
  }
  return store.importedName.value === undefined ? (
    <LiveStatus store={store} />
  ) : (
    <ImportedStatus store={store} />
  );
}

function LiveStatus({ store }: { store: Store }) {
  const { status, state, switches } = store.log.value;
  const { realms } = state.value;
  const page = [...realms.values()].filter(isTopLevel).at(-1);
  const frames = page
    ? [...realms.values()].filter((realm) => realm.startedAt >= page.startedAt && !isTopLevel(realm)).length
    : 0;
  const isLate = page !== undefined && page.hook.readyState !== "loading";
  const isPaused = !switches.value.recording;
  const asked = siteSentence(store);
  const tone =
    status.value.state === "lost" && !asked
      ? "bad"
      : status.value.state !== "live" || isLate || isPaused || asked
        ? "waiting"
        : "good";
  return (
    <div class={`status ${tone}`}>
      {troubleOf(store) === undefined && (
        <b>
          <Icon name={tone === "good" ? "good" : tone === "bad" ? "bad" : "waiting"} />
          {isPaused ? say("status_paused") : (asked ?? status.value.sentence)}
        </b>
      )}
      <SiteNotes store={store} />
      {page && !asked && <span>{hostOf(page.origin)}</span>}
      {isLate && <Late store={store} isByInspector={page.hook.via === "inspector"} />}
      {frames > 0 && <span>{sayCount("frameCount", frames)}</span>}
      <span>{sayCount("callCount", state.value.calls.length)}</span>
      <Hidden store={store} />
      <Judging store={store} />
    </div>
  );
}

/** What catches the calls that are missing: a reload, or, where only the inspector puts the hook in, its script. */
function Late({ store, isByInspector }: { store: Store; isByInspector: boolean }) {
  if (!isByInspector || !store.bootstrapScript) return <span class="late">{say("status_reload")}</span>;
  return (
    <span class="late">
      {sayParts("status_bootstrap", {
        script: (
          <button type="button" class="link" onClick={() => store.showDialog({ kind: "bootstrap" })}>
            {say("bootstrapScript")}
          </button>
        ),
      })}
    </span>
  );
}

function ImportedStatus({ store }: { store: Store }) {
  const problems = store.importedProblems.value;
  const { createdAt, createdBy, calls, redaction } = store.recording.value;
  return (
    <div class="status imported">
      <b>
        <Icon name="import" />
        <span class="file-name" title={store.importedName.value}>
          {store.importedName.value}
        </span>
      </b>
      <span>{sayCount("callCount", calls.length)}</span>
      <Hidden store={store} />
      <span>
        {store.importedAs.value === "Keyhole recording"
          ? `${createdBy.name} ${createdBy.version}, ${describeMoment(Date.parse(createdAt)).slice(0, 16)}`
          : say("status_takenFor", { what: store.importedAs.value })}
      </span>
      <Judging store={store} />
      {problems.length > 0 && (
        <button
          type="button"
          class="link late"
          title={say("status_odditiesHint")}
          onClick={() => store.showDialog({ kind: "oddities" })}
        >
          {sayCount("status_oddities", store.importedOddities.value)}
        </button>
      )}
      {redaction && <span>{say("status_masked", { profile: redaction.profile })}</span>}
      <button type="button" class="button" onClick={() => store.backToLive()}>
        {say("status_backToLive")}
      </button>
    </div>
  );
}

/** How far a long analysis is. Rows without findings so far may still get some. */
function Judging({ store }: { store: Store }) {
  const progress = store.judgingProgress.value;
  if (!progress) return null;
  const { done, total } = progress;
  return (
    <span class="judging">
      <progress max={total} value={done} aria-label={say("status_judgingLabel")} />
      {say("status_judging", { done, total })}
    </span>
  );
}

/** How much the switched-off rules hide; leads to their switches. */
function Hidden({ store }: { store: Store }) {
  const hidden = store.hiddenFindings.value;
  if (hidden.length === 0) return null;
  return (
    <button
      type="button"
      class="link hidden-count"
      title={say("status_hiddenHint")}
      onClick={() => store.showDialog({ kind: "settings" })}
    >
      {describeHidden(hidden)}
    </button>
  );
}
