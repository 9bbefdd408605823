import { say } from "../../panel/words/say.js";
import {
  bootstrapScript,
  type CeremonySource,
  clearable,
  type Forgotten,
  type PageFacts,
  parseReading,
  type Realm,
  type RealmId,
  readExpression,
  receiveReadings,
  type SourceSink,
} from "../../src/index.js";
import type { EvalAnswer } from "../platform/readEvalAnswer.js";
import { describeHook } from "./describeHook.js";
import { FRAMES_EXPRESSION, parseFrameUrls } from "./frameUrls.js";

export interface InspectedWindow {
  /** Evaluates in the page's own world; of the top-level page, or of the frame with that address. */
  evaluate(expression: string, frameUrl?: string): Promise<EvalAnswer>;
  /** Returns the way to stop listening. */
  onNavigated(listener: () => void): () => void;
  /** Whether anyone looks at the panel. */
  isShown(): boolean;
}

export interface InspectedWindowOptions {
  inspected: InspectedWindow;
  /** the link key, also that of the bootstrap script that a person pasted */
  key: string;
  /** the text of `dist/hook/keyhole-bootstrap.js` */
  built: string;
  /** Keyhole's */
  version: string;
  /** what was cleared in a panel that was open before this one */
  forgotten?: Forgotten;
  /** Hears what is cleared in this one. */
  onForgotten?(forgotten: Forgotten): void;
  /** The log of a page that has a hook of the extension itself, where it can be found here. */
  findRecorded?(page: PageFacts): Promise<CeremonySource | undefined>;
}

/** In milliseconds. */
export const PACE = {
  poll: 400,
  /** an answer that takes longer is not waited for */
  timeout: 3_000,
  /** one that has not come then never will: the same place may be asked again */
  abandon: 30_000,
  frameList: 2_000,
  /** frames without news are asked less and less often, up to this */
  quietFrame: 6_400,
  /** an address that is not found costs the inspector ten seconds; the pause doubles each time */
  lostFrame: 30_000,
};
const MAX_FRAMES = 50;
/** Read at once: more than the hook keeps. A page that forges its answers has others without end. */
const MAX_PIECES = 64;
/** In a row, before it is said: during a navigation there is nobody to answer. */
const MANY_FAILURES = 3;

/**
 * The page that the inspector looks at, on this machine or on a device, by evaluation alone: what the
 * hook keeps is read again and again while the panel is shown. Where there is no hook it is put in, late.
 * Does without tab ids, ports and messages: Safari's inspector does not have them, or not reliably.
 */
export function inspectedWindowSource(options: InspectedWindowOptions): CeremonySource {
  const switches = { recording: true, preserveLog: true };
  const followers = new Map<SourceSink, ReturnType<typeof follow>>();
  const change = (changed: Partial<typeof switches>) => {
    Object.assign(switches, changed);
    for (const { recorded } of followers.values()) {
      if (changed.recording !== undefined) recorded()?.setRecording?.(changed.recording);
      if (changed.preserveLog !== undefined) recorded()?.setPreserveLog?.(changed.preserveLog);
    }
    for (const sink of followers.keys()) sink.switches?.({ ...switches });
  };
  return {
    label: say("source_page"),
    capabilities: { live: true, canInject: true, originVerified: false },
    subscribe(sink) {
      sink.switches?.({ ...switches });
      const follower = follow(options, sink, switches);
      followers.set(sink, follower);
      return () => {
        followers.delete(sink);
        follower.stop();
      };
    },
    clear() {
      for (const { clear } of followers.values()) clear();
    },
    setRecording: (recording) => change({ recording }),
    setPreserveLog: (preserveLog) => change({ preserveLog }),
  };
}

interface Follower {
  stop(): void;
  clear(): void;
  /** the log of the extension's own hook, where that is what is shown */
  recorded(): CeremonySource | undefined;
}

/** The top-level page, which has no address here, or a frame. */
interface Place {
  frameUrl?: string;
  since?: { realmId: RealmId; next: number };
  /** it is being asked: never a second time before it has answered */
  isBusy: boolean;
  underWay?: Promise<unknown>;
  /** by `Date.now` */
  dueAt: number;
  pause: number;
  failures: number;
  /** when the document began in which a hook was put, by its own clock */
  installedIn?: number;
  framesDueAt: number;
}

