import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { BootstrapDialog } from "./bootstrap/BootstrapDialog.js";
import { CeremonyDetail } from "./ceremony-detail/CeremonyDetail.js";
import { CeremonyList } from "./ceremony-list/CeremonyList.js";
import { MarkedBar } from "./compare/MarkedBar.js";
import { CredentialsDialog } from "./credentials/CredentialsDialog.js";
import { RuleDialog } from "./findings/RuleDialog.js";
import { PageBar } from "./page-picker/PageBar.js";
import { PagePicker } from "./page-picker/PagePicker.js";
import type { PageChooser } from "./page-picker/pageChooser.js";
import { ExportDialog } from "./recording/ExportDialog.js";
import { ImportDialog } from "./recording/ImportDialog.js";
import { OdditiesDialog } from "./recording/OdditiesDialog.js";
import { useDropAndPaste } from "./recording/useDropAndPaste.js";
import { SettingsDialog } from "./settings/SettingsDialog.js";
import type { Store } from "./store/createStore.js";
import { TimelineDialog } from "./timeline/TimelineDialog.js";
import { StatusLine } from "./toolbar/StatusLine.js";
import { Toolbar } from "./toolbar/Toolbar.js";
import { Announcer } from "./ui/Announcer.js";
import { ActionsContext } from "./ui/actions.js";
import { CopyByHandDialog } from "./ui/CopyByHandDialog.js";
import { copyText } from "./ui/copyText.js";
import { Splitter } from "./ui/Splitter.js";
import { useIsNarrow } from "./ui/useIsNarrow.js";
import { useKeptFocus } from "./ui/useKeptFocus.js";
import { say } from "./words/say.js";

/** The whole panel: toolbar, status, list and details. */
export function Panel({
  store,
  root,
  loadViewer,
  chooser,
  openViewer,
}: {
  store: Store;
  root: HTMLElement;
  loadViewer?: (() => Promise<string>) | undefined;
  chooser?: PageChooser | undefined;
  openViewer?: (() => void) | undefined;
}) {
  const actions = useMemo(
    () => ({
      announcement: store.announcement,
      isAnnouncementSeen: store.isAnnouncementSeen,
      announce: store.announce,
      copy(text: string, what: string) {
        void copyText(text, window).then((isCopied) => {
          if (isCopied) store.announce(say("copied", { what }), true);
          else store.showDialog({ kind: "copy-by-hand", text, what });
        });
      },
    }),
    [store],
  );
  const isDropping = useDropAndPaste(store, root);
  useShortcuts(store, root);
  useKeptFocus(root);
  const isChoosing = chooser?.isOpen.value === true;
  const isFirstChoice = isChoosing && chooser.page.value === undefined;

  return (
    <ActionsContext.Provider value={actions}>
      <header>
        <h1 class="visually-hidden">Keyhole</h1>
        {chooser && !isFirstChoice && <PageBar chooser={chooser} />}
        {!isChoosing && <Toolbar store={store} openViewer={openViewer} />}
        {!isChoosing && <StatusLine store={store} />}
        {!isChoosing && <MarkedBar store={store} />}
      </header>
      {isChoosing ? (
        <PagePicker chooser={chooser!} onImport={() => store.showDialog({ kind: "import" })} />
      ) : (
        <Main store={store} />
      )}
      <Dialogs store={store} loadViewer={loadViewer} />
      {store.dialog.value === undefined && <Announcer />}
      {isDropping && <div class="drop-here">{say("panel_drop")}</div>}
    </ActionsContext.Provider>
  );
}

function Main({ store }: { store: Store }) {
  const main = useRef<HTMLElement>(null);
  const isStacked = useIsNarrow(main, STACK_BELOW);
  const call = store.isDetailOpen.value ? store.selectedCall.value : undefined;
  const { splitColumns, splitRows } = store.preferences.current.value;
  const share = isStacked ? splitRows : splitColumns;
  return (
    <main
      ref={main}
      class={`main${call ? " with-detail" : ""}${isStacked ? " stacked" : ""}`}
      style={{ "--share": `${share * 100}%` }}
    >
      <div class="list-area">
        <CeremonyList store={store} />
      </div>
      {call && (
        <>
          <Splitter
            orientation={isStacked ? "horizontal" : "vertical"}
            share={share}
            min={isStacked ? 0.15 : 0.2}
            max={0.8}
            label={say("panel_listSize")}
            onChange={(next) => store.preferences.change(isStacked ? "splitRows" : "splitColumns", next)}
          />
          <CeremonyDetail store={store} call={call} />
        </>
      )}
    </main>
  );
}

function Dialogs({ store, loadViewer }: { store: Store; loadViewer: (() => Promise<string>) | undefined }) {
  const dialog = store.dialog.value;
  switch (dialog?.kind) {
    case "export":
      return <ExportDialog store={store} loadViewer={loadViewer} />;
    case "bootstrap":
      return <BootstrapDialog store={store} />;
    case "import":
      return (
        <ImportDialog
          store={store}
          problems={dialog.problems}
          fileName={dialog.fileName}
          takenFor={dialog.takenFor}
        />
      );
    case "oddities":
      return <OdditiesDialog store={store} />;
    case "credentials":
      return <CredentialsDialog store={store} />;
    case "timeline":
      return <TimelineDialog store={store} />;
    case "settings":
      return <SettingsDialog store={store} sought={dialog.sought} visited={dialog.visited} />;
    case "rule":
      return (
        <RuleDialog store={store} ruleId={dialog.ruleId} onClose={() => store.showDialog(dialog.back)} />
      );
    case "copy-by-hand":
      return (
        <CopyByHandDialog text={dialog.text} what={dialog.what} onClose={() => store.showDialog(undefined)} />
      );
    default:
      return null;
  }
}

/**
 * Ctrl+F filters, Ctrl+K clears, Escape closes the details. On Apple's systems Cmd takes the place of Ctrl, which
 * edits text there. What is being typed is never cleared with the log.
 */
function useShortcuts(store: Store, root: HTMLElement): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isModal = root.querySelector("dialog[open]") !== null;
      if (isModal || event.defaultPrevented) return;
      const { ctrlKey, metaKey, altKey, shiftKey } = event;
      const isCommand = isApple() ? metaKey && !ctrlKey : ctrlKey && !metaKey;
      const key = isCommand && !altKey && !shiftKey ? event.key.toLowerCase() : "";
      if (key === "f") {
        const field = root.querySelector<HTMLInputElement>(".filter-input");
        field?.focus();
        field?.select();
      } else if (key === "k" && !isTextField(event.target)) store.clear();
      else if (event.key === "Escape" && store.isDetailOpen.peek()) {
        const id = store.selectedId.peek();
        store.closeDetail();
        [...root.querySelectorAll<HTMLElement>("[data-call]")]
          .find(({ dataset }) => dataset.call === id)
          ?.focus();
      } else return;
      event.preventDefault();
    };
    const document = root.ownerDocument;
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [store, root]);
}

const isApple = () => /^(mac|iphone|ipad)/i.test(navigator.platform);

const isTextField = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !["checkbox", "radio"].includes(target.type));

/** CSS pixels; too narrow for list and details side by side. */
const STACK_BELOW = 760;
