import { encodeBase64url } from "../../src/bytes/base64url.js";
import type { Api, Call, Environment, Realm, Recording } from "../../src/recording/recording.js";
import type { Snapshot } from "../../src/recording/snapshot.js";
import { attestationObject, authenticatorData, clientDataJson } from "./authenticatorBytes.js";

/*
 * Recordings told as stories:
 *
 *     recordingOf([create().returns(passkey("A")), get().rejects("NotAllowedError", { after: 40 })],
 *       { browser: safari("18.3") })
 *
 * What isn't said is as a well-built relying party and an iPhone would have it.
 */

export function recordingOf(drafts: readonly CallDraft[], page: PageParts = {}): Recording {
  const realms: Realm[] = [];
  const seqs = new Map<Realm, number>();
  const used = new Set<unknown>();
  const calls = drafts.map((draft, index) => {
    const realm = realmFor(realms, draft.page ?? page);
    const seq = seqs.get(realm) ?? 0;
    seqs.set(realm, seq + 1);
    draft.freshenChallenge(used, index);
    const place = { id: `call-${index}`, realmId: realm.id, seq, startedAt: START + index * 60_000 };
    return draft.toCall(place, realm.origin);
  });
  return {
    format: "keyhole-recording",
    version: 1,
    createdBy: { name: "test", version: "0" },
    createdAt: new Date(START).toISOString(),
    realms,
    calls,
  };
}

const START = Date.UTC(2026, 0, 1);

export interface PageParts {
  browser?: Browser;
  origin?: string;
  ancestorOrigins?: string[];
  isSecureContext?: boolean;
  frameId?: number;
  /** how far the page was when the hook came in */
  readyState?: Realm["hook"]["readyState"];
}

/** One realm for each different page. */
function realmFor(realms: Realm[], parts: PageParts): Realm {
  const {
    browser = CHROME,
    origin = "https://example.com",
    ancestorOrigins = [],
    isSecureContext = true,
    frameId,
    readyState = "loading",
  } = parts;
  const known = realms.find(
    (realm) =>
      realm.origin === origin &&
      realm.userAgent === browser.userAgent &&
      realm.maxTouchPoints === browser.maxTouchPoints &&
      realm.isSecureContext === isSecureContext &&
      realm.frameId === frameId &&
      realm.hook.readyState === readyState &&
      realm.ancestorOrigins.join() === ancestorOrigins.join(),
  );
  if (known) return known;
  const realm: Realm = {
    id: `realm-${realms.length}`,
    url: `${origin}/`,
    origin,
    ancestorOrigins,
    isSecureContext,
    ...(frameId !== undefined && { frameId }),
    ...browser,
    startedAt: START,
    hook: { version: "0", via: "content-script", installedAt: START, readyState, native: true },
  };
  realms.push(realm);
  return realm;
}

// ------------------------------------------------------------------ browsers

export interface Browser {
  userAgent: string;
  maxTouchPoints: number;
}

export const CHROME: Browser = {
  userAgent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  maxTouchPoints: 0,
};

/** Safari on an iPhone. From version 26 on, the system in the user agent stands still at 18.6. */
export function safari(version: string): Browser {
  return iphone(version, `Version/${version} Mobile/15E148 Safari/604.1`);
}

/** Safari on an iPad as it comes: it says that it is a Mac. */
export function safariOnIpad(version: string): Browser {
  return {
    userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Safari/605.1.15`,
    maxTouchPoints: 5,
  };
}

export function safariOnMac(version: string): Browser {
  return { ...safariOnIpad(version), maxTouchPoints: 0 };
}

/** A WKWebView in an app. */
export function webview(version: string): Browser {
  return iphone(version, "Mobile/15E148");
}

export function chromeOnIphone(version: string): Browser {
  return iphone(version, "CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1");
}

function iphone(version: string, rest: string): Browser {
  const system = Number.parseInt(version, 10) >= 26 ? "18_6" : version.replaceAll(".", "_");
  return {
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS ${system} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`,
    maxTouchPoints: 5,
  };
}

// ------------------------------------------------------------------ calls

/** `credentials.create` with the options of a well-built relying party, but for those given. */
export function create(publicKey: Overrides = {}, others: Members = {}): CallDraft {
  const options = override(CREATION, publicKey);
  return new CallDraft("credentials.create", [{ publicKey: options, ...others }]);
}

/** `credentials.get` with the options of a well-built relying party, but for those given. */
export function get(publicKey: Overrides = {}, others: Members = {}): CallDraft {
  const options = override(REQUEST, publicKey);
  return new CallDraft("credentials.get", [{ publicKey: options, ...others }]);
}

/** Any call, with the very arguments. */
export function call(api: Api, ...args: unknown[]): CallDraft {
  return new CallDraft(api, args);
}

type Members = { [name: string]: unknown };
/** `undefined` stands for a member that the page left out */
type Overrides = Members;

