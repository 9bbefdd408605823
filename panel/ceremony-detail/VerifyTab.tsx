import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import {
  type Call,
  describeCoseAlgorithm,
  locateBytes,
  specificationUrl,
  type Verdict,
} from "../../src/index.js";
import type { Store } from "../store/createStore.js";
import { Icon, type IconName } from "../ui/Icon.js";
import { LongText } from "../ui/LongText.js";
import { OUTCOME_WORDS } from "../words/describeVerdicts.js";
import { sayBecause, sayCheck } from "../words/engineWords.js";
import { say, sayCount } from "../words/say.js";
import { GiveForm } from "./GiveForm.js";

/** What a relying party's server would check, step by step. What the recording lacks can be given where it is missed. */
export function VerifyTab({ store, call }: { store: Store; call: Call }) {
  const verdicts = store.known.value.ceremonyOf(call.id)?.verdicts ?? [];
  const pointed = store.pointedStep.value;
  return (
    <section aria-labelledby="verify-steps">
      <h3 id="verify-steps">{say("verify_title")}</h3>
      <VerdictList
        verdicts={verdicts}
        pointed={pointed?.callId === call.id ? pointed : undefined}
        more={(verdict) => (
          <>
            <ItsBytes store={store} call={call} verdict={verdict} />
            <WhatIsMissing store={store} call={call} verdict={verdict} />
          </>
        )}
      />
    </section>
  );
}

export function VerdictList({
  verdicts,
  pointed,
  more,
}: {
  verdicts: readonly Verdict[];
  /** the step that someone came to from its bytes: it is brought into view again whenever `turn` changes */
  pointed?: { check: string; turn: number } | undefined;
  /** what stands below the sentence of a step */
  more?: (verdict: Verdict) => ComponentChildren;
}) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const step = pointed && list.current?.querySelector<HTMLElement>(`[data-check="${pointed.check}"]`);
    step?.scrollIntoView({ block: "nearest" });
    step?.querySelector<HTMLElement>("a, button")?.focus({ preventScroll: true });
  }, [pointed?.turn]);
  return (
    <ol class="verdicts" ref={list}>
      {verdicts.map((verdict) => (
        <li
          key={verdict.check}
          class={`verdict ${verdict.outcome}${verdict.check === pointed?.check ? " marked" : ""}`}
          data-check={verdict.check}
        >
          <span class="verdict-outcome">
            <Icon name={OUTCOME_ICONS[verdict.outcome]} />
            {OUTCOME_WORDS[verdict.outcome]}
          </span>
          <code>
            <a href={specificationUrl(verdict.spec)} target="_blank" rel="noopener noreferrer">
              {sayCheck(verdict.check)}
            </a>
          </code>
          <div>
            <LongText text={sayBecause(verdict)} />
            {more?.(verdict)}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The way to the bytes that the step looked at. */
function ItsBytes({ store, call, verdict }: { store: Store; call: Call; verdict: Verdict }) {
  const place = locateBytes(call, verdict);
  if (!place) return null;
  return (
    <>
      {" "}
      <button
        type="button"
        class="link to-bytes"
        aria-label={say("verify_bytesLabel", { check: sayCheck(verdict.check) })}
        onClick={() => store.showBytes(call.id, place)}
      >
        {say("verify_bytes")}
      </button>
    </>
  );
}

function WhatIsMissing({ store, call, verdict }: { store: Store; call: Call; verdict: Verdict }) {
  // Verdicts of a masked recording were reached before the masking; nothing given changes them.
  if (store.recording.value.redaction?.verdicts[call.id]) return null;
  if (verdict.check === "signature") return <GivenKey store={store} call={call} verdict={verdict} />;
  if (verdict.check === "attestation-trust") return <GivenRoots store={store} verdict={verdict} />;
  return null;
}

/** The public key of a credential whose registration is not in the log. */
function GivenKey({ store, call, verdict }: { store: Store; call: Call; verdict: Verdict }) {
  const id = store.known.value.ceremonyOf(call.id)?.credential?.credentialId;
  if (!id) return null;
  const key = store.given.publicKeys.value.get(id);
  if (key) {
    const kind = key.algorithm === undefined ? key.keyType : describeCoseAlgorithm(key.algorithm);
    return (
      <Given what={say("verify_keyGiven", { kind: `${kind}` })} onRemove={() => store.given.removeKey(id)} />
    );
  }
  if (verdict.outcome !== "cannot-tell") return null;
  return (
    <GiveForm
      offer={say("verify_giveKey")}
      label={say("verify_key")}
      placeholder={say("verify_keyForms")}
      take={(text) => store.given.giveKey(id, text)}
    />
  );
}

/** Root certificates to trust, for every registration of the log. */
function GivenRoots({ store, verdict }: { store: Store; verdict: Verdict }) {
  const roots = store.given.roots.value;
  if (verdict.outcome === "not-applicable") return null;
  return (
    <>
      {roots.length > 0 && (
        <Given
          what={sayCount("verify_rootsGiven", roots.length, {
            subjects: roots.map(({ subject }) => subject).join("; "),
          })}
          onRemove={() => store.given.removeRoots()}
        />
      )}
      {verdict.outcome !== "pass" && (
        <GiveForm
          key={roots.length}
          offer={say(roots.length > 0 ? "verify_giveRoot" : "verify_giveRoots")}
          label={say("verify_roots")}
          placeholder="-----BEGIN CERTIFICATE-----"
          take={(text) => store.given.giveRoots(text)}
        />
      )}
    </>
  );
}

function Given({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <p class="given">
      <span>
        <LongText text={what} limit={160} />
      </span>{" "}
      <button type="button" class="link" onClick={onRemove}>
        {say("verify_remove")}
      </button>
    </p>
  );
}

/** "18/18": passed, out of those that could be decided. */
export function countVerdicts(verdicts: readonly Verdict[]): string {
  const decided = verdicts.filter(({ outcome }) => outcome === "pass" || outcome === "fail");
  return `${decided.filter(({ outcome }) => outcome === "pass").length}/${decided.length}`;
}

const OUTCOME_ICONS: Record<Verdict["outcome"], IconName> = {
  pass: "good",
  fail: "bad",
  "cannot-tell": "unknown",
  "not-applicable": "none",
};
