import { bootstrapScript } from "../link/bootstrapScript.js";
import { createLinkKey } from "../link/linkKey.js";
import { type Forgotten, receiveReadings } from "../link/receiveReadings.js";
import type { Realm } from "../recording/recording.js";
import { clearable } from "../source/clearable.js";
import { describeHooked } from "../source/describeHooked.js";
import type { CeremonySource, SourceSink } from "../source/source.js";
import { type SayStatus, type StatusId, sayStatusInEnglish } from "../source/statuses.js";
import type { Values } from "../spec/sentence.js";
import { connectChromium } from "./connectChromium.js";
import { connectWebKit } from "./connectWebKit.js";
import { diagnose } from "./diagnose.js";
import { describeEndpoint, type Endpoint, parseEndpoint } from "./endpoint.js";
import type { WirePage, WireProblem } from "./listing.js";
import { listPages } from "./listPages.js";
import { readDocuments } from "./readDocuments.js";
import type { Closing, WireListener } from "./wire.js";
import type { WireWorld } from "./world.js";

export interface WireOptions {
  /** the text of `dist/hook/keyhole-bootstrap.js` */
  bootstrap: string;
  /** the same one after a restart reads on where the last one stopped; default: a new one */
  key?: string;
  /** what a browser calls the place that connects, where it does: Chromium asks for it */
  origin?: string;
  /** what was cleared before a restart */
  forgotten?: Forgotten;
  /** Hears what is cleared. */
  onForgotten?(forgotten: Forgotten): void;
  /**
   * What is wrong just now; undefined: nothing. Whoever listens shows it: the status says no more then than
   * that nothing comes.
   */
  onProblem?(problem: WireProblem | undefined): void;
  /** in which words the status is told; default: English */
  say?: SayStatus;
}

export interface WireSource extends CeremonySource {
  /** Connects at once, where it waits to try again or has given up. */
  retry(): void;
}

/**
 * A page in another browser or on another device. Connects when someone subscribes, and again whenever
 * the connection was cut, with nothing told twice. What happened in a page meanwhile is told then, as far as
 * the page is still there.
 */
export function wireSource(page: WirePage, world: WireWorld, options: WireOptions): WireSource {
  const key = options.key ?? createLinkKey();
  const followers = new Set<Follower>();
  return {
    label: page.device ? `${page.title || page.url} on ${page.device}` : page.title || page.url,
    capabilities: { live: true, canInject: true, originVerified: false },
    subscribe(sink) {
      const following = follow(page, world, { ...options, key }, sink);
      followers.add(following);
      return () => {
        followers.delete(following);
        following.stop();
      };
    },
    clear() {
      for (const each of followers) each.clear();
    },
    retry() {
      for (const each of followers) each.retry();
    },
  };
}

interface Follower {
  stop(): void;
  clear(): void;
  retry(): void;
}

/** Milliseconds before each further attempt; the last one from then on. */
const PAUSES = [200, 500, 1_000, 2_000, 5_000];
/** A connection that lasts so long was a good one: after it, attempts are counted anew. */
const GOOD_MS = 10_000;
/** How long a page may take to say the first word. */
const PATIENCE_MS = 5_000;

