import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { build, type Rolldown } from "vite";
import type { HookEvent } from "../../src/recording/hookEvent.js";

export interface FakePage {
  /** Runs code as a script of the page and returns what it evaluates to. */
  run<T = unknown>(code: string): T;
  /** Runs the body of an async function as a script of the page and returns a copy of what it returns. */
  runAsync<T = unknown>(body: string): Promise<T>;
  /** What the hook said, as it would arrive through a port. */
  events: HookEvent[];
  of<K extends HookEvent["kind"]>(kind: K): Extract<HookEvent, { kind: K }>[];
  /** Runs the script of the hook (again), as a browser or Web Inspector would. */
  install(): void;
}

export interface FakePageOptions {
  /** page code that runs before the hook */
  before?: string;
  /** false: a browser without the API */
  api?: boolean;
  /** false: without the hook, to compare */
  hook?: boolean;
}

/**
 * A page in a realm of its own, with classes of the shape that the specifications give to the credential
 * management API: attributes and methods on prototypes, brand checks, promises, functions that say that they are
 * native. The hook that runs in it is bundled and minified as it is shipped.
 *
 * `navigator.credentials.create(…)` and the others do what the page puts into `browser.create` and so
 * on: a function that gets the options; what it returns or throws settles the promise. `browser.count`
 * counts the calls that reach the browser.
 */
export async function openFakePage({
  before = "",
  api = true,
  hook = true,
}: FakePageOptions = {}): Promise<FakePage> {
  const script = await bundleHook("installHook.ts");
  const encoding = await bundleHook("base64url.ts");
  const context = createFakeContext();
  const run = <T>(code: string) =>
    new Script(code, { filename: "https://rp.example/app.js" }).runInContext(context) as T;
  if (!api)
    run(
      "delete globalThis.PublicKeyCredential; delete CredentialsContainer; delete Navigator.prototype.credentials",
    );
  run(before);

  const events: HookEvent[] = [];
  const page: FakePage = {
    run,
    runAsync: async <T>(body: string) =>
      structuredClone(await run<Promise<T>>(`(async () => { ${body} })()`)),
    events,
    of: (kind) => events.filter((event) => event.kind === kind) as never,
    install() {
      const { installHook } = script.runInContext(
        context,
      ) as typeof import("../../extension/page-hook/installHook.js");
      const link = (event: HookEvent) => void events.push(structuredClone(event));
      const { base64url } = encoding.runInContext(
        context,
      ) as typeof import("../../extension/page-hook/base64url.js");
      installHook(run("globalThis"), link, "9.9.9", base64url);
    },
  };
  if (hook) page.install();
  return page;
}

const bundles = new Map<string, Promise<Script>>();

/** A part of the hook as one minified script, whose value is its exports. */
export function bundleHook(entry: string): Promise<Script> {
  const bundle =
    bundles.get(entry) ??
    build({
      configFile: false,
      logLevel: "silent",
      build: {
        write: false,
        target: "es2022",
        minify: true,
        lib: {
          entry: fileURLToPath(new URL(`../../extension/page-hook/${entry}`, import.meta.url)),
          formats: ["iife"],
          name: "underTest",
        },
      },
    }).then((built) => {
      const [{ output }] = built as [Rolldown.RolldownOutput];
      return new Script(`(() => { ${output[0].code}; return underTest; })()`, {
        filename: "chrome-extension://keyhole/page-hook.js",
      });
    });
  bundles.set(entry, bundle);
  return bundle;
}

export function createFakeContext() {
  const context = createContext({
    ...{ EventTarget, Event, MessageEvent, MessageChannel, MessagePort },
    ...{ AbortController, AbortSignal, DOMException, TextEncoder, performance },
    ...{ structuredClone, queueMicrotask, setTimeout },
  });
  new Script(BROWSER, { filename: "browser.js" }).runInContext(context);
  return context;
}

