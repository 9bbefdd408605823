import { useMemo, useRef, useState } from "preact/hooks";
import { type Call, toComparisonMarkdown } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { describeTime } from "../words/describeTime.js";
import { say, sayCount, sayParts } from "../words/say.js";
import { AllPairs } from "./AllPairs.js";
import { compareSides, describeSide, type Side } from "./comparison.js";
import { Differences } from "./Differences.js";

/** The selected call beside another one: of this log, or of a second recording. */
export function CompareTab({ store, call }: { store: Store; call: Call }) {
  const { comparing } = store;
  const a = sideOf(store, call.id, false)!;
  const partner = comparing.partnerOf(call);
  const b = partner && sideOf(store, partner.callId, partner.isInSecond);
  return (
    <>
      <Chooser store={store} a={a} b={b} isInSecond={partner?.isInSecond ?? false} />
      {b ? <Result store={store} a={a} b={b} /> : <Hint store={store} />}
      <SecondRecording store={store} />
    </>
  );
}

function sideOf(store: Store, callId: string, isInSecond: boolean): Side | undefined {
  const analysis = isInSecond ? store.comparing.second.value?.analysis : store.analysis.value;
  const calls = isInSecond ? (analysis?.recording.calls ?? []) : store.log.value.state.value.calls;
  const index = calls.findIndex(({ id }) => id === callId);
  const call = calls[index];
  if (!call) return undefined;
  const realm = isInSecond
    ? analysis?.recording.realms.find(({ id }) => id === call.realmId)
    : store.log.value.state.value.realms.get(call.realmId);
  return { call, number: index + 1, analysis, realm };
}

function Chooser({
  store,
  a,
  b,
  isInSecond,
}: {
  store: Store;
  a: Side;
  b: Side | undefined;
  isInSecond: boolean;
}) {
  const { comparing } = store;
  const second = comparing.second.value;
  const here = store.log.value.state.value.calls;
  const isMarked = comparing.markedId.value === a.call.id;
  return (
    <section class="compare-sides" aria-label={say("compare_sides")}>
      <div class="compare-side">
        <span class="compare-letter">A</span>
        <span>{nameOf(a)}</span>
        <button
          type="button"
          class="link quiet"
          aria-pressed={isMarked}
          title={say(isMarked ? "compare_unmarkHint" : "compare_markHint")}
          onClick={() => comparing.mark(isMarked ? undefined : a.call.id)}
        >
          <Icon name="compare" /> {say(isMarked ? "compare_isMarked" : "compare_mark")}
        </button>
      </div>
      <label class="compare-side">
        <span class="compare-letter">B</span>
        <span class="visually-hidden">{say("compare_partner")}</span>
        <select
          value={b ? `${isInSecond ? "second" : "log"} ${b.call.id}` : ""}
          onChange={({ currentTarget: { value } }) => {
            const [from, ...id] = value.split(" ");
            const partner =
              value === "" ? undefined : { callId: id.join(" "), isInSecond: from === "second" };
            comparing.choose(a.call.id, partner);
          }}
        >
          <option value="">{say("compare_choose")}</option>
          <CallOptions
            label={say("compare_thisLog")}
            from="log"
            calls={here.filter(({ id }) => id !== a.call.id)}
            all={here}
          />
          {second && (
            <CallOptions
              label={second.name}
              from="second"
              calls={second.analysis.recording.calls}
              all={second.analysis.recording.calls}
            />
          )}
        </select>
        {b && (
          <span class="quiet">
            {describeSide(b).device}
            {isInSecond && second && (
              <>
                {" · "}
                <LongText text={second.name} limit={40} />
              </>
            )}
          </span>
        )}
      </label>
    </section>
  );
}

function CallOptions({
  label,
  from,
  calls,
  all,
}: {
  label: string;
  from: string;
  calls: readonly Call[];
  all: readonly Call[];
}) {
  const numbers = new Map(all.map((call, index) => [call, index + 1]));
  return (
    <optgroup label={label.slice(0, 80)}>
      {calls.slice(-MAX_OPTIONS).map((call) => {
        const { method, outcome } = describeSide({ call, number: 0, analysis: undefined, realm: undefined });
        return (
          <option key={call.id} value={`${from} ${call.id}`}>
            {say("compare_option", {
              number: numbers.get(call)!,
              method,
              outcome,
              time: describeTime(call.startedAt),
            })}
          </option>
        );
      })}
    </optgroup>
  );
}

