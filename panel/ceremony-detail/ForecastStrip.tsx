import { type CallId, IOS_GENERATIONS } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import type { Outlook } from "../store/forecaster.js";
import { plainProse } from "../ui/Prose.js";
import { say } from "../words/say.js";

/**
 * How the call fares on each iOS generation; a generation that is pressed is the one to judge as.
 * The strip has its place before anything is known, so that what stands below it does not jump.
 */
export function ForecastStrip({ store, callId }: { store: Store; callId: CallId }) {
  const outlooks = store.outlookOf(callId) ?? NOT_KNOWN_YET;
  const judgedAs = store.preferences.current.value.judgeAs;
  return (
    <section aria-labelledby="forecast">
      <h3 id="forecast">{say("forecast_title")}</h3>
      <div class="forecast">
        {outlooks.map(({ label, verdict, titles }) => (
          <button
            key={label}
            type="button"
            class={verdict ?? "not-known"}
            aria-pressed={judgedAs === label}
            title={[say("forecast_judgeAs", { ios: label }), ...titles.map(plainProse)].join("\n")}
            onClick={() => store.setJudgeAs(judgedAs === label ? "" : label)}
          >
            <span>
              <span class="os">iOS </span>
              {label.replace("iOS ", "")}
            </span>
            <b>{verdict === "unknown" ? <Unsure /> : verdict ? say(`forecast_${verdict}`) : "…"}</b>
          </button>
        ))}
      </div>
    </section>
  );
}

function Unsure() {
  return (
    <>
      <span class="mark" aria-hidden="true">
        ?
      </span>{" "}
      {say("forecast_mayDiffer")}
    </>
  );
}

const NOT_KNOWN_YET: readonly (Omit<Outlook, "verdict"> & { verdict?: Outlook["verdict"] })[] =
  IOS_GENERATIONS.map(({ label }) => ({ label, titles: [] }));
