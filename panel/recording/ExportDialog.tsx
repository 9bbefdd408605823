import { useMemo, useState } from "preact/hooks";
import { type Analysis, type Recording, serializeRecording, toMarkdown } from "../../src/index.js";
import { describeHidden } from "../findings/Findings.js";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Dialog } from "../ui/Dialog.js";
import { count } from "../words/count.js";
import { fileName } from "./fileName.js";

type Form = "recording" | "report";

/** Saves the log as a recording or as a report: as a file, by the clipboard, or as a text to select. */
export function ExportDialog({ store }: { store: Store }) {
  const { copy } = useActions();
  const [form, setForm] = useState<Form>("recording");
  // What is counted below is what is written: both are of the moment at which the dialog was opened.
  const recording = useMemo(() => store.recording.peek(), []);
  const analysis = store.analysis.value;
  const text = useMemo(() => write(form, recording, analysis), [form, recording, analysis]);
  const name = fileName(recording, form === "recording" ? "keyhole.json" : "md");
  const hidden = store.log.value.state.value.calls.length - store.rows.value.shown;

  return (
    <Dialog title="Export" onClose={() => store.showDialog(undefined)}>
      <fieldset class="choices">
        <legend class="visually-hidden">Form</legend>
        <label>
          <input
            type="radio"
            name="form"
            checked={form === "recording"}
            onChange={() => setForm("recording")}
          />
          <span>
            <b>Recording</b> to open in Keyhole again, judge on other iOS versions, or keep for a test
          </span>
        </label>
        <label>
          <input type="radio" name="form" checked={form === "report"} onChange={() => setForm("report")} />
          <span>
            <b>Report</b> in Markdown for a bug report: what happened and every finding
          </span>
        </label>
      </fieldset>
      <p class="export-count">
        {count(recording.calls.length, "call")} from{" "}
        {count(recording.realms.length, "page or frame", "pages and frames")}, {describeSize(text)}
        {hidden > 0 && `, also the ${count(hidden, "call")} that the filter hides`}
        {form === "report" &&
          store.hiddenFindings.value.length > 0 &&
          `, without ${describeHidden(store.hiddenFindings.value)}`}
      </p>
      <p class="export-contents">
        <b>Not masked:</b> addresses, user names, user ids and credential ids are in it as they were seen.{" "}
        <b>Never in it:</b> PRF results, largeBlob contents and passwords; of those there is a length and a
        fingerprint at most.
      </p>
      <label class="export-text">
        <span>{name}</span>
        <textarea
          readOnly
          rows={8}
          spellcheck={false}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={() => copy(text, name)}>
          Copy
        </button>
        <button
          type="button"
          class="button primary"
          data-first
          onClick={() => download(text, name, form === "recording" ? "application/json" : "text/markdown")}
        >
          Download
        </button>
      </footer>
    </Dialog>
  );
}

function write(form: Form, recording: Recording, analysis: Analysis | undefined): string {
  if (form === "recording") return serializeRecording(recording);
  return analysis ? toMarkdown(analysis) : "Judging …";
}

function describeSize(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < 1_000) return count(bytes, "byte");
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has to have begun reading before the address goes.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
