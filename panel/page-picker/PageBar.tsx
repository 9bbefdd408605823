import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
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
              {page.device && <span class="quiet"> on {page.device}</span>}
            </>
          ) : (
            <span class="quiet">No page is chosen</span>
          )}
        </span>
        {!chooser.isOpen.value && (
          <button type="button" class="button" onClick={() => chooser.open()}>
            {page ? "Other pages" : "Choose a page"}
          </button>
        )}
      </div>
      {problem && (
        <Problem problem={problem}>
          <button type="button" class="button" onClick={() => chooser.retry()}>
            Connect again
          </button>
        </Problem>
      )}
    </div>
  );
}
