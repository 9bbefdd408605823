import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { LongText } from "../ui/LongText.js";
import { say, sayCount, sayParts } from "../words/say.js";

/** What could not be read of the import that is open, each with its place. */
export function OdditiesDialog({ store }: { store: Store }) {
  const problems = store.importedProblems.value;
  const more = store.importedOddities.value - problems.length;
  return (
    <Dialog title={say("oddities_title")} onClose={() => store.showDialog(undefined)}>
      <p>
        {sayParts("oddities_takenFor", {
          name: <LongText text={store.importedName.value ?? ""} limit={80} />,
          form: store.importedAs.value,
        })}
      </p>
      <ul class="oddities">
        {problems.map((problem) => (
          <li key={`${problem.offset} ${problem.message}`}>
            <LongText text={problem.message} limit={300} />
          </li>
        ))}
      </ul>
      {more > 0 && <p>{sayCount("oddities_more", more)}</p>}
    </Dialog>
  );
}
