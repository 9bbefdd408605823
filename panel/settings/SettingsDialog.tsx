import { IOS_GENERATIONS } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { CURRENT_IOS_LABEL } from "../words/describeFinding.js";
import { say, sayCount } from "../words/say.js";
import type { BytesFormat, Theme } from "./preferences.js";
import { RuleSwitches } from "./RuleSwitches.js";
import { SiteSwitches } from "./SiteSwitches.js";

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
  const { theme, bytesFormat, judgeAs, callLimit, maskExports } = store.preferences.current.value;
  const { setPreserveLog, switches } = store.log.value;
  return (
    <Dialog title={say("settings")} onClose={() => store.showDialog(undefined)}>
      <div class="settings">
        <label>
          <span>{say("settings_theme")}</span>
          <select
            value={theme}
            onChange={(event) => store.preferences.change("theme", event.currentTarget.value as Theme)}
          >
            <option value="auto">{say("settings_themeAuto")}</option>
            <option value="light">{say("settings_themeLight")}</option>
            <option value="dark">{say("settings_themeDark")}</option>
          </select>
        </label>
        <label>
          <span>{say("settings_bytes")}</span>
          <select
            value={bytesFormat}
            onChange={(event) =>
              store.preferences.change("bytesFormat", event.currentTarget.value as BytesFormat)
            }
          >
            <option value="base64url">base64url</option>
            <option value="hex">{say("settings_hex")}</option>
          </select>
        </label>
        <label>
          <span>{say("settings_mask")}</span>
          <input
            type="checkbox"
            checked={maskExports}
            onChange={(event) => store.preferences.change("maskExports", event.currentTarget.checked)}
          />
        </label>
        <label>
          <span>{say("settings_judgeAs")}</span>
          <select value={judgeAs} onChange={(event) => store.setJudgeAs(event.currentTarget.value)}>
            <option value="">{say("judgeAsRecorded", { ios: CURRENT_IOS_LABEL })}</option>
            {[...IOS_GENERATIONS].reverse().map(({ label }) => (
              <option key={label} value={label}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{say("settings_limit")}</span>
          <select
            value={String(callLimit)}
            onChange={(event) => store.preferences.change("callLimit", Number(event.currentTarget.value))}
          >
            {LIMITS.map((limit) => (
              <option key={limit} value={String(limit)}>
                {sayCount("callCount", limit)}
              </option>
            ))}
          </select>
        </label>
        {setPreserveLog && (
          <label>
            <span>{say("settings_preserveLog")}</span>
            <input
              type="checkbox"
              checked={switches.value.preserveLog}
              onChange={(event) => setPreserveLog(event.currentTarget.checked)}
            />
          </label>
        )}
      </div>
      {store.sites && <SiteSwitches sites={store.sites} />}
      <RuleSwitches store={store} soughtBefore={sought} visited={visited} />
    </Dialog>
  );
}

/** numbers of calls to choose from; a long log costs memory, and hardly any time */
const LIMITS = [500, 2_000, 5_000, 10_000];