/** What `@simplewebauthn` makes by default. */
const CREATION: Members = {
  rp: { id: "example.com", name: "Example" },
  user: { id: bytes(32, 1), name: "alice@example.com", displayName: "Alice" },
  challenge: bytes(32, 2),
  pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: "public-key", alg })),
  timeout: 300_000,
  excludeCredentials: [],
  authenticatorSelection: {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "preferred",
  },
  attestation: "none",
  extensions: { credProps: true },
};

const REQUEST: Members = {
  rpId: "example.com",
  challenge: bytes(32, 3),
  timeout: 300_000,
  allowCredentials: [],
  userVerification: "preferred",
};

function override(defaults: Members, overrides: Overrides): Members {
  const merged: Members = { ...defaults };
  for (const [name, value] of Object.entries(overrides)) {
    const known = merged[name];
    merged[name] = isPlain(known) && isPlain(value) ? override(known, value) : value;
  }
  return merged;
}

/** A descriptor as servers send it; without transports if none are given. */
export function descriptor(name: string, transports?: unknown): Members {
  return { id: credentialId(name), type: "public-key", ...(transports !== undefined && { transports }) };
}

export class CallDraft {
  page?: PageParts;
  #parts: Partial<Omit<Call, "environment">> & { environment?: Partial<Environment> } = {};
  #returned?: Credential;

  constructor(
    readonly api: Api,
    readonly args: readonly unknown[],
  ) {}

  /** In a page of its own, where the recording has several. */
  in(page: PageParts): this {
    this.page = page;
    return this;
  }

  /** Fulfilled with a credential, or with the very value. */
  returns(value: unknown, { after = 2_000 } = {}): this {
    if (!(value instanceof Credential)) {
      return this.with({ duration: after, outcome: { status: "fulfilled", value: snapshotOf(value) } });
    }
    this.#returned = value;
    return this.with({ duration: after });
  }

  rejects(name: string, { message = DEFAULT_MESSAGES[name] ?? "", after = 2_000 } = {}): this {
    return this.with({
      duration: after,
      outcome: { status: "rejected", error: { name, message, isDOMException: true } },
    });
  }

  with(parts: Partial<Omit<Call, "environment">> & { environment?: Partial<Environment> }): this {
    Object.assign(this.#parts, parts);
    return this;
  }

  publicKey(): Members {
    return (this.args[0] as { publicKey: Members }).publicKey;
  }

  /** A challenge by default is good for one call of a recording; the next ones get their own. */
  freshenChallenge(used: Set<unknown>, index: number): void {
    const publicKey = (this.args[0] as { publicKey?: Members } | undefined)?.publicKey;
    const isDefault =
      publicKey?.challenge === CREATION.challenge || publicKey?.challenge === REQUEST.challenge;
    if (!publicKey || !isDefault) return;
    if (used.has(publicKey.challenge)) {
      const challenge = bytes(32, 4);
      new DataView(challenge.buffer).setUint32(0, index);
      publicKey.challenge = challenge;
    }
    used.add(publicKey.challenge);
  }

  toCall(place: Pick<Call, "id" | "realmId" | "seq" | "startedAt">, origin: string): Call {
    const value = this.#returned?.answerTo(this, origin);
    const { environment, ...parts } = this.#parts;
    return {
      ...place,
      api: this.api,
      environment: { ...ENVIRONMENT, ...environment },
      arguments: this.args.map(snapshotOf),
      outcome: value === undefined ? { status: "pending" } : { status: "fulfilled", value },
      ...parts,
    };
  }
}

/** A button was tapped, on a page that has a field for AutoFill. */
const ENVIRONMENT: Environment = {
  userActivation: { isActive: true, hasBeenActive: true },
  hasFocus: true,
  visibility: "visible",
  webauthnFields: 1,
};

/** WebKit's own words where the cause has none. */
const DEFAULT_MESSAGES: Record<string, string> = {
  NotAllowedError:
    "The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.",
  InvalidStateError: "The object is in an invalid state.",
  SecurityError: "The operation is insecure.",
  NotSupportedError: "The operation is not supported.",
  AbortError: "Aborted by AbortSignal.",
};

// ------------------------------------------------------------------ credentials

export interface CredentialParts {
  aaguid?: string;
  attachment?: string | null;
  transports?: string[];
  userPresent?: boolean;
  userVerified?: boolean;
  backupEligible?: boolean;
  backupState?: boolean;
  signCount?: number;
  fmt?: string;
  /** of an authentication; default: that of {@link create}'s account */
  userHandle?: Uint8Array | null;
  extensionResults?: Members;
  /** of a registration: what getPublicKey() returned */
  publicKey?: unknown;
  /** of a registration: the key in the authenticator data, as CBOR */
  coseKey?: Uint8Array;
  /** members of the client data in place of the right ones */
  clientData?: Members;
}

/** A passkey of Apple Passwords, as iOS 17 and later return it, but for the parts given. */
export function passkey(name: string, parts: CredentialParts = {}): Credential {
  return new Credential(name, {
    aaguid: "fbfc3007-154e-4ecc-8c0b-6e020557d7bd",
    attachment: "platform",
    transports: ["internal", "hybrid"],
    backupEligible: true,
    backupState: true,
    ...parts,
  });
}

/** A USB and NFC security key that holds a discoverable credential. */
export function securityKey(name: string, parts: CredentialParts = {}): Credential {
  return new Credential(name, {
    aaguid: "ee882879-721c-4913-9775-3dfcce97072a",
    attachment: "cross-platform",
    transports: ["nfc", "usb"],
    signCount: 1,
    ...parts,
  });
}

export class Credential {
  constructor(
    readonly name: string,
    readonly parts: CredentialParts,
  ) {}

