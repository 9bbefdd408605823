import { sayStatus } from "../../panel/words/engineWords.js";
import {
  socketOpener,
  type WireOptions,
  type WirePage,
  type WireSource,
  type WireWorld,
  wireSource,
} from "../../src/index.js";
import { builtBootstrap } from "../platform/builtBootstrap.js";

/** What the wire needs, from a page of a browser. */
export const browserWorld: WireWorld = {
  openSocket: socketOpener((url) => new WebSocket(url)),
  async getText(url) {
    const response = await fetch(url, { ...WITHOUT_TRACES, signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: response.status, text: await response.text() };
  },
  // The answer stays closed, but there is one.
  isAnswering: (url) =>
    fetch(url, { ...UNREADABLE, signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      () => true,
      () => false,
    ),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A page elsewhere as a source, see `wireSource` in src. */
export const connectPage = (page: WirePage, options: Omit<WireOptions, "bootstrap" | "say">): WireSource =>
  wireSource(page, browserWorld, {
    ...options,
    bootstrap: builtBootstrap,
    origin: location.origin,
    say: sayStatus,
  });

const WITHOUT_TRACES: RequestInit = {
  cache: "no-store",
  credentials: "omit",
  redirect: "error",
  referrerPolicy: "no-referrer",
};
/** Without a look at the answer, a redirect must not be an error. */
const UNREADABLE: RequestInit = { ...WITHOUT_TRACES, mode: "no-cors", redirect: "follow" };
const PATIENCE_MS = 4_000;
