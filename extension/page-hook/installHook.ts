import type { HookEvent } from "../../src/recording/hookEvent.js";
import type { Api } from "../../src/recording/recording.js";
import { createDisguise, type Trap } from "./disguise.js";
import { type AnyFunction, bareArray, captureNatives, type Scope } from "./natives.js";
import { createRecordCalls } from "./recordCalls.js";

/** Takes what the hook has to say. */
export type Link = (event: HookEvent) => void;

export interface HookOptions {
  /** Keyhole's */
  version: string;
}

const METHODS = ["create", "get", "store", "preventSilentAccess"] as const;
const STATICS = [
  "isUserVerifyingPlatformAuthenticatorAvailable",
  "isConditionalMediationAvailable",
  "getClientCapabilities",
  "parseCreationOptionsFromJSON",
  "parseRequestOptionsFromJSON",
  "signalUnknownCredential",
  "signalAllAcceptedCredentials",
  "signalCurrentUserDetails",
] as const;

/** When to look for what another script put in the API's place unseen: at the latest when the page is used. */
const MOMENTS = ["DOMContentLoaded", "load", "pointerdown", "keydown"] as const;

/** A property that was changed: what to put back, provided that it still is as we left it. */
interface Change {
  holder: object;
  name: string;
  original: PropertyDescriptor;
  changed: PropertyDescriptor;
}

/**
 * Wraps the credential management API of a window and says through `link` who calls it, with what,
 * and what becomes of it. The page gets what it would get without: the browser's function runs first,
 * with the very `this` and arguments; only then is anything copied, and what goes wrong in that stays
 * here. A window without the API is told of (`installed`) and left alone; a window that has a hook
 * already is left alone altogether.
 */
export function installHook(scope: Scope, link: Link, options: HookOptions): { uninstall(): void } {
  const natives = captureNatives(scope);
  const disguised = createDisguise(natives, scope);
  if (!disguised) return { uninstall() {} };
  const { apply, defineProperty, describe, getPrototypeOf, indexOf } = natives;
  const { disguise, isOurs, originalOf } = disguised;
  const recorder = createRecordCalls(natives, scope, say);
  const { navigator } = scope;
  const changes = bareArray<Change>(natives);
  let isNative = true;

  const restoreToString = disguised.disguiseToString(recorder.passOn);
  look();
  for (let i = 0; i < MOMENTS.length; i++)
    tolerate(() => natives.addEventListener(scope, MOMENTS[i], onMoment, true));
  say({
    __proto__: null,
    kind: "installed",
    hook: {
      __proto__: null,
      version: options.version,
      installedAt: natives.now(),
      readyState: scope.document?.readyState ?? "complete",
      native: isNative,
    },
  } as HookEvent);

  return {
    uninstall() {
      recorder.stop();
      for (let i = 0; i < changes.length; i++) restore(changes[i]!);
      for (let i = 0; i < MOMENTS.length; i++)
        tolerate(() => natives.removeEventListener(scope, MOMENTS[i], onMoment, true));
      restoreToString();
    },
  };

  /** Wraps whatever stands for the API now and is not wrapped yet. */
  function look(): void {
    tolerate(() => wrapContainer(natives.prototype("CredentialsContainer")));
    tolerate(() => wrapAll(describe(scope, "PublicKeyCredential")?.value, STATICS, "PublicKeyCredential"));
    tolerate(() => {
      for (let holder: object | null = navigator; holder; holder = getPrototypeOf(holder)) {
        const descriptor = describe(holder, "credentials");
        if (!descriptor) continue;
        if (!descriptor.get) return wrapContainer(descriptor.value);
        wrapProperty(holder, "credentials", (container) => {
          tolerate(() => wrapContainer(container));
          return container;
        });
        return wrapContainer(apply(originalOf(descriptor.get) as AnyFunction, navigator, []));
      }
    });
  }

  function onMoment(event: Event): void {
    tolerate(() => natives.removeEventListener(scope, natives.eventType(event), onMoment, true));
    look();
  }

  function wrapContainer(container: unknown): void {
    wrapAll(container, METHODS, "credentials");
  }

  /** On the object itself, where others put theirs, and on its prototypes, where the browser's are. */
  function wrapAll(owner: unknown, names: readonly string[], path: string): void {
    for (let holder = owner; isObject(holder) && !isRoot(holder); holder = getPrototypeOf(holder))
      for (let i = 0; i < names.length; i++) {
        const name = names[i]!;
        wrapProperty(holder, name, (value) => wrapFunction(value, name, `${path}.${name}` as Api));
      }
  }

  /** `wrapValue` is applied to the value that the property has, or that its getter returns. */
  function wrapProperty(holder: object, name: string, wrapValue: (value: unknown) => unknown): void {
    const original = describe(holder, name);
    const changed = describe(holder, name);
    if (!original || !changed) return;
    if (original.get) {
      if (isOurs(original.get)) return;
      changed.get = disguise(original.get, () => {
        const trap: Trap = (target, self, args) => wrapValue(recorder.passOn(trap, target, self, args));
        return trap;
      }) as () => unknown;
    } else {
      changed.value = wrapValue(original.value);
      if (changed.value === original.value) return;
    }
    // Refused where another script made it unchangeable; then its calls are not seen.
    if (defineProperty(holder, name, changed)) changes[changes.length] = { holder, name, original, changed };
  }

  function wrapFunction(value: unknown, name: string, api: Api): unknown {
    if (typeof value !== "function" || isOurs(value)) return value;
    return disguise(value as AnyFunction, () => {
      const isReplacement = !looksNative(value, name);
      if (isReplacement) isNative = false;
      return recorder.trapFor(api, isReplacement);
    });
  }

  function looksNative(candidate: unknown, name: string): boolean {
    const text = natives.toString(candidate);
    return indexOf(text, "[native code]") >= 0 && indexOf(text, `${name}(`) >= 0;
  }

  function isRoot(holder: object): boolean {
    return holder === natives.objectPrototype || holder === natives.functionPrototype;
  }

  function restore({ holder, name, original, changed }: Change): void {
    const current = describe(holder, name);
    if (current && current.value === changed.value && current.get === changed.get)
      defineProperty(holder, name, original);
  }

  function say(event: HookEvent): void {
    tolerate(() => link(event));
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** What a browser lacks, or another script forbids, is no affair of the page. */
function tolerate(act: () => void): void {
  try {
    act();
  } catch {
    // goes without
  }
}
