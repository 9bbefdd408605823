import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { say } from "../words/say.js";
import { Problem } from "./PagePicker.js";
import type { PageChooser } from "./pageChooser.js";

/** Which page is looked at, what is wrong with that, and the way to others. */
export function PageBar({ chooser }: { chooser: PageChooser }) {
  const page = chooser.page.value;
  const problem = chooser.problem.value;
  return (
    <div class="page-bar">
      <div class="page-line">
        <Icon name="device" />
        <span class="page-name">
          {page ? (
            <>
              <b>
                <LongText text={page.title || page.url || page.socketUrl} limit={80} />
              </b>
              {page.device && <span class="quiet"> {say("bar_on", { device: page.device })}</span>}
            </>
          ) : (
            <span class="quiet">{say("bar_none")}</span>
          )}
        </span>
        {!chooser.isOpen.value && (
          <button type="button" class="button" onClick={() => chooser.open()}>
            {say(page ? "bar_otherPages" : "bar_choose")}
          </button>
        )}
      </div>
      {problem && (
        <Problem problem={problem} heading="h2">
          <button type="button" class="button" onClick={() => chooser.retry()}>
            {say("bar_again")}
          </button>
        </Problem>
      )}
    </div>
  );
}
