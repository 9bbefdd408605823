import { useLayoutEffect, useState } from "preact/hooks";
import type { Store } from "../store/createStore.js";
import { say } from "../words/say.js";
import { importFile } from "./ImportDialog.js";

/** Opens what is dropped on the panel or pasted outside of a field. True while a file hovers above the panel. */
export function useDropAndPaste(store: Store, root: HTMLElement): boolean {
  const [isOver, setOver] = useState(false);
  useLayoutEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !root.contains(event.relatedTarget)) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      setOver(false);
      if (!file) return;
      event.preventDefault();
      void importFile(store, file);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]"))
        return;
      const file = event.clipboardData?.files[0];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (file) void importFile(store, file);
      else if (text.trim() !== "") void store.importAny(text, say("import_pasted"));
    };
    const document = root.ownerDocument;
    root.addEventListener("dragover", onDragOver);
    root.addEventListener("dragleave", onDragLeave);
    root.addEventListener("drop", onDrop);
    document.addEventListener("paste", onPaste);
    return () => {
      root.removeEventListener("dragover", onDragOver);
      root.removeEventListener("dragleave", onDragLeave);
      root.removeEventListener("drop", onDrop);
      document.removeEventListener("paste", onPaste);
    };
  }, [store, root]);
  return isOver;
}
