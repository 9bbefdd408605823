import * as v from "valibot";
import { jsonLayout } from "../bytes/jsonLayout.js";
import type { Problem } from "../bytes/problem.js";
import type { HookEvent } from "../recording/hookEvent.js";
import { MAX_DEPTH, MAX_LENGTH } from "../recording/parseRecording.js";
import { hasWholeSnapshots } from "../recording/wholeSnapshots.js";
import type { Reading } from "./reading.js";
import { EventSchema, HookCallSchema, PageFactsSchema, ReadingSchema } from "./schema.js";

/** What a page says of itself where no reading can be had from it. */
export interface PageFacts {
  /** `other`: a hook is at work that does not answer to this key */
  hook: "none" | "other";
  url: string;
  isSecureContext: boolean;
  /** epoch milliseconds */
  startedAt: number;
  readyState: string;
}

export interface ParsedReading {
  reading?: Reading;
  /** instead of a reading */
  page?: PageFacts;
  problems: Problem[];
}

/**
 * The value of a `readExpression`, checked: whatever evaluated it, a page may have had its hands on it.
 * An event that is none becomes one that was lost, so that the numbers of the others stay right.
 * Never throws; without a reading and page facts there is a problem.
 */
export function parseReading(value: unknown): ParsedReading {
  if (typeof value !== "string") return refuse(`The page answered ${describe(value)}, not a text.`);
  if (value.length > MAX_LENGTH) return refuse(`The answer has ${value.length} characters.`);
  const { error } = jsonLayout(value, MAX_DEPTH);
  if (error) return refuse(`The page's answer is no JSON: ${error.message}`, error.offset);
  const parsed: unknown = JSON.parse(value, withoutPrototype);
  if (v.is(PageFactsSchema, parsed)) return { page: parsed, problems: [] };
  const result = v.safeParse(ReadingSchema, parsed, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    return refuse(
      `The page's answer is no reading: at ${v.getDotPath(issue) ?? "the top"}: ${shorten(issue.message)}`,
    );
  }
  const reading = parsed as Reading;
  const problems: Problem[] = [];
  if (reading.realm && reading.realm.id !== reading.realmId)
    return refuse("The page's answer is no reading: its realm has another id.");
  reading.events = reading.events.map((event, index): HookEvent => {
    if (v.is(EventSchema, event) && hasWholeSnapshots(event)) return event;
    const message = `Event ${reading.first + index} of the page is none that a hook tells.`;
    problems.push({ code: "link-event", message, offset: 0, length: 0, path: `/events/${index}` });
    return { kind: "lost", count: 1 };
  });
  if (reading.calls) {
    const calls = reading.calls.filter(
      (call) => v.is(HookCallSchema, call) && hasWholeSnapshots({ kind: "call", call }),
    );
    if (calls.length < reading.calls.length)
      problems.push({
        code: "link-call",
        message: "A call is none that a hook tells.",
        offset: 0,
        length: 0,
        path: "/calls",
      });
    reading.calls = calls;
  }
  return { reading, problems };
}

/** A member of that name would make a recording one that does not open again. */
const withoutPrototype = (name: string, value: unknown): unknown =>
  name === "__proto__" ? undefined : value;

/** It quotes what the page said. */
const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

function refuse(message: string, offset = 0): ParsedReading {
  return { problems: [{ code: "link-reading", message, offset, length: 0 }] };
}

function describe(value: unknown): string {
  return value === null ? "null" : value === undefined ? "nothing" : `a value of type ${typeof value}`;
}
