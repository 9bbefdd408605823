import { useState } from "preact/hooks";
import type { MaskedValue } from "../../src/index.js";
import { count } from "../words/count.js";
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
      <section class="masked-scroll" tabIndex={0} aria-label="Masked values">
        <table>
          <thead>
            <tr>
              <th scope="col">Seen</th>
              <th scope="col">Written</th>
              <th scope="col" class="masked-count">
                Places
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
          {kind} {values.length > 1 && <span class="quiet">{count(values.length, "value")}</span>}
        </th>
        <td class="masked-count">{placesOf(values).toLocaleString("en")}</td>
      </tr>
      {values.slice(0, shown).map((value) => {
        const [seen, written] = besideEachOther(value);
        return (
          <tr key={value.original}>
            <td>{showControls(seen)}</td>
            <td>{showControls(written)}</td>
            <td class="masked-count">{values.length > 1 && value.count.toLocaleString("en")}</td>
          </tr>
        );
      })}
      {more > 0 && (
        <tr>
          <td colSpan={3}>
            <button type="button" class="link" onClick={() => setShown(shown + SHOWN_MORE)}>
              {count(more, "more value")}
            </button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** "Masks 12 values in 40 places". */
export function describeMasked(values: readonly MaskedValue[]): string {
  return `Masks ${count(values.length, "value")} in ${count(placesOf(values), "place")}`;
}

const placesOf = (values: readonly MaskedValue[]) => values.reduce((sum, value) => sum + value.count, 0);

const SHOWN_AT_FIRST = 3;
const SHOWN_MORE = 100;
