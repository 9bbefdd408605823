import type { Store } from "../store/createStore.js";
import { Dialog } from "../ui/Dialog.js";
import { LongText } from "../ui/LongText.js";

/** What could not be read of the import that is open, each with its place. */
export function OdditiesDialog({ store }: { store: Store }) {
  const problems = store.importedProblems.value;
  const more = store.importedOddities.value - problems.length;
  return (
    <Dialog title="What could not be read" onClose={() => store.showDialog(undefined)}>
      <p>
        <LongText text={store.importedName.value ?? ""} limit={80} />, taken for: {store.importedAs.value}.
        Whatever is not listed was read.
      </p>
      <ul class="oddities">
        {problems.map((problem) => (
          <li key={`${problem.offset} ${problem.message}`}>
            <LongText text={problem.message} limit={300} />
          </li>
        ))}
      </ul>
      {more > 0 && <p>and {more} more</p>}
    </Dialog>
  );
}
