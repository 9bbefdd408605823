import { type Call, isTopLevel, type Realm, readSnapshot, type Snapshot } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { LongText } from "../ui/LongText.js";
import { describeDuration } from "../words/describeDuration.js";
import { describeHook } from "../words/describeHook.js";
import { describeMoment } from "../words/describeTime.js";
import { type PlainKey, say, sayCount } from "../words/say.js";
import { Facts } from "./Facts.js";

/** What the page was like when it made the call, and how we know. */
export function EnvironmentTab({ store, call }: { store: Store; call: Call }) {
  const realm = store.log.value.state.value.realms.get(call.realmId);
  const { environment, aborted } = call;
  const { userActivation, policy } = environment;
  const pointed = store.place.value?.callId === call.id ? store.place.value.pointer : undefined;
  const isPointedAt = (name: string) => pointed?.startsWith(`/environment/${name}`) ?? false;
  const fact = (name: string, label: string, value: preact.ComponentChildren) =>
    [
      label,
      value === undefined ? (
        <span class="quiet">{say("environment_notKnown")}</span>
      ) : isPointedAt(name) ? (
        <mark>{value}</mark>
      ) : (
        value
      ),
    ] as const;

  if (call.imported) return <ImportedEnvironment call={call} realm={realm} />;
  return (
    <>
      <section aria-labelledby="environment-call">
        <h3 id="environment-call">{say("environment_call")}</h3>
        <Facts
          facts={[
            [say("environment_started"), describeMoment(call.startedAt)],
            [
              say("environment_took"),
              call.duration === undefined ? say("environment_pending") : describeDuration(call.duration),
            ],
            fact(
              "userActivation",
              say("environment_activation"),
              userActivation && describeActivation(userActivation),
            ),
            fact(
              "hasFocus",
              say("environment_focus"),
              say(environment.hasFocus ? "environment_focused" : "environment_elsewhere"),
            ),
            fact("visibility", say("environment_visibility"), environment.visibility),
            fact("policy", say("environment_policy"), policy && describePolicy(policy)),
            fact(
              "webauthnFields",
              say("environment_fields"),
              environment.webauthnFields === undefined
                ? undefined
                : describeFields(environment.webauthnFields),
            ),
            fact(
              "replaced",
              "navigator.credentials",
              say(environment.replaced ? "environment_replaced" : "environment_native"),
            ),
          ]}
        />
      </section>
      {aborted && (
        <section aria-labelledby="environment-abort">
          <h3 id="environment-abort">AbortSignal</h3>
          <Facts
            facts={[
              [
                say("environment_fired"),
                say("environment_firedAfter", {
                  delay: describeDuration(Math.max(0, aborted.at - call.startedAt)),
                }),
              ],
              [say("environment_reason"), <LongText key="reason" text={describeReason(aborted.reason)} />],
            ]}
          />
        </section>
      )}
      {realm && <RealmSections realm={realm} />}
      <section aria-labelledby="environment-stack">
        <h3 id="environment-stack">{say("environment_stack")}</h3>
        {call.initiator ? (
          <pre class="stack">
            <LongText text={call.initiator} limit={4_000} hasLines />
          </pre>
        ) : (
          <p class="quiet-note">{say("environment_noStack")}</p>
        )}
      </section>
    </>
  );
}

