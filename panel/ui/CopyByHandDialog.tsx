import { say } from "../words/say.js";
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
    <Dialog title={say("copyByHand_title", { what })} onClose={onClose}>
      <p>{say("copyByHand_how")}</p>
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
