import type { Verdict } from "../../src/index.js";
import { describeVerdicts } from "../words/describeVerdicts.js";
import { say, sayCount } from "../words/say.js";
import { VerdictList } from "./VerifyTab.js";

/** What a relying party's server would say to the answer: the outcome, and the steps that fail. */
export function ServerSays({ verdicts, onAll }: { verdicts: readonly Verdict[]; onAll: () => void }) {
  if (verdicts.length === 0) return null;
  const failed = verdicts.filter(({ outcome }) => outcome === "fail");
  return (
    <section aria-labelledby="server-says">
      <h3 id="server-says">{say("server_title")}</h3>
      <p class="quiet-note">
        {describeVerdicts(verdicts)}{" "}
        <button type="button" class="link" onClick={onAll}>
          {sayCount("server_all", verdicts.length)}
        </button>
      </p>
      {failed.length > 0 && <VerdictList verdicts={failed} />}
    </section>
  );
}
