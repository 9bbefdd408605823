import { useEffect, useRef } from "preact/hooks";
import { IOS_GENERATIONS } from "../../src/index.js";
import { FindingCounts } from "../findings/FindingCounts.js";
import type { Store } from "../store/createStore.js";
import type { Kind } from "../store/filter.js";
import { Icon } from "../ui/Icon.js";
import { Menu } from "../ui/Menu.js";
import { useIsNarrow } from "../ui/useIsNarrow.js";
import { CURRENT_IOS_LABEL } from "../words/describeFinding.js";
import { say } from "../words/say.js";

/** Record, clear, preserve log | filter | judge as | import, export, settings. */
export function Toolbar({ store, openViewer }: { store: Store; openViewer?: (() => void) | undefined }) {
  const { log, filter, preferences } = store;
  const { recording, preserveLog } = log.value.switches.value;
  const { setRecording, setPreserveLog, clear } = log.value;
  const toolbar = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow(toolbar, NARROW);
  return (
    <div class="toolbar" ref={toolbar}>
      <div class="tools">
        {setRecording && (
          <button
            type="button"
            class="icon-button record"
            aria-pressed={recording}
            aria-label={say("toolbar_record")}
            title={say(recording ? "toolbar_pause" : "toolbar_goOn")}
            onClick={() => setRecording(!recording)}
          >
            <Icon name={recording ? "record" : "paused"} />
          </button>
        )}
        {clear && (
          <button
            type="button"
            class="icon-button"
            aria-label={say("toolbar_clear")}
            title={say("toolbar_clearHint")}
            onClick={() => store.clear()}
          >
            <Icon name="clear" />
          </button>
        )}
        {setPreserveLog && (
          <label class="check" title={say("toolbar_preserveLogHint")}>
            <input
              type="checkbox"
              checked={preserveLog}
              onChange={(event) => setPreserveLog(event.currentTarget.checked)}
            />
            <span>{say("toolbar_preserveLog")}</span>
          </label>
        )}
        {setPreserveLog && (
          <Menu
            label={say("toolbar_moreOfLog")}
            class="icon-button log-menu"
            items={[
              {
                label: say("toolbar_preserveLog"),
                isOn: preserveLog,
                run: () => setPreserveLog(!preserveLog),
              },
            ]}
          >
            <Icon name="more" />
          </Menu>
        )}
      </div>
      <FilterField store={store} />
      <div class="chips" role="group" aria-label={say("toolbar_kinds")}>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            class="chip"
            aria-pressed={filter.value.kind === kind}
            onClick={() => store.setFilter({ kind })}
          >
            {say(`toolbar_${kind}Calls`)}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="chip with-findings"
        aria-pressed={filter.value.onlyWithFindings}
        title={say("toolbar_onlyWithFindingsHint")}
        onClick={() => store.setFilter({ onlyWithFindings: !filter.value.onlyWithFindings })}
      >
        <span class="wide">{say("toolbar_onlyWithFindings")}</span>
        <span class="narrow">{say("toolbar_findings")}</span> <FindingCounts {...store.totals.value} />
      </button>
      <label class="judge">
        <span>{say("toolbar_judgeAs")}</span>
        <select
          value={preferences.current.value.judgeAs}
          onChange={(event) => store.setJudgeAs(event.currentTarget.value)}
        >
          <option value="">
            {isNarrow ? say("judgeAsRecordedShort") : say("judgeAsRecorded", { ios: CURRENT_IOS_LABEL })}
          </option>
          {[...IOS_GENERATIONS].reverse().map(({ label }) => (
            <option key={label} value={label}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <div class="tools">
        <button
          type="button"
          class="icon-button"
          title={say("toolbar_timelineHint")}
          aria-label={say("timeline")}
          onClick={() => store.showDialog({ kind: "timeline" })}
        >
          <Icon name="timeline" />
        </button>
        <button
          type="button"
          class="icon-button"
          title={say("toolbar_credentialsHint")}
          aria-label={say("toolbar_credentials")}
          onClick={() => store.showDialog({ kind: "credentials" })}
        >
          <Icon name="key" />
        </button>
        <button
          type="button"
          class="tool"
          title={say("toolbar_importHint")}
          aria-label={say("toolbar_import")}
          onClick={() => store.showDialog({ kind: "import" })}
        >
          <Icon name="import" />
          <span class="wide">{say("toolbar_import")}</span>
        </button>
        <button
          type="button"
          class="tool"
          title={say("toolbar_exportHint")}
          aria-label={say("toolbar_export")}
          onClick={() => store.showDialog({ kind: "export" })}
        >
          <Icon name="export" />
          <span class="wide">{say("toolbar_export")}</span>
        </button>
        {openViewer && (
          <button
            type="button"
            class="icon-button"
            title={say("toolbar_viewerHint")}
            aria-label={say("toolbar_viewer")}
            onClick={openViewer}
          >
            <Icon name="device" />
          </button>
        )}
        {store.bootstrapScript && (
          <button
            type="button"
            class="icon-button"
            title={say("toolbar_bootstrapHint")}
            aria-label={say("bootstrapScript")}
            onClick={() => store.showDialog({ kind: "bootstrap" })}
          >
            <Icon name="phone" />
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          title={say("settings")}
          aria-label={say("settings")}
          onClick={() => store.showDialog({ kind: "settings" })}
        >
          <Icon name="settings" />
        </button>
      </div>
    </div>
  );
}

/** CSS pixels, also in toolbar.css. */
const NARROW = 560;

const KINDS: readonly Kind[] = ["all", "create", "get", "other"];

function FilterField({ store }: { store: Store }) {
  const { filter, filterProblem, rows, log } = store;
  const input = useRef<HTMLInputElement>(null);
  const problem = filterProblem.value;
  const total = log.value.state.value.calls.length;
  const isFiltering =
    filter.value.text !== "" || filter.value.kind !== "all" || filter.value.onlyWithFindings;
  const { shown } = rows.value;

  // A screen reader is told once a person has stopped typing.
  useEffect(() => {
    if (!isFiltering) return;
    const timer = setTimeout(() => store.announce(problem ?? say("filter_announced", { shown, total })), 600);
    return () => clearTimeout(timer);
  }, [isFiltering, problem, shown, total]);

  return (
    <div class={`filter${problem ? " has-problem" : ""}`}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        class="filter-input"
        placeholder={say("filter_placeholder")}
        aria-label={say("filter")}
        aria-invalid={problem !== undefined}
        title={problem ?? say("filter_hint")}
        spellcheck={false}
        autocomplete="off"
        value={filter.value.text}
        onInput={(event) => store.setFilter({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || filter.peek().text === "") return;
          store.setFilter({ text: "" });
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {problem ? (
        <span class="filter-problem">{say("filter_notRegex")}</span>
      ) : (
        isFiltering && <span class="filter-count">{say("filter_shown", { shown, total })}</span>
      )}
    </div>
  );
}
