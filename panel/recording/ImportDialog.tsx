import { useRef, useState } from "preact/hooks";
import type { Problem } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { count } from "../words/count.js";

/** Opens anything with a ceremony in it, from a file or a paste, and says in which place a bad one is bad. */
export function ImportDialog({
  store,
  problems = [],
  fileName,
  takenFor,
}: {
  store: Store;
  problems?: readonly Problem[] | undefined;
  fileName?: string | undefined;
  takenFor?: string | undefined;
}) {
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  return (
    <Dialog title="Import" onClose={() => store.showDialog(undefined)}>
      {fileName !== undefined && (
        <div class="import-problems" role="alert">
          <p>
            <Icon name="error" />
            <span>
              <b>
                <LongText text={fileName} limit={80} />
              </b>{" "}
              could not be opened{takenFor && `, taken for: ${takenFor}`}. The log that you have open is as it
              was.
            </span>
          </p>
          <ul>
            {problems.slice(0, SHOWN_PROBLEMS).map((problem) => (
              <li key={`${problem.offset} ${problem.message}`}>
                <LongText text={problem.message} limit={300} />
              </li>
            ))}
          </ul>
          {problems.length > SHOWN_PROBLEMS && (
            <p>and {count(problems.length - SHOWN_PROBLEMS, "more problem")}</p>
          )}
        </div>
      )}
      <p>
        What it is is found out: a <code>.keyhole.json</code> recording, a HAR file, options or responses as
        JSON, a bare attestation object, authenticator data, client data or key in base64url, base64 or hex,
        PEM, exports of WebAuthn DevTools and WebAuthnRecorder. It opens beside the live log, which goes on.
        Dropping a file or pasting anywhere on this panel does the same.
      </p>
      <input
        ref={file}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="File to import"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) void importFile(store, chosen);
        }}
      />
      <button type="button" class="button" data-first onClick={() => file.current?.click()}>
        Choose a file …
      </button>
      <label class="export-text">
        <span>Or paste its text</span>
        <textarea
          rows={6}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <footer class="dialog-foot">
        <button
          type="button"
          class="button primary"
          disabled={text.trim() === ""}
          onClick={() => void store.importAny(text, "pasted text")}
        >
          Open the text
        </button>
      </footer>
    </Dialog>
  );
}

const SHOWN_PROBLEMS = 20;

/** Reads a file that a person chose or dropped and opens it. */
export async function importFile(store: Store, file: File): Promise<void> {
  if (file.size > MAX_BYTES) {
    const message = `The file has ${Math.round(file.size / 1_000_000)} MB; recordings of up to ${MAX_BYTES / 1_000_000} MB can be opened.`;
    const problem = { code: "too-large", message, offset: 0, length: file.size };
    store.showDialog({ kind: "import", problems: [problem], fileName: file.name });
    return;
  }
  const bytes = await file.arrayBuffer().catch((error: unknown) => {
    const problem = { code: "unreadable", message: String(error), offset: 0, length: 0 };
    store.showDialog({ kind: "import", problems: [problem], fileName: file.name });
    return undefined;
  });
  if (bytes !== undefined) await store.importAny(new Uint8Array(bytes), file.name);
}

const MAX_BYTES = 200_000_000;
