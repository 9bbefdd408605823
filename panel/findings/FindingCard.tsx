import { useEffect, useRef } from "preact/hooks";
import type { Call, CallId, Finding } from "../../src/index.js";
import { Icon } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { Prose, plainProse } from "../ui/Prose.js";
import {
  CONFIDENCE_WORDS,
  describeFindingAsMarkdown,
  describeVersions,
  isSafeReference,
  SEVERITY_WORDS,
} from "../words/describeFinding.js";
import { describeMethod } from "../words/describeMethod.js";
import { describePlace } from "../words/describePlace.js";
import { describeTime } from "../words/describeTime.js";
import { sayFinding } from "../words/engineWords.js";
import { say } from "../words/say.js";

/** A finding in full: what is wrong, what a person experiences, what to change, and how we know. */
export function FindingCard({
  finding,
  relatedCalls,
  isPointedAt,
  onPlace,
  onBytes,
  onCall,
  onCopy,
  onRule,
  onSwitchOff,
}: {
  finding: Finding;
  /** the calls that it refers to, as far as they are in the log */
  relatedCalls: readonly Call[];
  /** someone came here from the field: bring it into view */
  isPointedAt: boolean;
  onPlace: () => void;
  /** absent: it is about no bytes of a response */
  onBytes?: (() => void) | undefined;
  onCall: (callId: CallId) => void;
  onCopy: (text: string, what: string) => void;
  /** asks for the rule's entry in the catalogue */
  onRule: () => void;
  onSwitchOff: () => void;
}) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isPointedAt) return;
    card.current?.scrollIntoView({ block: "nearest" });
    card.current?.focus({ preventScroll: true });
  }, [isPointedAt]);

  const title = sayFinding(finding, "title");
  return (
    <article
      ref={card}
      class={`finding ${finding.severity}${isPointedAt ? " marked" : ""}`}
      data-rule={finding.ruleId}
      tabIndex={-1}
      aria-label={`${SEVERITY_WORDS[finding.severity]}: ${plainProse(title)}`}
    >
      <header>
        <h5>
          <span class="finding-severity">
            <Icon name={finding.severity} />
            <span class="visually-hidden">{SEVERITY_WORDS[finding.severity]}: </span>
          </span>
          <Prose text={title} />
        </h5>
        <button
          type="button"
          class="icon-button"
          aria-label={say("finding_copyLabel")}
          title={say("finding_copyHint")}
          onClick={() => onCopy(describeFindingAsMarkdown(finding, relatedCalls), say("finding_copied"))}
        >
          <Icon name="copy" />
        </button>
      </header>
      <p>
        <Prose text={sayFinding(finding, "experience")} />
      </p>
      <p class="fix">
        <b>{say("finding_fix")}</b>
        <span>
          <Prose text={sayFinding(finding, "fix")} />
        </span>
      </p>
      <div class="evidence">
        <button type="button" class="link" title={say("finding_showField")} onClick={onPlace}>
          {describePlace(finding.at)}
        </button>
        {onBytes && (
          <button type="button" class="link related" onClick={onBytes}>
            {say("finding_showBytes")}
          </button>
        )}
        {finding.evidence && (
          <span class="evidence-value">
            <LongText text={finding.evidence} limit={240} />
          </span>
        )}
        {relatedCalls.map((call) => (
          <button key={call.id} type="button" class="link related" onClick={() => onCall(call.id)}>
            {say("finding_callAt", { method: describeMethod(call.api), time: describeTime(call.startedAt) })}
          </button>
        ))}
      </div>
      <footer class="finding-meta">
        <span>{describeVersions(finding.versions)}</span>
        <span>{CONFIDENCE_WORDS[finding.confidence]}</span>
        <button type="button" class="link rule-link" title={say("rule_about")} onClick={onRule}>
          {finding.ruleId}
        </button>
        <button
          type="button"
          class="link quiet"
          title={say("rule_switchOffHint")}
          aria-label={say("rule_switchOffLabel", { rule: finding.ruleId })}
          onClick={onSwitchOff}
        >
          {say("rule_switchOff")}
        </button>
      </footer>
      {finding.references.length > 0 && (
        <div class="finding-meta">
          {finding.references.filter(isSafeReference).map(({ label, url }) => (
            <a key={url} href={url} target="_blank" rel="noopener noreferrer">
              {label}
            </a>
          ))}
        </div>
      )}
    </article>
  );
}
