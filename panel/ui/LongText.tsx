import { useState } from "preact/hooks";
import { say, sayCount } from "../words/say.js";
import { showControls } from "../words/shorten.js";

/** A text of any length: cut where it would flood the view, with a button that shows the rest. */
export function LongText({
  text,
  limit = 300,
  hasLines = false,
}: {
  text: string;
  limit?: number;
  /** line breaks and tabs are shown as such */
  hasLines?: boolean;
}) {
  const [isWhole, setWhole] = useState(false);
  const show = (part: string) => (hasLines ? part.split(/(\s)/).map(keepSpace).join("") : showControls(part));
  if (text.length <= limit) return <>{show(text)}</>;
  return (
    <>
      {show(isWhole ? text : text.slice(0, limit))}
      {!isWhole && "… "}
      <button
        type="button"
        class="link"
        tabIndex={0}
        onClick={(event) => {
          event.stopPropagation();
          setWhole(!isWhole);
        }}
      >
        {isWhole ? say("longText_less") : sayCount("longText_all", text.length)}
      </button>
    </>
  );
}

const keepSpace = (part: string) => (/^[\n\t ]$/.test(part) ? part : showControls(part));
