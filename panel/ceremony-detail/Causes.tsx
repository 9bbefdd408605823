import type { Cause, Clue, Explanation } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Prose } from "../ui/Prose.js";
import { describeMethod } from "../words/describeMethod.js";
import { describePlace } from "../words/describePlace.js";
import { describeTime } from "../words/describeTime.js";
import { sayCause, sayClue, sayNextSteps } from "../words/engineWords.js";
import { say, sayCount } from "../words/say.js";

/** Why a call was rejected or never settled: causes, likeliest first, with what speaks for and against each. */
export function Causes({ store, explanation }: { store: Store; explanation: Explanation }) {
  const { causes, callId } = explanation;
  if (causes.length === 0) return null;
  const isCertain = causes[0]!.likelihood === "certain";
  const likely = causes.filter((cause, index) => index === 0 || cause.likelihood !== "unlikely");
  const unlikely = causes.filter((cause) => !likely.includes(cause));
  const describe = (cause: Cause, isFirst: boolean) => (
    <CauseItem key={cause.id} store={store} callId={callId} cause={cause} isOpen={isFirst} />
  );
  return (
    <section aria-labelledby="causes">
      <h3 id="causes">{say(isCertain ? "causes_why" : "causes_possible")}</h3>
      <ol class="causes">{likely.map((cause, index) => describe(cause, index === 0))}</ol>
      {unlikely.length > 0 && (
        <details class="unlikely">
          <summary>{sayCount("causes_unlikely", unlikely.length)}</summary>
          <ol class="causes">{unlikely.map((cause) => describe(cause, false))}</ol>
        </details>
      )}
    </section>
  );
}

const LIKELIHOODS = {
  certain: "causes_certain",
  likely: "causes_likely",
  possible: "causes_possibleOne",
  unlikely: "causes_unlikelyOne",
} as const satisfies Record<Cause["likelihood"], string>;

function CauseItem({
  store,
  callId,
  cause,
  isOpen,
}: {
  store: Store;
  callId: string;
  cause: Cause;
  isOpen: boolean;
}) {
  return (
    <li class="cause">
      <details open={isOpen}>
        <summary>
          <span class={`likelihood ${cause.likelihood}`}>{say(LIKELIHOODS[cause.likelihood])}</span>{" "}
          <b>
            <Prose text={sayCause(cause.id, cause.title)} />
          </b>
        </summary>
        <ul class="clues">
          {cause.for.map((clue) => (
            <ClueItem key={`+${clue.text}`} store={store} callId={callId} clue={clue} sign="+" />
          ))}
          {cause.against.map((clue) => (
            <ClueItem key={`-${clue.text}`} store={store} callId={callId} clue={clue} sign="−" />
          ))}
        </ul>
        {sayNextSteps(cause).map((step) => (
          <p key={step} class="fix">
            <b>{say("causes_next")}</b>
            <span>
              <Prose text={step} />
            </span>
          </p>
        ))}
      </details>
    </li>
  );
}

function ClueItem({
  store,
  callId,
  clue,
  sign,
}: {
  store: Store;
  callId: string;
  clue: Clue;
  sign: "+" | "−";
}) {
  const { at, callId: other } = clue;
  const otherCall = store.log.value.state.value.calls.find(({ id }) => id === other);
  return (
    <li>
      <span class="clue-sign" aria-hidden="true">
        {sign}
      </span>
      <span>
        <span class="visually-hidden">{say(sign === "+" ? "causes_for" : "causes_against")} </span>
        <Prose text={sayClue(clue)} />{" "}
        {at !== undefined && (
          <button
            type="button"
            class="link place"
            title={say("finding_showField")}
            onClick={() => store.showPlace({ callId, at })}
          >
            {describePlace(at)}
          </button>
        )}
        {other !== undefined && (
          <button type="button" class="link" onClick={() => store.open(other)}>
            {otherCall
              ? say("finding_callAt", {
                  method: describeMethod(otherCall.api),
                  time: describeTime(otherCall.startedAt),
                })
              : say("causes_showCall")}
          </button>
        )}
      </span>
    </li>
  );
}
