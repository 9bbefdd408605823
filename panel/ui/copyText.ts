/**
 * Puts a text on the clipboard. A DevTools panel is often denied the asynchronous clipboard, so
 * the old way is tried too. False: neither worked, and the text has to be shown to be copied by hand.
 */
export async function copyText(text: string, view: Window & typeof globalThis): Promise<boolean> {
  const isWritten = await view.navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  return isWritten || copyBySelection(text, view.document);
}

function copyBySelection(text: string, document: Document): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "visually-hidden";
  // A modal dialog makes everything outside it inert: the text has to stand inside the dialog.
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
