import { useRef } from "preact/hooks";
import { Icon } from "../ui/Icon.js";
import { say } from "../words/say.js";
import type { SiteStore } from "./recordingSites.js";

/** Whether to ask before recording on a site, and on which sites that was allowed. */
export function SiteSwitches({ sites }: { sites: SiteStore }) {
  const box = useRef<HTMLInputElement>(null);
  const { ask, allowed } = sites.current.value;
  return (
    <fieldset class="site-switches">
      <label>
        <span>
          {say("sites_ask")}
          <span class="quiet"> · {say("sites_hint")}</span>
        </span>
        <input
          ref={box}
          type="checkbox"
          checked={ask}
          onChange={(event) => sites.setAsk(event.currentTarget.checked)}
        />
      </label>
      {ask && allowed.length === 0 && <p class="quiet">{say("sites_none")}</p>}
      {ask && allowed.length > 0 && (
        <ul aria-label={say("sites_allowed")}>
          {allowed.map((site) => (
            <li key={site}>
              <span>{site}</span>
              <button
                type="button"
                class="icon-button"
                aria-label={say("sites_remove", { site })}
                title={say("sites_remove", { site })}
                onClick={() => {
                  sites.remove(site);
                  // The button goes: the focus must not be lost with it.
                  box.current?.focus();
                }}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
