import { useEffect, useRef } from "preact/hooks";
import { IOS_GENERATIONS } from "../../src/index.js";
import { FindingCounts } from "../findings/FindingCounts.js";
import type { Store } from "../store/createStore.js";
import type { Kind } from "../store/filter.js";
import { Icon } from "../ui/Icon.js";
import { Menu } from "../ui/Menu.js";
import { CURRENT_IOS_LABEL } from "../words/describeFinding.js";

/** Record, clear, preserve log | filter | judge as | import, export, settings. */
export function Toolbar({ store, openViewer }: { store: Store; openViewer?: (() => void) | undefined }) {
  const { log, filter, preferences } = store;
  const { recording, preserveLog } = log.value.switches.value;
  const { setRecording, setPreserveLog, clear } = log.value;
  return (
    <div class="toolbar">
      <div class="tools">
        {setRecording && (
          <button
            type="button"
            class="icon-button record"
            aria-pressed={recording}
            aria-label="Record"
            title={recording ? "Pause recording" : "Go on recording"}
            onClick={() => setRecording(!recording)}
          >
            <Icon name={recording ? "record" : "paused"} />
          </button>
        )}
        {clear && (
          <button
            type="button"
            class="icon-button"
            aria-label="Clear"
            title="Clear (Ctrl/⌘ K)"
            onClick={() => store.clear()}
          >
            <Icon name="clear" />
          </button>
        )}
        {setPreserveLog && (
          <label class="check" title="Keep the log when the page reloads or goes elsewhere">
            <input
              type="checkbox"
              checked={preserveLog}
              onChange={(event) => setPreserveLog(event.currentTarget.checked)}
            />
            <span>Preserve log</span>
          </label>
        )}
        {setPreserveLog && (
          <Menu
            label="More of the log"
            class="icon-button log-menu"
            items={[{ label: "Preserve log", isOn: preserveLog, run: () => setPreserveLog(!preserveLog) }]}
          >
            <Icon name="more" />
          </Menu>
        )}
      </div>
      <FilterField store={store} />
      <div class="chips" role="group" aria-label="Kind of call">
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            class="chip"
            aria-pressed={filter.value.kind === kind}
            onClick={() => store.setFilter({ kind })}
          >
            {kind === "all" ? "All" : kind}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="chip with-findings"
        aria-pressed={filter.value.onlyWithFindings}
        title="Only calls with findings"
        onClick={() => store.setFilter({ onlyWithFindings: !filter.value.onlyWithFindings })}
      >
        <span class="wide">Only with findings</span>
        <span class="narrow">Findings</span> <FindingCounts {...store.totals.value} />
      </button>
      <label class="judge">
        <span>Judge as</span>
        <select
          value={preferences.current.value.judgeAs}
          onChange={(event) => store.setJudgeAs(event.currentTarget.value)}
        >
          <option value="">As recorded, else {CURRENT_IOS_LABEL}</option>
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
          title="Credentials: where each was made, used, replaced"
          aria-label="Credentials"
          onClick={() => store.showDialog({ kind: "credentials" })}
        >
          <Icon name="key" />
        </button>
        <button
          type="button"
          class="tool"
          title="Open a recording"
          aria-label="Import"
          onClick={() => store.showDialog({ kind: "import" })}
        >
          <Icon name="import" />
          <span class="wide">Import</span>
        </button>
        <button
          type="button"
          class="tool"
          title="Save the log, or a report of it"
          aria-label="Export"
          onClick={() => store.showDialog({ kind: "export" })}
        >
          <Icon name="export" />
          <span class="wide">Export</span>
        </button>
        {openViewer && (
          <button
            type="button"
            class="icon-button"
            title="Look at an iPhone or another browser, in the viewer"
            aria-label="Viewer"
            onClick={openViewer}
          >
            <Icon name="device" />
          </button>
        )}
        {store.bootstrapScript && (
          <button
            type="button"
            class="icon-button"
            title="Bootstrap Script for an iPhone in Web Inspector"
            aria-label="Bootstrap Script"
            onClick={() => store.showDialog({ kind: "bootstrap" })}
          >
            <Icon name="phone" />
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          title="Settings"
          aria-label="Settings"
          onClick={() => store.showDialog({ kind: "settings" })}
        >
          <Icon name="settings" />
        </button>
      </div>
    </div>
  );
}

const KINDS: readonly Kind[] = ["all", "create", "get", "other"];

function FilterField({ store }: { store: Store }) {
  const { filter, filterProblem, rows, log } = store;
  const input = useRef<HTMLInputElement>(null);
  const problem = filterProblem.value;
  const total = log.value.state.value.calls.length;
  const isFiltering =
    filter.value.text !== "" || filter.value.kind !== "all" || filter.value.onlyWithFindings;
  const shown = `${rows.value.shown} of ${total}`;

  // A screen reader is told once a person has stopped typing.
  useEffect(() => {
    if (!isFiltering) return;
    const timer = setTimeout(() => store.announce(problem ?? `${shown} calls shown`), 600);
    return () => clearTimeout(timer);
  }, [isFiltering, problem, shown]);

  return (
    <div class={`filter${problem ? " has-problem" : ""}`}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        class="filter-input"
        placeholder="Filter, or /regex/"
        aria-label="Filter"
        aria-invalid={problem !== undefined}
        title={problem ?? "RP ID, names, ids, errors, rules. Text, or a regular expression between slashes."}
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
        <span class="filter-problem">not a regex</span>
      ) : (
        isFiltering && <span class="filter-count">{shown}</span>
      )}
    </div>
  );
}
