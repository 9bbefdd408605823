import type { Environment } from "../../src/recording/recording.js";
import { attempt, getter, type Scope, uncurry } from "./natives.js";

/** Elements whose autocomplete has the token, at its end, as the specification wants it. */
const WEBAUTHN_FIELDS = '[autocomplete~="webauthn" i][autocomplete$="webauthn" i]';

/** Makes the two readings of what the page is like when it calls; neither runs code of the page. */
export function createReadEnvironment(scope: Scope) {
  const { document, navigator } = scope;
  const { userActivation } = navigator;
  const isActive = getter<boolean>(scope.UserActivation?.prototype, "isActive");
  const hasBeenActive = getter<boolean>(scope.UserActivation?.prototype, "hasBeenActive");
  const hasFocus = uncurry<boolean>(document.hasFocus);
  const visibilityState = getter<DocumentVisibilityState>(scope.Document.prototype, "visibilityState");
  const querySelectorAll = uncurry<NodeList>(document.querySelectorAll);
  const lengthOf = getter<number>(scope.NodeList.prototype, "length");
  const policy = attempt(() => readPolicy(scope));

  return {
    /** Before the native call, which may use the activation up. */
    readActivation: (): Environment["userActivation"] =>
      attempt(() => ({
        __proto__: null,
        isActive: isActive(userActivation),
        hasBeenActive: hasBeenActive(userActivation),
      })),

    /** After it: nothing of this is changed by the call. */
    readEnvironment(activation: Environment["userActivation"], isReplacement: boolean): Environment {
      const environment = {
        __proto__: null,
        hasFocus: hasFocus(document),
        visibility: visibilityState(document),
        webauthnFields: lengthOf(querySelectorAll(document, WEBAUTHN_FIELDS)),
      } as Environment;
      if (activation) environment.userActivation = activation;
      if (policy) environment.policy = policy;
      if (isReplacement) environment.replaced = true;
      return environment;
    },
  };
}

/** That of a document never changes. Chrome complains on the console about features it does not know. */
function readPolicy(scope: Scope): Environment["policy"] {
  const { featurePolicy } = scope.document as unknown as { featurePolicy: Policy };
  const known = featurePolicy.features();
  const policy = { __proto__: null } as NonNullable<Environment["policy"]>;
  for (const name of ["create", "get"] as const) {
    const feature = `publickey-credentials-${name}`;
    if (known.includes(feature)) policy[name] = featurePolicy.allowsFeature(feature);
  }
  return policy;
}

/** What Chromium has; no other browser tells its Permissions Policy to scripts. */
interface Policy {
  features(): string[];
  allowsFeature(name: string): boolean;
}
