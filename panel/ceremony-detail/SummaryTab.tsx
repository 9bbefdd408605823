import { type Call, isAppleMobile, platformOf, type Realm } from "../../src/index.js";
import { FindingCard } from "../findings/FindingCard.js";
import type { Store } from "../store/createStore.js";
import { hostOf } from "../store/rows.js";
import { useActions } from "../ui/actions.js";
import { Prose } from "../ui/Prose.js";
import { count } from "../words/count.js";
import { describeCall } from "../words/describeCall.js";
import { CURRENT_IOS_LABEL } from "../words/describeFinding.js";
import { Causes } from "./Causes.js";
import { ForecastStrip } from "./ForecastStrip.js";
import { ServerSays } from "./ServerSays.js";
import { WhatCameBack } from "./WhatCameBack.js";

/** What happened, what went wrong and how to put it right; then the facts. */
export function SummaryTab({ store, call }: { store: Store; call: Call }) {
  const { copy } = useActions();
  const known = store.known.value;
  const findings = known.findingsOf(call.id);
  const ceremony = known.ceremonyOf(call.id);
  const explanation = known.explanationOf(call.id);
  const provider = known.providerOf(call.id);
  const { calls, realms } = store.log.value.state.value;
  const { headline, lead } = describeCall(call, {
    ceremony,
    provider,
    findings,
    explanation,
    host: hostOf(realms.get(call.realmId)?.origin),
  });
  const undecided = store.analysis.value?.undecided.filter(({ callId }) => callId === call.id) ?? [];
  const isCeremony = ceremony !== undefined && ceremony.kind !== "other";
  const pointed = store.pointedFinding.value;

  return (
    <>
      <section>
        <h2>
          <Prose text={headline} />
        </h2>
        <p class="lead">{lead}</p>
      </section>
      {explanation && <Causes store={store} explanation={explanation} />}
      {(isCeremony || findings.length > 0) && <ForecastStrip store={store} callId={call.id} />}
      <section aria-labelledby="findings">
        <h3 id="findings">
          Findings <span class="h2-note">judged as {judgedAs(store, realms.get(call.realmId))}</span>
        </h3>
        {findings.map((finding) => (
          <FindingCard
            key={`${finding.ruleId} ${finding.at}`}
            finding={finding}
            relatedCalls={calls.filter(({ id }) => finding.relatedCallIds.includes(id))}
            isPointedAt={
              finding.ruleId === pointed?.ruleId &&
              finding.at === pointed.at &&
              finding.callId === pointed.callId
            }
            onPlace={() => store.showPlace(finding)}
            onCall={(callId) => store.open(callId)}
            onCopy={copy}
          />
        ))}
        {findings.length === 0 && <p class="quiet-note">{noFindings(store)}</p>}
        {undecided.length > 0 && (
          <details class="undecided">
            <summary>{count(undecided.length, "rule")} could not tell</summary>
            <ul>
              {undecided.map(({ ruleId, title, why }) => (
                <li key={ruleId + why}>
                  <b>
                    <Prose text={title} />
                  </b>{" "}
                  <Prose text={why} /> <code>{ruleId}</code>
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      <ServerSays verdicts={ceremony?.verdicts ?? []} onAll={() => store.showTab("verify")} />
      <WhatCameBack call={call} ceremony={ceremony} provider={provider} />
    </>
  );
}

function noFindings(store: Store): string {
  if (store.judgingProblem.value) return `Judging failed: ${store.judgingProblem.value}`;
  if (!store.analysis.value) return "Judging …";
  return "Nothing to complain about in this call.";
}

function judgedAs(store: Store, realm: Realm | undefined): string {
  const chosen = store.preferences.current.value.judgeAs;
  if (chosen) return chosen;
  const platform = realm && platformOf(realm);
  if (!platform || !isAppleMobile(platform)) return CURRENT_IOS_LABEL;
  const system = platform.os === "ipados" ? "iPadOS" : "iOS";
  return `recorded, on ${system} ${platform.safari ?? "of an unknown version"}`;
}
