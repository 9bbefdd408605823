import type { HookEvent } from "../../src/recording/hookEvent.js";
import type { Api } from "../../src/recording/recording.js";
import type { EncodeBytes } from "./copySnapshot.js";
import { type Answer, disguise, isInstalled, originalOf, type Trap, toStringTrap } from "./disguise.js";
import {
  type AnyFunction,
  attempt,
  climb,
  defineProperty,
  describe,
  functionPrototype,
  functionToString,
  indexOf,
  now,
  objectPrototype,
  type Scope,
} from "./natives.js";
import { createRecordCalls } from "./recordCalls.js";

/** Takes what the hook has to say. */
export type Link = (event: HookEvent) => void;

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

const PARSING = { __proto__: null, childList: true };
const ONCE = { __proto__: null, capture: true, once: true };

type WrapValue = (value: unknown, name: string) => unknown;

/**
 * Wraps the credential management API of a window and says through `link` who calls it, with what,
 * and what becomes of it. The page gets what it would get without: the browser's function runs first,
 * with the very `this` and arguments; only then is anything copied, and what goes wrong in that stays
 * here. A window without the API is told of (`installed`) and left alone; a window that has a hook
 * already is left alone altogether.
 *
 * version: Keyhole's. encode: bytes as the link can carry them. answer: for those who know what to ask `Function.prototype.toString`.
 */
export function installHook(
  scope: Scope,
  link: Link,
  version: string,
  encode: EncodeBytes,
  answer?: Answer,
): void {
  if (isInstalled()) return;
  const recorder = createRecordCalls(scope, say, encode);
  const { navigator } = scope;
  let isNative = true;

  const container = navigator.credentials as CredentialsContainer | undefined;

  wrapProperty(functionPrototype, "toString", (value) =>
    disguise(value as AnyFunction, () => toStringTrap(recorder.passOn, answer)),
  );
  look();
  for (let i = 0; i < MOMENTS.length; i++) scope.addEventListener(MOMENTS[i]!, look, ONCE);
  // When the parser goes on, the scripts of other extensions have run, and none of the page has.
  attempt(() =>
    new scope.MutationObserver((_, observer) => {
      observer.disconnect();
      look();
    }).observe(scope.document.documentElement, PARSING),
  );
  say({
    __proto__: null,
    kind: "installed",
    hook: {
      __proto__: null,
      version,
      installedAt: now(),
      readyState: scope.document.readyState,
      native: isNative,
    },
  } as HookEvent);

  /** Wraps whatever stands for the API now and is not wrapped yet. */
  function look(): void {
    seeContainer(container);
    wrapAll(describe(scope, "PublicKeyCredential")?.value, STATICS, (value, name) =>
      wrapFunction(value, name, `PublicKeyCredential.${name}`),
    );
    wrapAll(navigator, ["credentials"], seeContainer);
  }

  function seeContainer<T>(seen: T): T {
    wrapAll(seen, METHODS, (value, name) => wrapFunction(value, name, `credentials.${name}`));
    return seen;
  }

  /** On the object itself, where others put theirs, and on its prototypes, where the browser's are; on nothing else. */
  function wrapAll(owner: unknown, names: readonly string[], wrapValue: WrapValue): void {
    attempt(() => {
      climb(owner as object | null, (holder) => {
        if (isRoot(holder)) return true;
        for (let i = 0; i < names.length; i++) wrapProperty(holder, names[i]!, wrapValue);
        return undefined;
      });
    });
  }

  /** `wrapValue` is applied to the value that the property has, or to what its getter returns. */
  function wrapProperty(holder: object, name: string, wrapValue: WrapValue): void {
    const property = describe(holder, name);
    if (!property) return;
    const { get, value } = property;
    if (get) {
      if (originalOf(get)) return;
      property.get = disguise(get, () => {
        const trap: Trap = (target, self, args) => wrapValue(recorder.passOn(trap, target, self, args), name);
        return trap;
      }) as () => unknown;
    } else {
      property.value = wrapValue(value, name);
      if (property.value === value) return;
    }
    // Refused where another script made it unchangeable; then its calls are not seen.
    defineProperty(holder, name, property);
  }

  function wrapFunction(value: unknown, name: string, api: string): unknown {
    if (typeof value !== "function" || originalOf(value)) return value;
    return disguise(value as AnyFunction, () => {
      const isReplacement = !looksNative(value, name);
      if (isReplacement) isNative = false;
      return recorder.trapFor(api as Api, isReplacement);
    });
  }

  function looksNative(candidate: unknown, name: string): boolean {
    const text = functionToString(candidate);
    return indexOf(text, "[native code]") >= 0 && indexOf(text, `${name}(`) >= 0;
  }

  function isRoot(holder: object): boolean {
    return holder === objectPrototype || holder === functionPrototype;
  }

  function say(event: HookEvent): void {
    attempt(() => link(event));
  }
}