/** A list of thousands helps nobody; the latest are the likeliest, any other can be marked in the log. */
const MAX_OPTIONS = 200;

function nameOf(side: Side): string {
  const { method, device, outcome } = describeSide(side);
  return say("compare_side", { number: side.number, method, outcome, device });
}

function Result({ store, a, b }: { store: Store; a: Side; b: Side }) {
  const { copy } = useActions();
  const comparison = useMemo(
    () => compareSides(a, b),
    [a.call, b.call, a.analysis, b.analysis, a.realm, b.realm],
  );
  const { decisive, notable } = comparison.groups;
  const headline =
    decisive.length > 0
      ? sayCount("compare_decisive", decisive.length)
      : notable.length > 0
        ? say("compare_notable")
        : say("compare_same");
  return (
    <section class="compare-result" aria-labelledby="compare-headline">
      <div class="compare-head">
        <h2 id="compare-headline">{headline}</h2>
        <button
          type="button"
          class="button"
          onClick={() =>
            copy(
              toComparisonMarkdown({ a: nameOf(a), b: nameOf(b) }, comparison.differences),
              say("compare_copied"),
            )
          }
        >
          <Icon name="copy" /> {say("compare_copy")}
        </button>
      </div>
      <Differences store={store} callId={a.call.id} groups={comparison.groups} />
    </section>
  );
}

function Hint({ store }: { store: Store }) {
  const others = store.log.value.state.value.calls.length - 1;
  return (
    <p class="quiet-note">
      {others > 0 ? say("compare_hintChoose") : say("compare_hintOnly")} {say("compare_hintSecond")}{" "}
      {sayParts("compare_hintKey", { icon: <Icon name="compare" />, key: <kbd>C</kbd> })}
    </p>
  );
}

function SecondRecording({ store }: { store: Store }) {
  const { comparing } = store;
  const second = comparing.second.value;
  const failed = comparing.problems.value;
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const open = async (input: string | Uint8Array, name: string) => {
    if (await comparing.openSecond(input, name)) {
      setText("");
      store.announce(say("compare_announced", { name }));
    }
  };
  return (
    <section class="compare-second" aria-labelledby="compare-second">
      <h3 id="compare-second">{say("compare_secondTitle")}</h3>
      {second && <AllPairs store={store} second={second} />}
      {failed && (
        <div role="alert" class="import-problems">
          <p>
            <Icon name="error" />
            <span>
              {sayParts("compare_failed", {
                name: (
                  <b>
                    <LongText text={failed.name} limit={80} />
                  </b>
                ),
              })}
            </span>
          </p>
          <ul>
            {failed.problems.slice(0, 5).map((problem) => (
              <li key={problem.message}>
                <LongText text={problem.message} limit={300} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="compare-open">
        <input
          ref={file}
          type="file"
          class="visually-hidden"
          tabIndex={-1}
          aria-label={say("compare_secondTitle")}
          onChange={async ({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? [];
            if (chosen) await open(new Uint8Array(await chosen.arrayBuffer()), chosen.name);
            currentTarget.value = "";
          }}
        />
        <button type="button" class="button" onClick={() => file.current?.click()}>
          {say(second ? "compare_openAnother" : "compare_openFile")}
        </button>
        <input
          type="text"
          class="compare-paste"
          aria-label={say("compare_pasteLabel")}
          placeholder={say("compare_pasteHint")}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onPaste={(event) => {
            // A field of one line would take the line breaks out.
            const pasted = event.clipboardData?.getData("text/plain") ?? "";
            if (pasted.trim() === "") return;
            event.preventDefault();
            void open(pasted, say("import_pasted"));
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && text.trim() !== "") void open(text, say("import_pasted"));
          }}
        />
        {second && (
          <button type="button" class="button" onClick={() => comparing.closeSecond()}>
            {say("compare_close")}
          </button>
        )}
      </div>
    </section>
  );
}
