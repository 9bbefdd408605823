import type { Weight } from "../../src/index.js";
import { RuleLink } from "../findings/RuleLink.js";
import type { Store } from "../store/createStore.js";
import { LongText } from "../ui/LongText.js";
import { say, sayCount } from "../words/say.js";
import type { ComparedLine } from "./comparison.js";

/** What decides, what is worth knowing, and the rest folded. */
export function Differences({
  store,
  callId,
  groups,
}: {
  store: Store;
  callId: string;
  groups: Record<Weight, ComparedLine[]>;
}) {
  const { decisive, notable, expected } = groups;
  return (
    <div class="differences">
      {decisive.length > 0 && (
        <Table
          title={say("compare_tableDecisive")}
          class="decisive"
          lines={decisive}
          store={store}
          callId={callId}
        />
      )}
      {notable.length > 0 && (
        <Table
          title={say("compare_tableNotable")}
          class="notable"
          lines={notable}
          store={store}
          callId={callId}
        />
      )}
      {expected.length > 0 && (
        <details>
          <summary>{sayCount("compare_expected", expected.length)}</summary>
          <Table
            title={say("compare_tableExpected")}
            class="expected"
            lines={expected}
            store={store}
            callId={callId}
          />
        </details>
      )}
    </div>
  );
}

function Table({
  title,
  class: className,
  lines,
  store,
  callId,
}: {
  title: string;
  class: string;
  lines: readonly ComparedLine[];
  store: Store;
  callId: string;
}) {
  return (
    <table class={`difference-table ${className}`}>
      <caption class={className === "decisive" ? "visually-hidden" : undefined}>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{say("compare_where")}</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">
              {line.isInCall ? (
                <button
                  type="button"
                  class="link"
                  title={say("compare_showInA")}
                  onClick={() => store.showPlace({ callId, at: line.at.replace(/#.*/, "") })}
                >
                  {line.place}
                </button>
              ) : line.ruleId !== undefined ? (
                <RuleLink store={store} ruleId={line.ruleId} />
              ) : (
                line.place
              )}{" "}
              {line.ruleId !== undefined && <span class="tag">{say("compare_finding")}</span>}
              {line.kind === "retyped" && <span class="tag">{say("compare_anotherType")}</span>}
            </th>
            <td data-side="A" class={line.kind === "added" ? "nothing" : undefined}>
              <LongText text={line.a} limit={160} />
            </td>
            <td data-side="B" class={line.kind === "removed" ? "nothing" : undefined}>
              <LongText text={line.b} limit={160} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
