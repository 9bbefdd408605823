import { useMemo, useState } from "preact/hooks";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Dialog } from "../ui/Dialog.js";

/** The hook as a script for Web Inspector: to copy, or to select by hand, and what to do with it. */
export function BootstrapDialog({ store }: { store: Store }) {
  const { copy } = useActions();
  const [isForConsole, setForConsole] = useState(false);
  const make = store.bootstrapScript;
  const text = useMemo(() => make?.(isForConsole ? "calls" : "off") ?? "", [make, isForConsole]);
  return (
    <Dialog title="Bootstrap Script" onClose={() => store.showDialog(undefined)}>
      <p>
        With this script in Web Inspector, calls are recorded from a page’s first script on, on an iPhone or
        iPad as on a Mac, with no extension on the device.
      </p>
      <ol class="bootstrap-steps">
        <li>Copy the script.</li>
        <li>
          On the Mac, in Safari’s <b>Develop</b> menu, choose the device and the page. Web Inspector opens.
        </li>
        <li>
          In <b>Sources</b>, press <b>+</b> at the lower left and choose <b>Inspector Bootstrap Script</b>.
        </li>
        <li>
          Paste the script in place of what stands there, and press <b>⌘S</b>. The Mac keeps it.
        </li>
        <li>Reload the page with Web Inspector open. Then use your passkey.</li>
        {isForConsole ? (
          <li>
            In <b>Console</b>, select the lines that begin with <code>keyhole:</code> (or all), choose{" "}
            <b>Save Selected</b> or <b>Copy Selected</b>, and import the text here. Switch on{" "}
            <b>Preserve Log</b> there if the page goes elsewhere.
          </li>
        ) : (
          <li>
            Open the <b>Keyhole</b> tab of that Web Inspector. Where there is none, use the console instead.
          </li>
        )}
      </ol>
      <label class="bootstrap-console">
        <input
          type="checkbox"
          checked={isForConsole}
          onChange={(event) => setForConsole(event.currentTarget.checked)}
        />
        <span>Write each call to the console, too, as a line that can be imported</span>
      </label>
      <label class="export-text">
        <span>
          The script, {Math.ceil(text.length / 1_000)} kB. It has your own key in it: a script from another
          computer cannot be read here.
        </span>
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
          onClick={() => copy(text, "the Bootstrap Script")}
        >
          Copy the script
        </button>
      </footer>
    </Dialog>
  );
}