const BROWSER = `(() => {
  const { Reflect, Promise, WeakSet, Object, TypeError } = globalThis, { apply } = Reflect, has = WeakSet.prototype.has;
  const native = new WeakSet();
  const toString = Function.prototype.toString;
  const spelling = (name) => "function " + name + "() { [native code] }";
  const browser = (globalThis.browser = {
    count: 0, hasFocus: true, visibility: "visible", fields: [], features: {},
    activation: { isActive: false, hasBeenActive: false },
  });

  Function.prototype.toString = {
    toString() { return apply(has, native, [this]) ? spelling(this.name) : apply(toString, this, []); },
  }.toString;
  native.add(Function.prototype.toString);
  const define = (...classes) => {
    for (const made of classes) {
      Object.defineProperty(globalThis, made.name, { value: made, writable: true, configurable: true });
      for (const holder of [made, made.prototype])
        for (const [name, d] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
          for (const f of [d.value, d.get]) if (typeof f === "function" && name !== "constructor") native.add(f);
          if (name !== "constructor" && name !== "prototype") Object.defineProperty(holder, name, { ...d, ...(d.configurable && { enumerable: true }) });
        }
    }
  };

  // ---- the page's window, document and navigator
  const windowTarget = new EventTarget();
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
    const method = EventTarget.prototype[name];
    globalThis[name] = { [name](...args) { return apply(method, this === undefined || this === globalThis ? windowTarget : this, args); } }[name];
  }
  globalThis.window = globalThis;
  class NodeList { #items; constructor(items) { this.#items = items; for (let i = 0; i < items.length; i++) this[i] = items[i]; } get length() { return this.#items.length; } }
  class FeaturePolicy { features() { return Object.keys(browser.features); } allowsFeature(name) { if (!(name in browser.features)) browser.complained = name; return browser.features[name]; } }
  class Node extends EventTarget {}
  class HTMLFormElement extends Node { get password() { return "in the form"; } }
  class Document extends Node {
    #policy = new FeaturePolicy(); #fonts = new EventTarget();
    get fonts() { return this.#fonts; }
    get readyState() { return "loading"; }
    get visibilityState() { return browser.visibility; }
    get featurePolicy() { return this.#policy; }
    hasFocus() { return browser.hasFocus; }
    querySelectorAll(selector) { browser.selector = selector; return new NodeList(browser.fields); }
  }
  class UserActivation { #brand; get isActive() { this.#brand; return browser.activation.isActive; } get hasBeenActive() { this.#brand; return browser.activation.hasBeenActive; } }

  // ---- credentials
  const settle = (api, self, options) => {
    browser.count++;
    return browser[api]?.(options, self) ?? null;
  };
  const ceremony = (api, self, options) =>
    new Promise((resolve, reject) => {
      try { resolve(settle(api, self, options)); } catch (error) { reject(error); }
    });
  class Credential {
    #id; #type;
    constructor(id, type) { this.#id = id; this.#type = type; }
    get id() { return this.#id; }
    get type() { return this.#type; }
  }
  class PasswordCredential extends Credential {
    #password;
    constructor({ id, password }) { super(id, "password"); this.#password = password; }
    get password() { return this.#password; }
  }
  class PublicKeyCredential extends Credential {
    #members;
    constructor(members) { super(members.id, "public-key"); this.#members = members; }
    get rawId() { return this.#members.rawId; }
    get response() { return this.#members.response; }
    get authenticatorAttachment() { return this.#members.authenticatorAttachment ?? null; }
    getClientExtensionResults() { return this.#members.extensions ?? {}; }
    toJSON() { browser.toJSON = true; throw new TypeError("Illegal invocation"); }
    static async isUserVerifyingPlatformAuthenticatorAvailable() { return settle("isUVPAA") ?? true; }
    static async isConditionalMediationAvailable() { return true; }
    static async getClientCapabilities() { return { conditionalGet: true }; }
    static parseCreationOptionsFromJSON(json) { return settle("parse", this, json); }
    static parseRequestOptionsFromJSON(json) { return settle("parse", this, json); }
    static async signalUnknownCredential(options) { return settle("signal", this, options) ?? undefined; }
    static async signalAllAcceptedCredentials(options) { return settle("signal", this, options) ?? undefined; }
    static async signalCurrentUserDetails(options) { return settle("signal", this, options) ?? undefined; }
  }
  class AuthenticatorResponse { #json; constructor(json) { this.#json = json; } get clientDataJSON() { return this.#json; } }
  class AuthenticatorAttestationResponse extends AuthenticatorResponse {
    #members;
    constructor(members) { super(members.clientDataJSON); this.#members = members; }
    get attestationObject() { return this.#members.attestationObject; }
    getTransports() { return this.#members.transports; }
    getPublicKey() { return this.#members.publicKey; }
    getPublicKeyAlgorithm() { this.#members; return -7; }
  }
  class AuthenticatorAssertionResponse extends AuthenticatorResponse {
    #members;
    constructor(members) { super(members.clientDataJSON); this.#members = members; }
    get authenticatorData() { return this.#members.authenticatorData; }
    get signature() { return this.#members.signature; }
    get userHandle() { return this.#members.userHandle ?? null; }
  }
  class CredentialsContainer {
    #brand;
    create(options) { this.#brand; return ceremony("create", this, options); }
    get(options) { this.#brand; return ceremony("get", this, options); }
    store(credential) { this.#brand; return ceremony("store", this, credential); }
    preventSilentAccess() { this.#brand; return ceremony("preventSilentAccess", this); }
  }
  for (const name of ["create", "get", "store"])
    Object.defineProperty(CredentialsContainer.prototype[name], "length", { value: 0, configurable: true });
  class Navigator {
    #credentials = new CredentialsContainer(); #activation = new UserActivation();
    get credentials() { return this.#credentials; }
    get userActivation() { return this.#activation; }
  }
  define(NodeList, FeaturePolicy, Node, HTMLFormElement, Document, UserActivation, Navigator, CredentialsContainer, Credential);
  define(PasswordCredential, PublicKeyCredential, AuthenticatorResponse, AuthenticatorAttestationResponse, AuthenticatorAssertionResponse);
  globalThis.document = new Document();
  globalThis.navigator = new Navigator();
})()`;