function follow(
  chosen: WirePage,
  world: WireWorld,
  options: WireOptions & { key: string },
  sink: SourceSink,
): Follower {
  const {
    bootstrap,
    key,
    origin = "",
    onProblem,
    forgotten,
    onForgotten,
    say = sayStatusInEnglish,
  } = options;
  const log = clearable(sink);
  const receiver = receiveReadings({ ...log, realm: takeRealm }, forgotten);
  let page = chosen;
  let attempts = 0;
  let disconnect = () => {};
  let isStopped = false;
  let isAttached = false;
  /** of the page that is shown, or was shown last */
  let shown: Realm | undefined;
  /** what makes the log worse than it could be */
  let remark = "";
  let said = "";

  connect();
  return {
    stop() {
      isStopped = true;
      disconnect();
    },
    clear() {
      onForgotten?.(receiver.forget());
      log.clear();
    },
    retry() {
      if (isAttached || isStopped) return;
      attempts = 0;
      disconnect();
      void locate();
    },
  };

  function connect(): void {
    const { url, title, device, socketUrl, protocol } = page;
    isAttached = false;
    remark = "";
    const name = title || url || socketUrl;
    if (device) tell("connecting", say("connecting-on", { page: name, device }));
    else tell("connecting", say("connecting", { page: name }));

    const binding = `keyhole_${key.slice(-16)}`;
    const script = bootstrapScript(bootstrap, {
      key,
      via: "wire",
      console: "events",
      ...(protocol === "chromium" && { binding }),
    });
    const documents = readDocuments({
      world,
      key,
      script,
      next: receiver.next,
      take: receiver.take,
      foreign: () => remind("other-keyhole"),
      silent: (isSilent) => (isSilent ? trouble(diagnose.silent(page.device)) : describe()),
    });
    const listener: WireListener = {
      attached() {
        isAttached = true;
        describe();
      },
      document: documents.add,
      gone: documents.remove,
      pushed: documents.pushed,
      problem: remind,
      closed(closing) {
        disconnect();
        void recover(closing);
      },
    };
    const stops: (() => void)[] = [documents.stop];
    disconnect = () => {
      isAttached = false;
      for (const stop of stops.splice(0)) stop();
    };
    const wire =
      protocol === "webkit"
        ? connectWebKit(world, socketUrl, script, listener)
        : connectChromium(world, socketUrl, { script, binding }, listener);
    stops.push(
      wire.close,
      world.after(PATIENCE_MS, () => shown ?? trouble(diagnose.silent(page.device))),
      world.after(GOOD_MS, () => {
        attempts = 0;
      }),
    );
  }

  /** Tries again where that can help. */
  async function recover({ why, detail }: Closing): Promise<void> {
    if (why === "too-old") return trouble(diagnose.tooOld(page.device));
    if (why === "taken") return trouble(diagnose.taken());
    if (why === "gone") return trouble(diagnose.gone());
    if (why === "unreachable" && page.protocol === "chromium" && (await isListed()))
      return isStopped ? undefined : trouble(diagnose.originRefused(origin));
    if (isStopped) return;
    trouble(why === "cut" ? diagnose.cut() : diagnose.unreachable(page.socketUrl), detail);
    tryLater();
  }

  function tryLater(): void {
    disconnect = world.after(PAUSES[Math.min(attempts++, PAUSES.length - 1)]!, () => void locate());
  }

  /** Finds the page again, as a proxy that was started anew numbers pages anew, and connects to it. */
  async function locate(): Promise<void> {
    disconnect = () => {};
    const { devices, problem } = await listPages(world, endpoint());
    if (isStopped || isAttached) return;
    const pages = devices.flatMap((device) => device.pages);
    const url = shown?.url ?? page.url;
    const same = pages.filter((each) => each.url === url);
    const found =
      same.find(({ socketUrl }) => socketUrl === page.socketUrl) ??
      (same.length === 1 ? same[0] : undefined) ??
      pages.find(({ socketUrl }) => socketUrl === page.socketUrl);
    if (found) page = { ...page, ...found };
    else if (problem?.code !== "not-readable" && problem?.code !== "not-a-list") {
      const isThere = problem?.code !== "nothing-there";
      trouble(isThere ? (problem ?? diagnose.gone()) : diagnose.unreachable(describeEndpoint(endpoint())));
      return tryLater();
    }
    connect();
  }

  function endpoint(): Endpoint {
    const { host, port } = parseEndpoint(page.socketUrl)!;
    return { host, port };
  }

  /** Or at least someone answers there. */
  async function isListed(): Promise<boolean> {
    const { devices, problem } = await listPages(world, endpoint());
    if (problem?.code === "not-readable") return true;
    return devices.some(({ pages }) => pages.some(({ socketUrl }) => socketUrl === page.socketUrl));
  }

  function takeRealm(realm: Realm): void {
    log.realm(realm);
    if (realm.ancestorOrigins.length > 0 || (shown && shown.startedAt > realm.startedAt)) return;
    if (shown?.id !== realm.id) remark = "";
    shown = realm;
    describe();
  }

  function remind(id: StatusId, values?: Values): void {
    remark = say(id, values);
    describe();
  }

  function describe(): void {
    if (!isAttached) return;
    onProblem?.(undefined);
    if (!shown && remark) tell("lost", remark);
    else if (!shown) tell("connecting", say("waiting"));
    else if (!shown.isSecureContext) tell("lost", say("not-secure"));
    else {
      const hooked = describeHooked(shown, say);
      tell("live", remark ? say("remark", { hooked, remark }) : hooked);
    }
  }

  function trouble(problem: WireProblem, detail = ""): void {
    onProblem?.(problem);
    if (onProblem) tell("lost", say(problem.code === "silent" ? "no-answer" : "not-connected"));
    else tell("lost", detail && !/^code /.test(detail) ? `${problem.what} (${detail})` : problem.what);
  }

  function tell(state: "connecting" | "live" | "lost", sentence: string): void {
    if (`${state} ${sentence}` === said) return;
    said = `${state} ${sentence}`;
    sink.status(state, sentence);
  }
}
