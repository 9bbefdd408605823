import { type Call, type Realm, readSnapshot, type Snapshot } from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { isTopLevel } from "../store/rows.js";
import { LongText } from "../ui/LongText.js";
import { describeDuration } from "../words/describeDuration.js";
import { describeHook } from "../words/describeHook.js";
import { describeMoment } from "../words/describeTime.js";
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
        <span class="quiet">not known</span>
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
        <h3 id="environment-call">At the moment of the call</h3>
        <Facts
          facts={[
            ["Started", describeMoment(call.startedAt)],
            ["Took", call.duration === undefined ? "still pending" : describeDuration(call.duration)],
            fact("userActivation", "User activation", userActivation && describeActivation(userActivation)),
            fact("hasFocus", "Focus", environment.hasFocus ? "the document had it" : "elsewhere"),
            fact("visibility", "Visibility", environment.visibility),
            fact("policy", "Permissions Policy", policy && describePolicy(policy)),
            fact(
              "webauthnFields",
              "AutoFill fields",
              environment.webauthnFields === undefined
                ? undefined
                : describeFields(environment.webauthnFields),
            ),
            fact(
              "replaced",
              "navigator.credentials",
              environment.replaced
                ? "replaced by another script (a password manager, often)"
                : "the browser’s own",
            ),
          ]}
        />
      </section>
      {aborted && (
        <section aria-labelledby="environment-abort">
          <h3 id="environment-abort">AbortSignal</h3>
          <Facts
            facts={[
              ["Fired", `${describeDuration(Math.max(0, aborted.at - call.startedAt))} after the call`],
              ["Reason", <LongText key="reason" text={describeReason(aborted.reason)} />],
            ]}
          />
        </section>
      )}
      {realm && <RealmSections realm={realm} />}
      <section aria-labelledby="environment-stack">
        <h3 id="environment-stack">Where the call came from</h3>
        {call.initiator ? (
          <pre class="stack">
            <LongText text={call.initiator} limit={4_000} hasLines />
          </pre>
        ) : (
          <p class="quiet-note">The browser gave no stack.</p>
        )}
      </section>
    </>
  );
}

/** No hook was there: what is known of the page, and no word about the rest. */
function ImportedEnvironment({ call, realm }: { call: Call; realm: Realm | undefined }) {
  const { as, at } = call.imported!;
  const unknown = <span class="quiet">not known</span>;
  return (
    <>
      <section aria-labelledby="environment-import">
        <h3 id="environment-import">Imported</h3>
        <Facts
          facts={[
            ["From", <LongText key="as" text={as} limit={200} />],
            ["Place", at ? <LongText key="at" text={at} limit={400} /> : unknown],
            ["Took", call.duration === undefined ? unknown : describeDuration(call.duration)],
            ["Address", realm?.url ? <LongText key="url" text={realm.url} limit={400} /> : unknown],
            ["Origin", realm && realm.origin !== "null" ? realm.origin : unknown],
            [
              "User agent",
              realm?.userAgent ? <LongText key="agent" text={realm.userAgent} limit={400} /> : unknown,
            ],
          ]}
        />
      </section>
      <p class="quiet-note">
        Focus, user activation, permissions and frames were not recorded: no hook was there.
      </p>
    </>
  );
}

function RealmSections({ realm }: { realm: Realm }) {
  return (
    <>
      <section aria-labelledby="environment-page">
        <h3 id="environment-page">{isTopLevel(realm) ? "Page" : "Frame"}</h3>
        <Facts
          facts={[
            ["Address", <LongText key="url" text={realm.url} limit={400} />],
            ["Origin", realm.origin],
            [
              "Embedded in",
              realm.ancestorOrigins.join(", ") ||
                (isTopLevel(realm) ? "nothing: it is the page itself" : "not known"),
            ],
            ["Secure context", realm.isSecureContext ? "yes" : "no"],
            ["Loaded", describeMoment(realm.startedAt)],
            ["User agent", <LongText key="agent" text={realm.userAgent} limit={400} />],
            ["Touch points", String(realm.maxTouchPoints)],
          ]}
        />
      </section>
      <section aria-labelledby="environment-hook">
        <h3 id="environment-hook">Hook</h3>
        <Facts
          facts={[
            ["In place", describeHook(realm)],
            ["Came by", HOOK_WAYS[realm.hook.via] ?? realm.hook.via],
            [
              "Found",
              realm.hook.native
                ? "the browser’s own functions"
                : "functions that another script had replaced",
            ],
            ["Version", realm.hook.version],
          ]}
        />
      </section>
    </>
  );
}

const HOOK_WAYS: Record<Realm["hook"]["via"], string> = {
  "content-script": "the extension’s content script",
  bootstrap: "Web Inspector’s bootstrap script",
  inspector: "Web Inspector, after the page had loaded",
  wire: "a wire to a device",
  library: "a library in the page",
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
  if (isActive) return "active: a person had just tapped or typed";
  return hasBeenActive
    ? "used up: a tap or key press was longer ago"
    : "none: nobody had touched the page yet";
}

function describePolicy({ create, get }: { create?: boolean; get?: boolean }): string {
  const word = (allowed: boolean | undefined) =>
    allowed === undefined ? "not known" : allowed ? "allowed" : "forbidden";
  return `create ${word(create)}, get ${word(get)}`;
}

function describeFields(amount: number): string {
  return amount === 0 ? "none with the webauthn token" : `${amount} with the webauthn token`;
}