  /** The public key credential as the page gets it. */
  answerTo(draft: CallDraft, pageOrigin: string): Snapshot {
    const { aaguid, attachment, transports, fmt, userHandle, ...others } = this.parts;
    const { extensionResults = {}, publicKey, coseKey, clientData: clientDataParts, ...flags } = others;
    const isCreate = draft.api === "credentials.create";
    const rpId = rpIdOf(draft);
    const id = credentialId(this.name);
    const attested = {
      credentialId: id,
      ...(aaguid !== undefined && { aaguid }),
      ...(coseKey && { coseKey }),
    };
    const authData = authenticatorData({ rpId, ...flags, ...(isCreate && { attested }) });
    const { challenge } = draft.publicKey();
    const clientData = withoutUndefined(clientDataParts, {
      type: isCreate ? "webauthn.create" : "webauthn.get",
      ...(challenge instanceof Uint8Array && { challenge }),
      origin: pageOrigin,
      ...clientDataParts,
    });
    const response = isCreate
      ? {
          clientDataJSON: buffer(clientData),
          attestationObject: buffer(attestationObject({ authData, ...(fmt !== undefined && { fmt }) })),
          transports,
          publicKey: publicKey === undefined ? buffer(bytes(91, 5)) : publicKey,
        }
      : {
          clientDataJSON: buffer(clientData),
          authenticatorData: buffer(authData),
          signature: buffer(bytes(70, 9)),
          userHandle: userHandle === null ? null : buffer(userHandle ?? bytes(32, 1)),
        };
    const members = {
      id: encodeBase64url(id),
      rawId: buffer(id),
      type: "public-key",
      authenticatorAttachment: attachment,
      clientExtensionResults: extensionResults,
      response,
    };
    return { $: "PublicKeyCredential", value: snapshotOf(members) as { [key: string]: Snapshot } };
  }
}

/** Client data in which members that were set to `undefined` are left out, rather than as by default. */
function withoutUndefined(parts: Members = {}, members: Members): Uint8Array {
  const clientData = JSON.parse(new TextDecoder().decode(clientDataJson(members))) as Members;
  for (const name of Object.keys(parts)) if (parts[name] === undefined) delete clientData[name];
  return new TextEncoder().encode(JSON.stringify(clientData));
}

function rpIdOf(draft: CallDraft): string {
  const { rp, rpId } = draft.publicKey() as { rp?: { id?: string }; rpId?: string };
  return rp?.id ?? rpId ?? "example.com";
}

/** Twenty bytes, as Apple's credential ids are: the name, then zeros. */
export function credentialId(name: string): Uint8Array {
  const id = new Uint8Array(20);
  id.set(new TextEncoder().encode(name).slice(0, 20));
  return id;
}

/** That many bytes, which differ among themselves and by seed. */
export function bytes(length: number, seed = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (seed * 31 + index * 7 + 1) & 255);
}

// ------------------------------------------------------------------ snapshots

/** As the hook would copy it. Snapshots of things that tests can't make are passed as they are, by {@link raw}. */
export function snapshotOf(value: unknown): Snapshot {
  if (value === undefined) return { $: "undefined" };
  if (value instanceof Raw) return value.snapshot;
  if (value instanceof ArrayBuffer) return bytesSnapshot("ArrayBuffer", new Uint8Array(value));
  if (value instanceof Uint8Array) return bytesSnapshot("Uint8Array", value);
  if (Array.isArray(value)) return value.map(snapshotOf);
  if (typeof value !== "object" || value === null) return value as Snapshot;
  if ("$" in value) return value as Snapshot;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, snapshotOf(member)]));
}

/** Bytes as an ArrayBuffer, where a Uint8Array would not be the same. */
export function buffer(content: Uint8Array): Raw {
  return raw(bytesSnapshot("ArrayBuffer", content));
}

/** A snapshot in the place of a value: `raw({ $: "unreadable", error: "Error: no" })`. */
export function raw(snapshot: Snapshot): Raw {
  return new Raw(snapshot);
}

class Raw {
  constructor(readonly snapshot: Snapshot) {}
}

function bytesSnapshot(type: string, content: Uint8Array): Snapshot {
  return { $: "bytes", type, base64url: encodeBase64url(content) };
}

function isPlain(value: unknown): value is Members {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
