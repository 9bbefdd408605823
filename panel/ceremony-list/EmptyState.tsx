import { isTopLevel } from "../../src/index.js";
import demoRecording from "../demo/demo.keyhole.json?raw";
import type { Store } from "../store/createStore.js";
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
  const page = [...state.value.realms.values()].filter(isTopLevel).at(-1);
  const isHooked = status.value.state === "live" && siteSentence(store) === undefined;
  const isPaused = !switches.value.recording;
  const trouble = troubleOf(store);
  return (
    <div class="empty">
      <h2>
        {trouble !== undefined && <Icon name={isPaused ? "paused" : "waiting"} />}
        {trouble ?? say("empty_none")}
      </h2>
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

/** Why nothing is recorded, where that is said in place of the list; the status line need not say it again. */
export function troubleOf(store: Store): string | undefined {
  const { capabilities, state, status, switches } = store.log.value;
  if (!capabilities.live || state.value.calls.length > 0 || state.value.lost > 0) return undefined;
  if (!switches.value.recording) return say("status_paused");
  // The status line has the button that allows a site.
  if (status.value.state === "live" || siteSentence(store)) return undefined;
  return status.value.sentence;
}