/** No hook was there: what is known of the page, and no word about the rest. */
function ImportedEnvironment({ call, realm }: { call: Call; realm: Realm | undefined }) {
  const { as, at } = call.imported!;
  const unknown = <span class="quiet">{say("environment_notKnown")}</span>;
  return (
    <>
      <section aria-labelledby="environment-import">
        <h3 id="environment-import">{say("environment_imported")}</h3>
        <Facts
          facts={[
            [say("environment_from"), <LongText key="as" text={as} limit={200} />],
            [say("environment_place"), at ? <LongText key="at" text={at} limit={400} /> : unknown],
            [
              say("environment_took"),
              call.duration === undefined ? unknown : describeDuration(call.duration),
            ],
            [
              say("environment_address"),
              realm?.url ? <LongText key="url" text={realm.url} limit={400} /> : unknown,
            ],
            [say("environment_origin"), realm && realm.origin !== "null" ? realm.origin : unknown],
            [
              say("environment_userAgent"),
              realm?.userAgent ? <LongText key="agent" text={realm.userAgent} limit={400} /> : unknown,
            ],
          ]}
        />
      </section>
      <p class="quiet-note">{say("environment_notRecorded")}</p>
    </>
  );
}

function RealmSections({ realm }: { realm: Realm }) {
  return (
    <>
      <section aria-labelledby="environment-page">
        <h3 id="environment-page">{say(isTopLevel(realm) ? "environment_page" : "environment_frame")}</h3>
        <Facts
          facts={[
            [say("environment_address"), <LongText key="url" text={realm.url} limit={400} />],
            [say("environment_origin"), realm.origin],
            [
              say("environment_embedded"),
              realm.ancestorOrigins.join(", ") ||
                say(isTopLevel(realm) ? "environment_notEmbedded" : "environment_notKnown"),
            ],
            [say("environment_secure"), say(realm.isSecureContext ? "environment_yes" : "environment_no")],
            [say("environment_loaded"), describeMoment(realm.startedAt)],
            [say("environment_userAgent"), <LongText key="agent" text={realm.userAgent} limit={400} />],
            [say("environment_touchPoints"), String(realm.maxTouchPoints)],
            ...(realm.standalone === undefined
              ? []
              : [
                  [
                    say("environment_homeScreen"),
                    say(realm.standalone ? "environment_yes" : "environment_no"),
                  ] as const,
                ]),
          ]}
        />
      </section>
      <section aria-labelledby="environment-hook">
        <h3 id="environment-hook">{say("environment_hook")}</h3>
        <Facts
          facts={[
            [say("environment_inPlace"), describeHook(realm)],
            [say("environment_cameBy"), describeWay(realm.hook.via)],
            [
              say("environment_found"),
              say(realm.hook.native ? "environment_foundNative" : "environment_foundReplaced"),
            ],
            [say("environment_version"), realm.hook.version],
          ]}
        />
      </section>
    </>
  );
}

function describeWay(via: Realm["hook"]["via"]): string {
  const key = HOOK_WAYS[via];
  return key ? say(key) : via;
}

const HOOK_WAYS: Record<Realm["hook"]["via"], PlainKey> = {
  "content-script": "environment_viaContentScript",
  bootstrap: "environment_viaBootstrap",
  inspector: "environment_viaInspector",
  wire: "environment_viaWire",
  library: "environment_viaLibrary",
};

/** An error by name and message, anything else as what it is. */
function describeReason(reason: Snapshot): string {
  const reading = readSnapshot(reason);
  const parts = [reading.member("name").text(), reading.member("message").text()].filter(Boolean);
  return parts.length > 0 ? parts.join(": ") : reading.describe();
}

function describeActivation({
  isActive,
  hasBeenActive,
}: {
  isActive: boolean;
  hasBeenActive: boolean;
}): string {
  if (isActive) return say("environment_active");
  return say(hasBeenActive ? "environment_usedUp" : "environment_untouched");
}

function describePolicy({ create, get }: { create?: boolean; get?: boolean }): string {
  const describe = (method: string, isAllowed: boolean | undefined) => {
    if (isAllowed === undefined) return say("environment_policyNotKnown", { method });
    return say(isAllowed ? "environment_allowed" : "environment_forbidden", { method });
  };
  return `${describe("create", create)}, ${describe("get", get)}`;
}

function describeFields(amount: number): string {
  return amount === 0 ? say("environment_noFields") : sayCount("environment_fieldCount", amount);
}
