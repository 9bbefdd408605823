import demoRecording from "../demo/demo.keyhole.json?raw";
import type { Store } from "../store/createStore.js";
import { hostOf, isTopLevel } from "../store/rows.js";
import { Icon } from "../ui/Icon.js";

/** Nothing was recorded yet: what to do next, and whether the hook is in place. */
export function EmptyState({ store }: { store: Store }) {
  const { capabilities, status, state, switches } = store.log.value;
  if (!capabilities.live) {
    return (
      <div class="empty">
        <h2>This recording has no calls</h2>
      </div>
    );
  }
  const page = [...state.value.realms.values()].filter(isTopLevel).at(-1);
  const isHooked = status.value.state === "live";
  const isPaused = !switches.value.recording;
  return (
    <div class="empty">
      <h2>{isPaused ? "Recording is paused" : "No passkey calls yet"}</h2>
      <p class="empty-hook">
        <Icon name={isHooked ? "good" : "waiting"} />
        <span>
          {status.value.sentence}
          {isHooked && page && ` (${hostOf(page.origin) || page.url})`}
        </span>
      </p>
      <ol>
        {isPaused && <li>Press the record button to go on recording.</li>}
        {isHooked && page && !page.isSecureContext && (
          <li>This page is not secure, so it has no passkeys: open it on https or on localhost.</li>
        )}
        <li>Register a passkey or sign in with one. Every call shows up here as it is made.</li>
        <li>Select a call to see what was asked, what came back, and what an iPhone makes of it.</li>
      </ol>
      <p>
        Or{" "}
        <button type="button" class="link" onClick={() => store.showDialog({ kind: "import" })}>
          open a recording
        </button>{" "}
        that someone sent you: drop the file here, or paste it. Or look around in the{" "}
        <button
          type="button"
          class="link"
          onClick={() => void store.importAny(demoRecording, "demo recording")}
        >
          demo recording
        </button>
        , in which an iPhone loses a passkey.
      </p>
    </div>
  );
}
