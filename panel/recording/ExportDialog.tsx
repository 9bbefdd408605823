import { useEffect, useMemo, useState } from "preact/hooks";
import { EXPORT_FORMATS, type ExportFormat, type Recording } from "../../src/index.js";
import { describeHidden } from "../findings/Findings.js";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Dialog } from "../ui/Dialog.js";
import { sayFormat } from "../words/engineWords.js";
import { say, sayCount, sayNumber, sayParts } from "../words/say.js";
import { createExporter, type Masking, type Written } from "./exporter.js";
import { fileName } from "./fileName.js";
import { MaskedValues } from "./MaskedValues.js";
import { canShare, shareText } from "./shareText.js";

/** Writes the log in the form that someone needs, masked unless told otherwise: as a file, by the clipboard, or as a text to select. */
export function ExportDialog({
  store,
  loadViewer,
}: {
  store: Store;
  loadViewer?: (() => Promise<string>) | undefined;
}) {
  const { copy } = useActions();
  const formats = EXPORT_FORMATS.filter(({ needs }) => needs !== "viewer" || loadViewer);
  const [format, setFormat] = useState(formats[0]!);
  const [masking, setMasking] = useState<Masking>(
    store.preferences.current.peek().maskExports ? "pseudonymous" : "nothing",
  );
  // What is counted below is what is written: all of it is of the moment at which the dialog was opened.
  const recording = useMemo(() => store.recording.peek(), []);
  const exporter = useMemo(
    () =>
      createExporter(recording, {
        analysis: store.analysis.peek(),
        switchedOffRules: store.preferences.current.peek().switchedOffRules,
        options: store.analyzeOptions.peek(),
        loadViewer,
      }),
    [],
  );
  const { written, problem } = useWritten(() => exporter.write(format, masking), [format, masking]);
  const hidden = store.log.value.state.value.calls.length - store.rows.value.shown;
  const before = recording.redaction;
  useEffect(() => {
    if (!written) return;
    store.announce(say("export_announced", { form: sayFormat(format).name, count: describeAmount(written) }));
  }, [written]);

  return (
    <Dialog title={say("export_title")} onClose={() => store.showDialog(undefined)}>
      <fieldset class="choices">
        <legend class="visually-hidden">{say("export_form")}</legend>
        {formats.map((each) => (
          <label key={each.id}>
            <input
              type="radio"
              name="form"
              value={each.id}
              checked={each === format}
              {...(each === formats[0] && { "data-first": "" })}
              onChange={() => setFormat(each)}
            />
            <span>
              <b>{sayFormat(each).name}</b> {sayFormat(each).purpose}
            </span>
          </label>
        ))}
      </fieldset>
      <MaskingChoice masking={masking} before={before} setMasking={setMasking} />
      {masking === "nothing" && !before && (
        <p class="export-contents">
          {sayParts("export_notMasked", { label: <b>{say("export_notMaskedLabel")}</b> })}{" "}
          {sayParts("export_never", { label: <b>{say("export_neverLabel")}</b> })}
        </p>
      )}
      <div class="export-result" aria-busy={!written && !problem}>
        {problem && (
          <p class="export-contents" role="alert">
            {problem}
          </p>
        )}
        {!written && !problem && <p class="quiet">{say("export_writing")}</p>}
        {written && (
          <Result
            key={`${format.id} ${masking}`}
            written={written}
            format={format}
            also={hidden}
            without={
              format.needs === "analysis" && store.hiddenFindings.value.length > 0
                ? describeHidden(store.hiddenFindings.value)
                : undefined
            }
            isMasked={masking !== "nothing"}
            onCopy={copy}
          />
        )}
      </div>
    </Dialog>
  );
}

