import type { Finding } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { Prose, plainProse } from "../ui/Prose.js";
import { SEVERITY_WORDS } from "../words/describeFinding.js";
import { sayFinding } from "../words/engineWords.js";

/** A finding on the field that it is about: leads to the finding in full. */
export function FindingMark({ finding, onOpen }: { finding: Finding; onOpen: () => void }) {
  const title = sayFinding(finding, "title");
  return (
    <button
      type="button"
      class={`finding-mark ${finding.severity}`}
      title={plainProse(title)}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      <Icon name={finding.severity} />
      <span class="visually-hidden">{SEVERITY_WORDS[finding.severity]}: </span>
      <span class="finding-mark-title">
        <Prose text={title} />
      </span>
    </button>
  );
}
