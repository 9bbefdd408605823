import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { say } from "../words/say.js";

/** A step that could be told, if someone gave what the recording lacks: a field for it, closed at first. */
export function GiveForm({
  offer,
  label,
  placeholder,
  take,
}: {
  /** on the button that opens the field: "Paste its public key" */
  offer: string;
  label: string;
  placeholder: string;
  /** takes the text, or says what is wrong with it */
  take: (text: string) => readonly Problem[] | Promise<readonly Problem[]>;
}) {
  const [isOpen, setOpen] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // Whoever opens the field is about to paste; whoever closes it goes on where it was opened.
  useLayoutEffect(() => {
    if (isOpen) field.current?.focus();
    else if (wasOpen.current) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (!isOpen) {
    return (
      <button ref={button} type="button" class="button give-offer" onClick={() => setOpen(true)}>
        {say("give_openField", { offer })}
      </button>
    );
  }
  const close = () => {
    setOpen(false);
    setProblems([]);
  };
  return (
    <form
      class="give"
      onSubmit={async (event) => {
        event.preventDefault();
        const wrong = await take(field.current?.value ?? "");
        setProblems(wrong);
        if (wrong.length > 0) field.current?.focus();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        close();
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <textarea
        ref={field}
        rows={4}
        spellcheck={false}
        autocomplete="off"
        aria-label={label}
        aria-invalid={problems.length > 0}
        placeholder={placeholder}
      />
      {problems.length > 0 && (
        <div class="give-problems" role="alert">
          {problems.map((problem) => (
            <p key={`${problem.offset} ${problem.message}`}>
              <Icon name="error" />
              <span>
                <LongText text={problem.message} />
                {placeOf(problem)}
              </span>
            </p>
          ))}
        </div>
      )}
      <div class="give-buttons">
        <button type="submit" class="button primary">
          {say("give_check")}
        </button>
        <button type="button" class="button" onClick={close}>
          {say("give_cancel")}
        </button>
      </div>
    </form>
  );
}

/** Where in what was pasted, unless the sentence says so itself. */
function placeOf({ message, path, offset }: Problem): string {
  if (/\b(?:byte|character) \d/.test(message)) return "";
  const where = [path, offset > 0 ? say("give_byte", { offset }) : ""].filter(Boolean).join(", ");
  return where && ` ${say("give_place", { place: where })}`;
}
