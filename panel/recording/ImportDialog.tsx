import { useRef, useState } from "preact/hooks";
import type { Problem } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { say, sayCount, sayParts } from "../words/say.js";

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
    <Dialog title={say("import_title")} onClose={() => store.showDialog(undefined)}>
      {fileName !== undefined && (
        <div class="import-problems" role="alert">
          <p>
            <Icon name="error" />
            <span>
              {takenFor
                ? sayParts("import_failedAs", { name: <FileName name={fileName} />, form: takenFor })
                : sayParts("import_failed", { name: <FileName name={fileName} /> })}
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
            <p>{sayCount("import_moreProblems", problems.length - SHOWN_PROBLEMS)}</p>
          )}
        </div>
      )}
      <p>{sayParts("import_what", { recording: <code>.keyhole.json</code> })}</p>
      <input
        ref={file}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label={say("import_file")}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) void importFile(store, chosen);
        }}
      />
      <button type="button" class="button" data-first onClick={() => file.current?.click()}>
        {say("import_choose")}
      </button>
      <label class="export-text">
        <span>{say("import_paste")}</span>
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
          onClick={() => void store.importAny(text, say("import_pasted"))}
        >
          {say("import_open")}
        </button>
      </footer>
    </Dialog>
  );
}

function FileName({ name }: { name: string }) {
  return (
    <b>
      <LongText text={name} limit={80} />
    </b>
  );
}

const SHOWN_PROBLEMS = 20;

/** Reads a file that a person chose or dropped and opens it. */
export async function importFile(store: Store, file: File): Promise<void> {
  if (file.size > MAX_BYTES) {
    const message = say("import_tooLarge", {
      size: Math.round(file.size / 1_000_000),
      limit: MAX_BYTES / 1_000_000,
    });
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
