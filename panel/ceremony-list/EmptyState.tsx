import demoRecording from "../demo/demo.keyhole.json?raw";
import type { Store } from "../store/createStore.js";
import { hostOf, isTopLevel } from "../store/rows.js";
import { isWithheld, siteSentence } from "../toolbar/SiteNotes.js";
import { Icon } from "../ui/Icon.js";
import { say, sayParts } from "../words/say.js";

/** Nothing was recorded yet: what to do next, and whether the hook is in place. */
export function EmptyState({ store }: { store: Store }) {
  const { capabilities, status, state, switches } = store.log.value;
  if (!capabilities.live) {
    return (
      <div class="empty">
        <h2>{say("empty_noCalls")}</h2>
      </div>
    );
  }
  const asked = siteSentence(store);
  const page = [...state.value.realms.values()].filter(isTopLevel).at(-1);
  const isHooked = status.value.state === "live" && !asked;
  const isPaused = !switches.value.recording;
  return (
    <div class="empty">
      <h2>{say(isPaused ? "status_paused" : "empty_none")}</h2>
      <p class="empty-hook">
        <Icon name={isHooked ? "good" : "waiting"} />
        <span>
          {isHooked && page
            ? say("empty_hooked", { status: status.value.sentence, page: hostOf(page.origin) || page.url })
            : (asked ?? status.value.sentence)}
        </span>
      </p>
      <ol>
        {isPaused && <li>{say("empty_goOn")}</li>}
        {isHooked && page && !page.isSecureContext && <li>{say("empty_notSecure")}</li>}
        {isWithheld(store) && <li>{say("empty_allow")}</li>}
        <li>{say("empty_use")}</li>
        <li>{say("empty_select")}</li>
      </ol>
      <p>
        {sayParts("empty_or", {
          open: (
            <button type="button" class="link" onClick={() => store.showDialog({ kind: "import" })}>
              {say("empty_openRecording")}
            </button>
          ),
          demo: (
            <button
              type="button"
              class="link"
              onClick={() => void store.importAny(demoRecording, say("empty_demo"))}
            >
              {say("empty_demo")}
            </button>
          ),
        })}
      </p>
    </div>
  );
}
