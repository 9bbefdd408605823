import { memorySource, parseRecording } from "../../../src/index.js";
import { mountPanel } from "../../index.js";

/*
 * The panel as a page of its own, with the recording inside: made by `toHtml`, opened from a disk.
 * Nothing is remembered and nothing is asked of anybody.
 */

// This very script stands last, so that what is there is the page as it was made.
const page = `<!doctype html>\n${document.documentElement.outerHTML}`;
const place = document.querySelector("#keyhole-recording")!;
const text = place.textContent ?? "";
const { recording, problems } = parseRecording(text);

if (recording) {
  mountPanel(document.body, memorySource(recording, "This page's recording"), forgetful(), {
    loadViewer: async () => withoutRecording(page),
  });
} else {
  const sentence = document.createElement("p");
  sentence.textContent = problems[0]?.message ?? "There is no recording in this page.";
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
