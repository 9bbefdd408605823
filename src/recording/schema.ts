import * as v from "valibot";

/*
 * The file format, once: it validates, and describes itself to other tools. Objects are loose,
 * as a member that this version does not know has to survive. No schema transforms anything, so
 * that what was validated can be handed on as it stands.
 */

const text = v.string();
/** epoch milliseconds, or a duration in milliseconds */
const milliseconds = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const imported = v.exactOptional(v.looseObject({ as: text, at: v.exactOptional(text) }));

/** Whatever it contains is judged by {@link SNAPSHOT_KINDS}, without recursion. */
export const SnapshotSchema = v.unknown();
const snapshot = SnapshotSchema;

/** The members of each kind of snapshot beside `$`; `value` of the last two holds snapshots. */
export const SNAPSHOT_KINDS = {
  undefined: v.looseObject({}),
  bytes: v.looseObject({ type: text, base64url: text }),
  masked: v.looseObject({ type: text, length: count, fingerprint: text }),
  number: v.looseObject({ value: v.picklist(["NaN", "Infinity", "-Infinity", "-0"]) }),
  bigint: v.looseObject({ value: v.pipe(text, v.regex(/^-?\d+$/)) }),
  symbol: v.looseObject({ name: text }),
  function: v.looseObject({ name: text }),
  AbortSignal: v.looseObject({ aborted: v.boolean() }),
  Credential: v.looseObject({ type: text, id: text }),
  unreadable: v.looseObject({ error: text }),
  cycle: v.looseObject({}),
  truncated: v.looseObject({ of: text, length: v.exactOptional(count) }),
  PublicKeyCredential: v.looseObject({ value: v.looseObject({}) }),
  object: v.looseObject({ class: text, value: v.looseObject({}) }),
};

export const VerdictSchema = v.looseObject({
  check: text,
  outcome: v.picklist(["pass", "fail", "cannot-tell", "not-applicable"]),
  because: text,
  spec: text,
});

export const RealmSchema = v.looseObject({
  id: text,
  url: text,
  origin: text,
  ancestorOrigins: v.array(text),
  isSecureContext: v.boolean(),
  userAgent: text,
  maxTouchPoints: v.pipe(v.number(), v.finite()),
  standalone: v.exactOptional(v.boolean()),
  startedAt: milliseconds,
  frameId: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
  hook: v.looseObject({
    version: text,
    via: v.picklist(["content-script", "bootstrap", "inspector", "wire", "library"]),
    installedAt: milliseconds,
    readyState: v.picklist(["loading", "interactive", "complete"]),
    native: v.boolean(),
  }),
  imported,
});

const EnvironmentSchema = v.looseObject({
  userActivation: v.exactOptional(v.looseObject({ isActive: v.boolean(), hasBeenActive: v.boolean() })),
  hasFocus: v.boolean(),
  visibility: v.picklist(["visible", "hidden"]),
  policy: v.exactOptional(
    v.looseObject({ create: v.exactOptional(v.boolean()), get: v.exactOptional(v.boolean()) }),
  ),
  webauthnFields: v.exactOptional(count),
  replaced: v.exactOptional(v.boolean()),
});

const OutcomeSchema = v.variant("status", [
  v.looseObject({ status: v.literal("pending") }),
  v.looseObject({ status: v.literal("fulfilled"), value: snapshot }),
  v.looseObject({
    status: v.literal("rejected"),
    error: v.looseObject({ name: text, message: text, isDOMException: v.boolean() }),
  }),
]);

export const CallSchema = v.looseObject({
  id: text,
  realmId: text,
  seq: count,
  api: v.picklist([
    "credentials.create",
    "credentials.get",
    "credentials.store",
    "credentials.preventSilentAccess",
    "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable",
    "PublicKeyCredential.isConditionalMediationAvailable",
    "PublicKeyCredential.getClientCapabilities",
    "PublicKeyCredential.parseCreationOptionsFromJSON",
    "PublicKeyCredential.parseRequestOptionsFromJSON",
    "PublicKeyCredential.signalUnknownCredential",
    "PublicKeyCredential.signalAllAcceptedCredentials",
    "PublicKeyCredential.signalCurrentUserDetails",
  ]),
  startedAt: milliseconds,
  duration: v.exactOptional(milliseconds),
  environment: EnvironmentSchema,
  initiator: v.exactOptional(text),
  arguments: v.array(snapshot),
  aborted: v.exactOptional(v.looseObject({ at: milliseconds, reason: snapshot })),
  outcome: OutcomeSchema,
  imported,
});

export const RecordingSchema = v.looseObject({
  format: v.literal("keyhole-recording"),
  version: v.literal(1),
  createdBy: v.looseObject({ name: text, version: text }),
  createdAt: v.pipe(text, v.isoTimestamp()),
  redaction: v.exactOptional(
    v.looseObject({
      profile: v.picklist(["pseudonymous", "minimal"]),
      verdicts: v.record(text, v.array(VerdictSchema)),
    }),
  ),
  lostCalls: v.exactOptional(count),
  realms: v.array(RealmSchema),
  calls: v.array(CallSchema),
});
