import type { Environment } from "../../src/recording/recording.js";
import type { Natives, Scope } from "./natives.js";

/** Makes the two readings of what the page is like when it calls; neither runs code of the page. */
export function createReadEnvironment(natives: Natives, scope: Scope) {
  const { getter, method } = natives;
  const { document, navigator } = scope;
  const userActivation = getter<object>("Navigator", "userActivation");
  const isActive = getter<boolean>("UserActivation", "isActive");
  const hasBeenActive = getter<boolean>("UserActivation", "hasBeenActive");
  const hasFocus = method<boolean>("Document", "hasFocus");
  const visibilityState = getter<string>("Document", "visibilityState");
  const querySelectorAll = method<NodeList>("Document", "querySelectorAll");
  const listLength = getter<number>("NodeList", "length");
  const getAttribute = method<string | null>("Element", "getAttribute");
  const toLowerCase = natives.uncurry<string>(scope.String.prototype.toLowerCase);
  const readPolicy = createReadPolicy(natives, scope);

  /** Before the native call, which may use the activation up. */
  function readActivation(): Environment["userActivation"] {
    try {
      const activation = userActivation(navigator);
      return bare({ isActive: isActive(activation), hasBeenActive: hasBeenActive(activation) });
    } catch {
      return undefined;
    }
  }

  /** After it: none of this is changed by the call. */
  function readEnvironment(activation: Environment["userActivation"], replaced: boolean): Environment {
    const environment: Environment = bare({ hasFocus: false, visibility: "visible" });
    if (activation) environment.userActivation = activation;
    tolerate(() => {
      environment.hasFocus = hasFocus(document);
    });
    tolerate(() => {
      environment.visibility = visibilityState(document) === "hidden" ? "hidden" : "visible";
    });
    tolerate(() => {
      const policy = readPolicy();
      if (policy) environment.policy = policy;
    });
    tolerate(() => {
      environment.webauthnFields = countWebauthnFields();
    });
    if (replaced) environment.replaced = true;
    return environment;
  }

  function countWebauthnFields(): number {
    const candidates = querySelectorAll(document, '[autocomplete*="webauthn" i]');
    const length = listLength(candidates);
    let count = 0;
    for (let i = 0; i < length; i++)
      if (lastToken(getAttribute(candidates[i], "autocomplete") ?? "") === "webauthn") count++;
    return count;
  }

  function lastToken(text: string): string {
    let end = text.length;
    while (end && isSpace(text[end - 1]!)) end--;
    let start = end;
    while (start && !isSpace(text[start - 1]!)) start--;
    return toLowerCase(natives.slice(text, start, end));
  }

  function bare<T extends object>(members: T): T {
    natives.setPrototypeOf(members, null);
    return members;
  }

  return { readActivation, readEnvironment };
}

/** The policy of a document never changes. Chrome complains on the console about features it does not know. */
function createReadPolicy(natives: Natives, scope: Scope): () => Environment["policy"] {
  const interfaceName = natives.prototype("PermissionsPolicy") ? "PermissionsPolicy" : "FeaturePolicy";
  const policyOf = natives.prototype("Document");
  const document = scope.document;
  const getPolicy = natives.getter<object>(
    "Document",
    policyOf && natives.describe(policyOf, "permissionsPolicy") ? "permissionsPolicy" : "featurePolicy",
  );
  const features = natives.method<string[]>(interfaceName, "features");
  const allowsFeature = natives.method<boolean>(interfaceName, "allowsFeature");
  const emptyPolicy = () => ({ __proto__: null }) as NonNullable<Environment["policy"]>;
  let policy: Environment["policy"] | null = null;

  return () => {
    if (policy !== null) return policy;
    policy = undefined;
    const own = getPolicy(document);
    const known = features(own);
    const found = emptyPolicy();
    for (let i = 0; i < known.length; i++) {
      if (known[i] === "publickey-credentials-create") found.create = allowsFeature(own, known[i]);
      else if (known[i] === "publickey-credentials-get") found.get = allowsFeature(own, known[i]);
      else continue;
      policy = found;
    }
    return policy;
  };
}

function isSpace(character: string): boolean {
  return (
    character === " " || character === "\t" || character === "\n" || character === "\f" || character === "\r"
  );
}

function tolerate(read: () => void): void {
  try {
    read();
  } catch {
    // not in this browser
  }
}
