import { Dialog } from "./Dialog.js";

/** Where the clipboard is out of reach: the text itself, selected, ready for the keyboard. */
export function CopyByHandDialog({
  text,
  what,
  onClose,
}: {
  text: string;
  what: string;
  onClose: () => void;
}) {
  return (
    <Dialog title={`Copy ${what}`} onClose={onClose}>
      <p>The clipboard is out of reach here. The text is selected: press Ctrl/⌘ C.</p>
      <textarea
        readOnly
        rows={10}
        spellcheck={false}
        aria-label={what}
        value={text}
        data-first
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>
  );
}
