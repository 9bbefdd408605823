import { useEffect, useRef } from "preact/hooks";
import { type Call, type Finding, locateBytes, type Severity } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { useActions } from "../ui/actions.js";
import { Icon } from "../ui/Icon.js";
import { Prose } from "../ui/Prose.js";
import { sayFinding, sayUndecided } from "../words/engineWords.js";
import { say, sayCount } from "../words/say.js";
import { FindingCard } from "./FindingCard.js";
import { RuleLink } from "./RuleLink.js";

/** What the rules say about a call, gravest first; what they could not tell; what was switched off. */
export function Findings({ store, call, judgedAs }: { store: Store; call: Call; judgedAs: string }) {
  const findings = store.known.value.findingsOf(call.id);
  const hidden = store.known.value.hiddenOf(call.id);
  const undecided = store.known.value.undecidedOf(call.id) ?? [];
  const hiddenSummary = useRef<HTMLElement>(null);
  const isToFocusHidden = useRef(false);
  // The card with the focus in it went away with its rule: the focus goes to where it can be had back.
  useEffect(() => {
    if (!isToFocusHidden.current) return;
    isToFocusHidden.current = false;
    hiddenSummary.current?.focus();
  });
  const switchOff = (ruleId: string) => {
    isToFocusHidden.current = true;
    store.switchRule(ruleId, false);
  };

  return (
    <section aria-labelledby="findings">
      <h3 id="findings">
        {say("findings_title")}{" "}
        <span class="h2-note">{say("findings_judgedAs", { platform: judgedAs })}</span>
      </h3>
      {SEVERITIES.map((severity) => {
        const group = findings.filter((finding) => finding.severity === severity);
        return (
          group.length > 0 && (
            <section key={severity} class={`finding-group ${severity}`}>
              <h4>
                <Icon name={severity} />
                {sayCount(`${severity}Count`, group.length)}
              </h4>
              {group.map((finding) => (
                <Card
                  key={`${finding.ruleId} ${finding.at}`}
                  store={store}
                  finding={finding}
                  onSwitchOff={() => switchOff(finding.ruleId)}
                />
              ))}
            </section>
          )
        );
      })}
      {findings.length === 0 && <p class="quiet-note">{noFindings(store, call, hidden)}</p>}
      {hidden.length > 0 && (
        <details class="undecided hidden-findings">
          <summary ref={hiddenSummary}>{describeHidden(hidden)}</summary>
          <ul>
            {hidden.map((finding) => (
              <li key={`${finding.ruleId} ${finding.at}`}>
                <b>
                  <Prose text={sayFinding(finding, "title")} />
                </b>{" "}
                <RuleLink store={store} ruleId={finding.ruleId} />{" "}
                <button
                  type="button"
                  class="link"
                  aria-label={say("rule_switchOnLabel", { rule: finding.ruleId })}
                  onClick={() => {
                    store.switchRule(finding.ruleId, true);
                    store.showFinding(finding);
                  }}
                >
                  {say("rule_switchOn")}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {undecided.length > 0 && (
        <details class="undecided">
          <summary>{sayCount("findings_undecided", undecided.length)}</summary>
          <ul>
            {undecided.map((each) => {
              const { title, why } = sayUndecided(each);
              return (
                <li key={each.ruleId + each.why}>
                  <b>
                    <Prose text={title} />
                  </b>{" "}
                  <Prose text={why} /> <RuleLink store={store} ruleId={each.ruleId} />
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </section>
  );
}

/** "2 findings hidden by 1 switched-off rule". */
export function describeHidden(hidden: readonly Finding[]): string {
  const rules = new Set(hidden.map(({ ruleId }) => ruleId));
  return say("findings_hidden", {
    findings: sayCount("findingCount", hidden.length),
    rules: sayCount("switchedOffRuleCount", rules.size),
  });
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

function Card({ store, finding, onSwitchOff }: { store: Store; finding: Finding; onSwitchOff: () => void }) {
  const { copy } = useActions();
  const pointed = store.pointedFinding.value;
  const calls = store.log.value.state.value.calls;
  const call = calls.find(({ id }) => id === finding.callId);
  const bytes = call && locateBytes(call, finding);
  return (
    <FindingCard
      finding={finding}
      relatedCalls={calls.filter(({ id }) => finding.relatedCallIds.includes(id))}
      isPointedAt={
        finding.ruleId === pointed?.ruleId && finding.at === pointed.at && finding.callId === pointed.callId
      }
      onPlace={() => store.showPlace(finding)}
      onBytes={bytes && (() => store.showBytes(finding.callId, bytes))}
      onCall={(callId) => store.open(callId)}
      onCopy={copy}
      onRule={() => store.showDialog({ kind: "rule", ruleId: finding.ruleId })}
      onSwitchOff={onSwitchOff}
    />
  );
}

function noFindings(store: Store, call: Call, hidden: readonly Finding[]): string {
  if (store.judgingProblem.value)
    return say("findings_judgingFailed", { problem: store.judgingProblem.value });
  if (!store.known.value.undecidedOf(call.id)) return say("findings_judging");
  return say(hidden.length > 0 ? "findings_noOther" : "findings_none");
}
