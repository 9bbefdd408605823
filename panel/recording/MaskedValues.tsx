import { useState } from "preact/hooks";
import type { MaskedValue } from "../../src/index.js";
import { sayMaskedKind } from "../words/engineWords.js";
import { say, sayCount, sayNumber } from "../words/say.js";
import { showControls } from "../words/shorten.js";
import { besideEachOther } from "./besideEachOther.js";

/** What was seen beside what is written in its place, by kind. */
export function MaskedValues({ values }: { values: readonly MaskedValue[] }) {
  const kinds = new Map<string, MaskedValue[]>();
  for (const value of values) {
    const list = kinds.get(value.kind);
    if (list) list.push(value);
    else kinds.set(value.kind, [value]);
  }
  return (
    <details class="masked-values" open>
      <summary>{describeMasked(values)}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard in Safari, too */}
      <section class="masked-scroll" tabIndex={0} aria-label={say("masked_label")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say("masked_seen")}</th>
              <th scope="col">{say("masked_written")}</th>
              <th scope="col" class="masked-count">
                {say("masked_places")}
              </th>
            </tr>
          </thead>
          {[...kinds].map(([kind, ofKind]) => (
            <Kind key={kind} kind={kind} values={ofKind} />
          ))}
        </table>
      </section>
    </details>
  );
}

function Kind({ kind, values }: { kind: string; values: readonly MaskedValue[] }) {
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  const more = values.length - shown;
  return (
    <tbody>
      <tr class="masked-kind">
        <th scope="rowgroup" colSpan={2}>
          {sayMaskedKind(kind)}{" "}
          {values.length > 1 && <span class="quiet">{sayCount("valueCount", values.length)}</span>}
        </th>
        <td class="masked-count">{sayNumber(placesOf(values))}</td>
      </tr>
      {values.slice(0, shown).map((value) => {
        const [seen, written] = besideEachOther(value);
        return (
          <tr key={value.original}>
            <td>{showControls(seen)}</td>
            <td>{showControls(written)}</td>
            <td class="masked-count">{values.length > 1 && sayNumber(value.count)}</td>
          </tr>
        );
      })}
      {more > 0 && (
        <tr>
          <td colSpan={3}>
            <button type="button" class="link" onClick={() => setShown(shown + SHOWN_MORE)}>
              {sayCount("masked_more", more)}
            </button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** "Masks 12 values in 40 places". */
export function describeMasked(values: readonly MaskedValue[]): string {
  return say("masked_summary", {
    values: sayCount("valueCount", values.length),
    places: sayCount("placeCount", placesOf(values)),
  });
}

const placesOf = (values: readonly MaskedValue[]) => values.reduce((sum, value) => sum + value.count, 0);

const SHOWN_AT_FIRST = 3;
const SHOWN_MORE = 100;
