import { type ReadonlySignal, signal } from "@preact/signals";
import {
  type CeremonySource,
  describeEndpoint,
  diagnose,
  type Endpoint,
  isLoopback,
  type Listing,
  PROXY_PORT,
  parseEndpoint,
  type WirePage,
  type WireProblem,
  type WireSource,
} from "../../src/index.js";
import type { PanelSettings } from "../settings/preferences.js";
import { say } from "../words/say.js";

/** What the place where pages are chosen can do. */
export interface PageHost {
  /** Asks what can be looked at there; never rejects. */
  list(endpoint: Endpoint): Promise<Listing>;
  /** Makes the source of a page; `onProblem` hears what is wrong with it just now. */
  connect(page: WirePage, onProblem: (problem: WireProblem | undefined) => void): WireSource;
  /** what a browser calls the place that connects */
  readonly origin: string;
  /** Whether a person can be asked for leave to read what answers there. Absent: nobody can. */
  canAllow?(endpoint: Endpoint): boolean;
  /** Asks the person for that leave. */
  allow?(endpoint: Endpoint): Promise<boolean>;
}

/** Which page is looked at, and which ones there are. */
export interface PageChooser {
  readonly origin: string;
  readonly isOpen: ReadonlySignal<boolean>;
  /** as it was typed */
  readonly address: ReadonlySignal<string>;
  /** what was answered last; undefined before the first answer */
  readonly listing: ReadonlySignal<Listing | undefined>;
  /** an address of another machine, which nobody is asked at before a person has said so */
  readonly unconfirmed: ReadonlySignal<string | undefined>;
  /** whether leave can help against the problem of the listing */
  readonly canAllow: ReadonlySignal<boolean>;
  readonly page: ReadonlySignal<WirePage | undefined>;
  readonly problem: ReadonlySignal<WireProblem | undefined>;
  readonly source: ReadonlySignal<CeremonySource>;
  open(): void;
  close(): void;
  /** Asks at an address; asks again now and then as long as the chooser is open. */
  ask(address: string): void;
  confirm(): void;
  allow(): void;
  connect(page: WirePage): void;
  retry(): void;
  stop(): void;
}

const AGAIN_MS = 2_500;
const SETTING = "viewer.address";

export function createPageChooser(host: PageHost, settings: PanelSettings, win: Window): PageChooser {
  const isOpen = signal(true);
  const address = signal(`localhost:${PROXY_PORT}`);
  const listing = signal<Listing | undefined>(undefined);
  const unconfirmed = signal<string | undefined>(undefined);
  const canAllow = signal(false);
  const page = signal<WirePage | undefined>(undefined);
  const problem = signal<WireProblem | undefined>(undefined);
  const source = signal<CeremonySource>(NO_SOURCE);
  const confirmed = new Set<string>();
  let wire: WireSource | undefined;
  let asked = 0;
  let timer: number | undefined;
  let isTyped = false;

  void settings.get(SETTING).then(
    (kept) => start(typeof kept === "string" ? kept : address.peek()),
    () => start(address.peek()),
  );

  return {
    origin: host.origin,
    isOpen,
    address,
    listing,
    unconfirmed,
    canAllow,
    page,
    problem,
    source,
    open() {
      isOpen.value = true;
      void askAgain();
    },
    close() {
      isOpen.value = false;
      win.clearTimeout(timer);
    },
    ask(typed) {
      isTyped = true;
      start(typed);
    },
    confirm() {
      const { value } = unconfirmed;
      if (value === undefined) return;
      confirmed.add(value);
      unconfirmed.value = undefined;
      void askAgain();
    },
    allow() {
      const endpoint = parseEndpoint(address.peek());
      if (endpoint)
        void host.allow?.(endpoint).then((isAllowed) => {
          if (isAllowed) void askAgain();
        });
    },
    connect(chosen) {
      page.value = chosen;
      problem.value = undefined;
      wire = host.connect(chosen, (found) => {
        if (page.peek() === chosen) problem.value = found;
      });
      source.value = wire;
      isOpen.value = false;
      win.clearTimeout(timer);
    },
    retry() {
      problem.value = undefined;
      wire?.retry();
    },
    stop() {
      win.clearTimeout(timer);
      asked = Number.POSITIVE_INFINITY;
    },
  };

  function start(typed: string): void {
    if (address.peek() !== typed) listing.value = undefined;
    address.value = typed;
    unconfirmed.value = undefined;
    void askAgain();
  }

  async function askAgain(): Promise<void> {
    win.clearTimeout(timer);
    const turn = ++asked;
    const endpoint = parseEndpoint(address.peek());
    if (!endpoint) {
      listing.value = { devices: [], problem: diagnose.badAddress(address.peek()) };
      return;
    }
    const place = describeEndpoint(endpoint);
    if (!isLoopback(endpoint) && !confirmed.has(place)) {
      unconfirmed.value = place;
      listing.value = undefined;
      return;
    }
    const answer = await host.list(endpoint);
    if (turn !== asked) return;
    listing.value = answer;
    canAllow.value =
      answer.problem?.code === "not-readable" && isLoopback(endpoint) && host.canAllow?.(endpoint) === true;
    if (isTyped && isLoopback(endpoint)) void settings.set(SETTING, address.peek()).catch(() => {});
    if (isOpen.peek()) timer = win.setTimeout(() => void askAgain(), AGAIN_MS);
  }
}

/** Before a page is chosen: nothing comes, but a recording can be opened. */
const NO_SOURCE: CeremonySource = {
  get label() {
    return say("bar_none");
  },
  capabilities: { live: true, canInject: false, originVerified: false },
  subscribe(sink) {
    sink.status("lost", say("bar_none"));
    return () => {};
  },
};
