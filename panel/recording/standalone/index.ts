import { importAnything, memorySource } from "../../../src/index.js";
import { mountPanel } from "../../index.js";
import { inTurns } from "../../store/slices.js";
import { say } from "../../words/say.js";

/*
 * The panel as a page of its own, with the recording inside: made by `toHtml`, opened from a disk.
 * Nothing is remembered and nothing is asked of anybody.
 */

// This very script stands last, so that what is there is the page as it was made.
const page = `<!doctype html>\n${document.documentElement.outerHTML}`;
const place = document.querySelector("#keyhole-recording")!;
const text = place.textContent ?? "";
void open();

/** A long recording takes its time; until then the page says so, and can be scrolled and closed. */
async function open(): Promise<void> {
  const progress = document.createElement("progress");
  document.body.append(progress);
  const pace = inTurns((share) => {
    progress.value = share;
  });
  const { recording, problems } = await importAnything(text, { pace });
  progress.remove();
  if (recording) {
    mountPanel(document.body, memorySource(recording, say("standalone_label")), forgetful(), {
      loadViewer: async () => withoutRecording(page),
    });
    return;
  }
  const sentence = document.createElement("p");
  sentence.textContent = problems[0]?.message ?? say("standalone_none");
  document.body.append(sentence);
}

function forgetful() {
  const kept = new Map<string, unknown>();
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: unknown) => void kept.set(key, value),
  };
}

/** For another export out of this page: its recording contains no "<", so that it ends at the next one. */
function withoutRecording(html: string): string {
  const start = html.indexOf(">", html.indexOf('id="keyhole-recording"')) + 1;
  return html.slice(0, start) + html.slice(html.indexOf("</script>", start));
}
