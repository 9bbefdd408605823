import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import type { BytesFormat, Theme } from "./preferences.js";
import { RuleSwitches } from "./RuleSwitches.js";

/** What the panel remembers, and the switches of the source that a narrow toolbar has no room for. */
export function SettingsDialog({
  store,
  sought,
  visited,
}: {
  store: Store;
  /** among the rules, when the dialog was left for a rule's entry */
  sought?: string | undefined;
  visited?: string | undefined;
}) {
  const { theme, bytesFormat, maskExports } = store.preferences.current.value;
  const { setPreserveLog, switches } = store.log.value;
  return (
    <Dialog title="Settings" onClose={() => store.showDialog(undefined)}>
      <div class="settings">
        <label>
          <span>Theme</span>
          <select
            value={theme}
            onChange={(event) => store.preferences.change("theme", event.currentTarget.value as Theme)}
          >
            <option value="auto">As DevTools</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <label>
          <span>Show bytes as</span>
          <select
            value={bytesFormat}
            onChange={(event) =>
              store.preferences.change("bytesFormat", event.currentTarget.value as BytesFormat)
            }
          >
            <option value="base64url">base64url</option>
            <option value="hex">hexadecimal</option>
          </select>
        </label>
        <label>
          <span>Mask exports: names, ids, keys and the like</span>
          <input
            type="checkbox"
            checked={maskExports}
            onChange={(event) => store.preferences.change("maskExports", event.currentTarget.checked)}
          />
        </label>
        {setPreserveLog && (
          <label>
            <span>Preserve log across navigations</span>
            <input
              type="checkbox"
              checked={switches.value.preserveLog}
              onChange={(event) => setPreserveLog(event.currentTarget.checked)}
            />
          </label>
        )}
      </div>
      <RuleSwitches store={store} soughtBefore={sought} visited={visited} />
    </Dialog>
  );
}
