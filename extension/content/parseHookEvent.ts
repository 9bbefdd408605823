import type { Api, HookEvent } from "../../src/index.js";

/**
 * What came from a page's hook, checked; undefined where it is not a `HookEvent`. A page may have
 * had its hands on it: snapshots are looked through for what JSON cannot carry (cycles, bytes,
 * nesting without end), not for what they say.
 */
export function parseHookEvent(value: unknown): HookEvent | undefined {
  return isJson(value) && isEvent(value) ? (value as HookEvent) : undefined;
}

type Check = (value: unknown) => boolean;

const is =
  (type: string): Check =>
  (value) =>
    typeof value === type;
const boolean = is("boolean");
const string = is("string");
const number = is("number");
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const oneOf =
  (...allowed: unknown[]): Check =>
  (value) =>
    allowed.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const object =
  (members: Record<string, Check>): Check =>
  (value) =>
    isRecord(value) && Object.keys(members).every((name) => members[name]!(value[name]));
/** The members depend on the one called `tag`. */
const union =
  (tag: string, variants: Record<string, Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) &&
    string(value[tag]) &&
    Object.hasOwn(variants, value[tag] as string) &&
    object(variants[value[tag] as string]!)(value);
/** A snapshot, or a member that was seen to be there. */
const present: Check = (value) => value !== undefined;

const APIS: Record<Api, true> = {
  "credentials.create": true,
  "credentials.get": true,
  "credentials.store": true,
  "credentials.preventSilentAccess": true,
  "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable": true,
  "PublicKeyCredential.isConditionalMediationAvailable": true,
  "PublicKeyCredential.getClientCapabilities": true,
  "PublicKeyCredential.parseCreationOptionsFromJSON": true,
  "PublicKeyCredential.parseRequestOptionsFromJSON": true,
  "PublicKeyCredential.signalUnknownCredential": true,
  "PublicKeyCredential.signalAllAcceptedCredentials": true,
  "PublicKeyCredential.signalCurrentUserDetails": true,
};

const aborted = object({ at: number, reason: present });

const outcome = union("status", {
  pending: {},
  fulfilled: { value: present },
  rejected: { error: object({ name: string, message: string, isDOMException: boolean }) },
});

const isEvent = union("kind", {
  installed: {
    hook: object({
      version: string,
      installedAt: number,
      readyState: oneOf("loading", "interactive", "complete"),
      native: boolean,
    }),
  },
  call: {
    call: object({
      seq: count,
      api: oneOf(...Object.keys(APIS)),
      startedAt: number,
      duration: optional(number),
      environment: object({
        userActivation: optional(object({ isActive: boolean, hasBeenActive: boolean })),
        hasFocus: boolean,
        visibility: oneOf("visible", "hidden"),
        policy: optional(object({ create: optional(boolean), get: optional(boolean) })),
        webauthnFields: optional(count),
        replaced: optional(boolean),
      }),
      initiator: optional(string),
      arguments: Array.isArray,
      aborted: optional(aborted),
      outcome,
    }),
  },
  aborted: { seq: count, aborted },
  settled: { seq: count, duration: number, outcome },
  lost: { count },
});

/** More than any snapshot of the hook nests. */
const MAX_DEPTH = 500;

function isJson(value: unknown, depth = 0): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean";
  if (value === null) return true;
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const isPlain = Object.prototype.toString.call(value) === "[object Object]";
  return isPlain && Object.values(value).every((item) => item === undefined || isJson(item, depth + 1));
}