function MaskingChoice({
  masking,
  before,
  setMasking,
}: {
  masking: Masking;
  before: Recording["redaction"];
  setMasking: (masking: Masking) => void;
}) {
  const isMasked = masking !== "nothing";
  return (
    <fieldset class="masking">
      <legend class="visually-hidden">{say("export_masking")}</legend>
      <label>
        <input
          type="checkbox"
          name="mask"
          checked={isMasked || before !== undefined}
          disabled={before !== undefined}
          onChange={(event) => setMasking(event.currentTarget.checked ? "pseudonymous" : "nothing")}
        />
        <span>{sayParts("export_mask", { what: <b>{say("export_maskLabel")}</b> })}</span>
      </label>
      <label>
        <input
          type="checkbox"
          name="mask-hosts"
          checked={masking === "minimal" || before?.profile === "minimal"}
          disabled={before?.profile === "minimal" || (!isMasked && before === undefined)}
          onChange={(event) => setMasking(event.currentTarget.checked ? "minimal" : "pseudonymous")}
        />
        <span>{sayParts("export_maskHosts", { what: <b>{say("export_maskHostsLabel")}</b> })}</span>
      </label>
      {before && <p class="quiet">{say("export_maskedBefore")}</p>}
    </fieldset>
  );
}

function Result({
  written,
  format,
  also,
  without,
  isMasked,
  onCopy,
}: {
  written: Written;
  format: ExportFormat;
  /** calls that the filter hides */
  also: number;
  without: string | undefined;
  isMasked: boolean;
  onCopy: (text: string, what: string) => void;
}) {
  const { text, recording, values } = written;
  const name = fileName(recording, format.extension);
  const [isShown, setShown] = useState(text.length <= SHOWN_AT_ONCE);
  return (
    <>
      {isMasked && <MaskedValues values={values} />}
      <p class="export-count">
        {[
          describeAmount(written),
          ...(also > 0 ? [sayCount("export_also", also)] : []),
          ...(without ? [say("export_without", { findings: without })] : []),
        ].join(", ")}
      </p>
      {isShown ? (
        <label class="export-text">
          <span>{name}</span>
          <textarea
            readOnly
            rows={6}
            spellcheck={false}
            value={text}
            onFocus={(event) => event.currentTarget.select()}
          />
        </label>
      ) : (
        <p class="export-text">
          <span>{name}</span>
          <button type="button" class="button" onClick={() => setShown(true)}>
            {say("export_showText")}
          </button>
        </p>
      )}
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={() => onCopy(text, name)}>
          {say("export_copy")}
        </button>
        {canShare(navigator) && (
          <button
            type="button"
            class="button"
            onClick={() => void shareText(text, name, format.mediaType, navigator)}
          >
            {say("export_share")}
          </button>
        )}
        <button type="button" class="button primary" onClick={() => download(text, name, format.mediaType)}>
          {say("export_download")}
        </button>
      </footer>
    </>
  );
}

/** characters; a field with more of them takes the browser a while */
const SHOWN_AT_ONCE = 1_000_000;

/** The last result that was asked for; none while it is being made. */
function useWritten(write: () => Promise<Written>, reasons: readonly unknown[]) {
  const [state, setState] = useState<{ written?: Written; problem?: string }>({});
  useEffect(() => {
    let isOver = false;
    setState({});
    write().then(
      (written) => isOver || setState({ written }),
      (error: unknown) => isOver || setState({ problem: say("export_failed", { problem: String(error) }) }),
    );
    return () => {
      isOver = true;
    };
  }, reasons);
  return state;
}

function describeAmount({ text, recording }: Written): string {
  return say("export_count", {
    calls: sayCount("callCount", recording.calls.length),
    pages: sayCount("pageOrFrameCount", recording.realms.length),
    size: describeSize(text),
  });
}

function describeSize(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < 1_000) return sayCount("byteCount", bytes);
  return bytes < 1_000_000
    ? say("size_kb", { size: Math.round(bytes / 1_000) })
    : say("size_mb", { size: sayNumber(bytes / 1_000_000, 1) });
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
