import { useMemo, useState } from "preact/hooks";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Dialog } from "../ui/Dialog.js";
import { say, sayParts } from "../words/say.js";

/** The hook as a script for Web Inspector: to copy, or to select by hand, and what to do with it. */
export function BootstrapDialog({ store }: { store: Store }) {
  const { copy } = useActions();
  const [isForConsole, setForConsole] = useState(false);
  const make = store.bootstrapScript;
  const text = useMemo(() => make?.(isForConsole ? "calls" : "off") ?? "", [make, isForConsole]);
  return (
    <Dialog title={say("bootstrapScript")} onClose={() => store.showDialog(undefined)}>
      <p>{say("bootstrap_what")}</p>
      <ol class="bootstrap-steps">
        <li>{say("bootstrap_copyStep")}</li>
        <li>{sayParts("bootstrap_develop", { menu: <b>{say("bootstrap_menuDevelop")}</b> })}</li>
        <li>
          {sayParts("bootstrap_sources", {
            sources: <b>{say("bootstrap_menuSources")}</b>,
            plus: <b>+</b>,
            item: <b>{say("bootstrap_menuItem")}</b>,
          })}
        </li>
        <li>{sayParts("bootstrap_paste", { keys: <b>⌘S</b> })}</li>
        <li>{say("bootstrap_reload")}</li>
        {isForConsole ? (
          <li>
            {sayParts("bootstrap_console", {
              console: <b>{say("bootstrap_menuConsole")}</b>,
              prefix: <code>keyhole:</code>,
              save: <b>{say("bootstrap_menuSave")}</b>,
              copy: <b>{say("bootstrap_menuCopy")}</b>,
              preserve: <b>{say("bootstrap_menuPreserve")}</b>,
            })}
          </li>
        ) : (
          <li>{sayParts("bootstrap_openTab", { tab: <b>Keyhole</b> })}</li>
        )}
      </ol>
      <label class="bootstrap-console">
        <input
          type="checkbox"
          checked={isForConsole}
          onChange={(event) => setForConsole(event.currentTarget.checked)}
        />
        <span>{say("bootstrap_toConsole")}</span>
      </label>
      <label class="export-text">
        <span>{say("bootstrap_script", { size: Math.ceil(text.length / 1_000) })}</span>
        <textarea
          readOnly
          rows={6}
          spellcheck={false}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <footer class="dialog-foot">
        <button
          type="button"
          class="button primary"
          data-first
          onClick={() => copy(text, say("bootstrap_copied"))}
        >
          {say("bootstrap_copy")}
        </button>
      </footer>
    </Dialog>
  );
}
