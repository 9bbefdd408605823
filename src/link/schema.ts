import * as v from "valibot";
import { CallSchema, RealmSchema } from "../recording/schema.js";

const text = v.string();
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const { id: _id, realmId: _realmId, ...ofHook } = CallSchema.entries;

/** A call before anyone gave it an id. */
export const HookCallSchema = v.looseObject(ofHook);

/** A `HookEvent` after the first one, whose facts are in the realm. */
export const EventSchema = v.variant("kind", [
  v.looseObject({ kind: v.literal("call"), call: HookCallSchema }),
  v.looseObject({ kind: v.literal("aborted"), seq: count, aborted: v.nonOptional(ofHook.aborted) }),
  v.looseObject({
    kind: v.literal("settled"),
    seq: count,
    duration: v.pipe(v.number(), v.finite()),
    outcome: ofHook.outcome,
  }),
  v.looseObject({ kind: v.literal("lost"), count }),
]);

/** A `Reading`, whose events and calls are judged one by one. */
export const ReadingSchema = v.looseObject({
  realmId: v.pipe(text, v.minLength(1)),
  realm: v.exactOptional(RealmSchema),
  oldest: v.exactOptional(count),
  first: count,
  events: v.array(v.unknown()),
  next: v.exactOptional(count),
  calls: v.exactOptional(v.array(v.unknown())),
});

export const PageFactsSchema = v.looseObject({
  hook: v.picklist(["none", "other"]),
  url: text,
  isSecureContext: v.boolean(),
  startedAt: v.pipe(v.number(), v.finite()),
  readyState: text,
});
