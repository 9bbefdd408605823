/** A sentence of a rule, in which `code` between backticks is set as code. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {text.split(/`([^`]+)`/).map((part, index) =>
        // the odd parts stood between backticks
        index % 2 === 1 ? <code key={index}>{part}</code> : part,
      )}
    </>
  );
}

/** The same sentence without its backticks, for titles and screen readers. */
export function plainProse(text: string): string {
  return text.replace(/`([^`]+)`/g, "$1");
}
