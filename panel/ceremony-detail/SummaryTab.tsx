import { type Call, isAppleMobile, platformOf, type Realm, readSnapshot } from "../../src/index.js";
import { Findings } from "../findings/Findings.js";
import type { Store } from "../store/createStore.js";
import { hostOf } from "../store/rows.js";
import { TimelineSection } from "../timeline/TimelineSection.js";
import { Prose } from "../ui/Prose.js";
import { describeCall } from "../words/describeCall.js";
import { CURRENT_IOS_LABEL } from "../words/describeFinding.js";
import { say } from "../words/say.js";
import { Causes } from "./Causes.js";
import { ForecastStrip } from "./ForecastStrip.js";
import { ServerSays } from "./ServerSays.js";
import { WhatCameBack } from "./WhatCameBack.js";

/** What happened, what went wrong and how to put it right; then the facts. */
export function SummaryTab({ store, call }: { store: Store; call: Call }) {
  const known = store.known.value;
  const findings = known.findingsOf(call.id);
  const ceremony = known.ceremonyOf(call.id);
  const explanation = known.explanationOf(call.id);
  const provider = known.providerOf(call.id);
  const { realms } = store.log.value.state.value;
  const { headline, lead } = describeCall(call, {
    ceremony,
    provider,
    findings,
    explanation,
    host: hostOf(realms.get(call.realmId)?.origin),
  });
  // A forecast is about a request: of an answer that was imported alone there is nothing to foresee.
  const isRequestKnown = !call.imported || !readSnapshot(call.arguments[0]).isUnknown;
  const isCeremony = ceremony !== undefined && ceremony.kind !== "other";

  return (
    <>
      <section>
        <h2>
          <Prose text={headline} />
        </h2>
        <p class="lead">{lead}</p>
      </section>
      {explanation && <Causes store={store} explanation={explanation} />}
      {isRequestKnown && (isCeremony || findings.length > 0) && (
        <ForecastStrip store={store} callId={call.id} />
      )}
      <TimelineSection store={store} call={call} />
      <Findings store={store} call={call} judgedAs={judgedAs(store, realms.get(call.realmId))} />
      <ServerSays verdicts={ceremony?.verdicts ?? []} onAll={() => store.showTab("verify")} />
      <WhatCameBack call={call} ceremony={ceremony} provider={provider} />
    </>
  );
}

function judgedAs(store: Store, realm: Realm | undefined): string {
  const chosen = store.preferences.current.value.judgeAs;
  if (chosen) return chosen;
  const platform = realm && platformOf(realm);
  if (!platform || !isAppleMobile(platform)) return CURRENT_IOS_LABEL;
  const system = platform.os === "ipados" ? "iPadOS" : "iOS";
  const { safari, safariAtLeast } = platform;
  const version =
    safari ?? (safariAtLeast ? say("summary_orNewer", { version: safariAtLeast }) : say("summary_noVersion"));
  return say("summary_asRecorded", { system, version });
}