function follow(
  { inspected, key, built, version, findRecorded, forgotten, onForgotten }: InspectedWindowOptions,
  sink: SourceSink,
  switches: Readonly<{ recording: boolean; preserveLog: boolean }>,
): Follower {
  const top = newPlace();
  const places = new Map<string | undefined, Place>([[undefined, top]]);
  const leftOut = new Set<string>();
  const log = clearable(sink);
  const receiver = receiveReadings(
    {
      realm: log.realm,
      call(call) {
        if (!switches.recording && call.outcome.status === "pending") leftOut.add(call.id);
        else if (!switches.recording || leftOut.has(call.id)) return;
        else log.call(call);
      },
      gap: log.gap,
    },
    forgotten,
  );
  let topRealm: Realm | undefined;
  let recorded: CeremonySource | undefined;
  let stopRecorded: (() => void) | undefined;
  let said = "";
  let isStopped = false;

  tell("connecting", say("source_asking"));
  const timer = setInterval(askAll, PACE.poll);
  const stopNavigating = inspected.onNavigated(() => {
    for (const frameUrl of places.keys()) if (frameUrl !== undefined) places.delete(frameUrl);
    top.dueAt = 0;
    top.framesDueAt = 0;
    askAll();
  });
  askAll();
  return {
    stop() {
      isStopped = true;
      clearInterval(timer);
      stopNavigating();
      leaveRecorded();
    },
    clear() {
      recorded?.clear?.();
      onForgotten?.(receiver.forget());
      log.clear();
    },
    recorded: () => recorded,
  };

  function leaveRecorded(): void {
    stopRecorded?.();
    stopRecorded = undefined;
    recorded = undefined;
  }

  function askAll(): void {
    if (!inspected.isShown()) return;
    for (const place of places.values()) if (!place.isBusy && Date.now() >= place.dueAt) void ask(place);
  }

  async function ask(place: Place): Promise<void> {
    place.isBusy = true;
    await read(place).catch((error: unknown) => fail(place, String(error)));
    // An answer that nobody waits for any more is still on its way.
    let abandon: ReturnType<typeof setTimeout> | undefined;
    const abandoned = new Promise<void>((resolve) => {
      abandon = setTimeout(resolve, PACE.abandon);
    });
    await Promise.race([place.underWay, abandoned]);
    clearTimeout(abandon);
    place.isBusy = false;
  }

  async function read(place: Place): Promise<void> {
    let isMore = true;
    for (let pieces = 0; isMore && pieces < MAX_PIECES && !isStopped; pieces++) {
      const answer = await evaluate(
        place,
        readExpression({ key, ...(place.since && { since: place.since }) }),
      );
      if (isStopped) return;
      const { reading, page, problems } =
        "problem" in answer ? { problems: [{ message: answer.problem }] } : parseReading(answer.value);
      if (reading) {
        isMore = take(place, reading);
        continue;
      }
      isMore = false;
      if (page) await meet(place, page);
      else fail(place, problems[0]?.message ?? "");
    }
    if (!isStopped && place.failures === 0 && Date.now() >= place.framesDueAt) await findFrames(place);
  }

  /** True: there is more to read. */
  function take(place: Place, reading: NonNullable<ReturnType<typeof parseReading>["reading"]>): boolean {
    const { realm, realmId, events, next = 0 } = reading;
    place.failures = 0;
    if (place === top && realm && realm.id !== topRealm?.id) {
      if (topRealm && !switches.preserveLog) sink.cleared?.();
      topRealm = realm;
      leaveRecorded();
    }
    const isNews = realm !== undefined || events.length > 0;
    if (isNews) receiver.take(reading);
    place.since = { realmId, next: receiver.next(realmId) };
    pause(place, isNews ? PACE.poll : Math.min(place.pause * 2, PACE.quietFrame));
    if (place === top && topRealm) {
      const { state, sentence } = describeHook(topRealm, undefined, version);
      tell(state, sentence);
    }
    return events.length > 0 && place.since.next < next;
  }

  /** There is no hook that answers to our key. */
  async function meet(place: Place, page: PageFacts): Promise<void> {
    place.failures = 0;
    delete place.since;
    pause(place, place === top ? PACE.poll : Math.min(place.pause * 2, PACE.quietFrame));
    if (page.hook === "other") {
      if (place !== top || recorded) return;
      const found = await findRecorded?.(page);
      if (isStopped) return;
      if (found) {
        recorded = found;
        stopRecorded = found.subscribe(sink);
      } else tell("lost", say("source_otherKeyhole"));
      return;
    }
    if (place === top) {
      leaveRecorded();
      topRealm = undefined;
    }
    const isEmpty = page.url === "about:blank";
    if (!page.isSecureContext || isEmpty || place.installedIn === page.startedAt) {
      if (place === top) {
        const { state, sentence } = describeHook(undefined, isEmpty ? undefined : page, version);
        tell(state, sentence);
      }
      return;
    }
    place.installedIn = page.startedAt;
    const answer = await evaluate(
      place,
      `${bootstrapScript(built, { key, via: "inspector", console: "off" })}0`,
    );
    if ("problem" in answer) fail(place, answer.problem);
    else place.dueAt = 0;
  }

  function fail(place: Place, why: string): void {
    place.failures++;
    if (place !== top) pause(place, PACE.lostFrame * 2 ** Math.min(place.failures - 1, 4));
    else if (place.failures >= MANY_FAILURES) tell("lost", say("source_silent", { problem: why }));
  }

  async function findFrames(place: Place): Promise<void> {
    place.framesDueAt = Date.now() + PACE.frameList;
    const answer = await evaluate(place, FRAMES_EXPRESSION);
    for (const url of "value" in answer ? parseFrameUrls(answer.value) : [])
      if (!places.has(url) && places.size <= MAX_FRAMES) places.set(url, { ...newPlace(), frameUrl: url });
  }

  async function evaluate(place: Place, expression: string): Promise<EvalAnswer> {
    const answer = inspected
      .evaluate(expression, place.frameUrl)
      .catch((error: unknown) => ({ problem: String(error) }));
    place.underWay = answer;
    let giveUp: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<EvalAnswer>((resolve) => {
      giveUp = setTimeout(() => resolve({ problem: say("source_noAnswer") }), PACE.timeout);
    });
    const first = await Promise.race([answer, late]);
    clearTimeout(giveUp);
    return first;
  }

  function tell(state: Parameters<SourceSink["status"]>[0], sentence: string): void {
    if (sentence === said) return;
    said = sentence;
    sink.status(state, sentence);
  }

  function pause(place: Place, milliseconds: number): void {
    place.pause = place === top ? PACE.poll : milliseconds;
    place.dueAt = place === top ? 0 : Date.now() + milliseconds;
  }
}

function newPlace(): Place {
  return { isBusy: false, dueAt: 0, pause: PACE.poll, failures: 0, framesDueAt: 0 };
}
