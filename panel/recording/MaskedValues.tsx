import type { MaskedValue } from "../../src/index.js";
import { count } from "../words/count.js";
import { showControls } from "../words/shorten.js";

/** What was seen beside what is written in its place. */
export function MaskedValues({ values }: { values: readonly MaskedValue[] }) {
  const more = values.length - SHOWN;
  return (
    <details class="masked-values">
      <summary>{describeMasked(values)}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard in Safari, too */}
      <section class="masked-scroll" tabIndex={0} aria-label="Masked values">
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Seen</th>
              <th scope="col">Written</th>
              <th scope="col" class="masked-count">
                Places
              </th>
            </tr>
          </thead>
          <tbody>
            {values.slice(0, SHOWN).map(({ kind, original, masked, count: places }) => (
              <tr key={`${kind} ${original}`}>
                <th scope="row">{kind}</th>
                <td>{shown(original)}</td>
                <td>{shown(masked)}</td>
                <td class="masked-count">{places.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {more > 0 && <p class="quiet">and {count(more, "more value")}</p>}
      </section>
    </details>
  );
}

/** "Masks 12 values in 40 places". */
export function describeMasked(values: readonly MaskedValue[]): string {
  const places = values.reduce((sum, value) => sum + value.count, 0);
  return `Masks ${count(values.length, "value")} in ${count(places, "place")}`;
}

const SHOWN = 200;
const SHOWN_LENGTH = 80;

function shown(text: string): string {
  return showControls(text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text);
}
