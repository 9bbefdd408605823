import type { BootstrapSecrets } from "../../src/link/bootstrapScript.js";
import type { HookEvent } from "../../src/recording/hookEvent.js";
import type { Realm } from "../../src/recording/recording.js";
import type { Link } from "./installHook.js";
import {
  attempt,
  Bytes,
  bareArray,
  deleteProperty,
  describe,
  numberToString,
  type Scope,
  slice,
  uncurry,
} from "./natives.js";

/** Characters of JSON that are kept of a realm: some thousand calls. The oldest events go first. */
const CAPACITY = 4 * 1024 * 1024;

const { stringify } = JSON;
const { max } = Math;
const charCodeAt = uncurry<number>(String.prototype.charCodeAt);

/**
 * The link of a hook that has no content script beside it: keeps what the hook says, for readers who
 * have the key. `answer` is asked whenever `Function.prototype.toString` is called in the page; for the
 * questions, the answers and the lines on the console see `src/link`.
 *
 * Events are kept as JSON of ASCII characters alone, without white space or percent signs. So a length is one in bytes, and
 * a line that was wrapped, indented or re-encoded on its way through a console can be mended.
 */
export function createReadout(scope: Scope, { ask, mark, via, console: mode, binding }: BootstrapSecrets) {
  const describeRealm = createDescribeRealm(scope, via);
  const say = attempt(() => (binding === undefined ? writerTo(scope.console) : takeBinding(scope, binding)));
  const { location } = scope;
  let realm: Realm | undefined;
  let realmText = "";
  const texts = bareArray<string>();
  let oldest = 0;
  let size = 0;
  /** calls that are still to be written to the console, by seq */
  const unwritten = bareArray<CallOfHook>();
  if (mode === "calls") attempt(() => scope.addEventListener("pagehide", writeAll, { capture: true }));

  return {
    link: keep as Link,
    answer(args: unknown[]): string | undefined {
      // An index beyond the end would be looked for on the page's Array.prototype.
      if (args.length < 4 || args[0] !== ask || !realm) return undefined;
      followDocument();
      const isKnown = args[1] === realm.id;
      return read(isKnown, isKnown ? (args[2] as number) : 0, args[3] as number);
    },
  };

  function keep(event: HookEvent): void {
    // What it says is in the realm; the events are those after it.
    if (event.kind === "installed") {
      setRealm(event.hook);
      // Before the page could write a line that looks like ours.
      if (mode !== "off") write('"first":0,"events":[]');
      return;
    }
    followDocument();
    const text = toText(event);
    const n = texts.length;
    texts[n] = text;
    size += text.length;
    for (; size > CAPACITY && oldest < n; oldest++) {
      size -= texts[oldest]!.length;
      delete texts[oldest];
    }
    if (mode === "events") write(`"first":${n},"events":[${text}]`);
    else if (mode === "calls") writeSettled(event);
  }

  function setRealm(hook: InstalledHook): void {
    realm = describeRealm(hook);
    realmText = toText(realm);
  }

  /**
   * The window of a frame's initial empty document may live on as that of the page that is loaded into
   * the frame. As long as nothing has happened in it, it becomes the realm of that page.
   */
  function followDocument(): void {
    const { url, hook } = realm!;
    if (texts.length > 0 || !isEmpty(url) || isEmpty(location.href)) return;
    // The hook was there before the page, whatever the state of the document that it came into.
    setRealm({ ...hook, readyState: "loading" });
  }

  function read(isKnown: boolean, since: number, maxBytes: number): string {
    const first = max(since, oldest);
    let events = "";
    for (let n = first; n < texts.length; n++) {
      if (events && events.length + texts[n]!.length > maxBytes) break;
      events += (events && ",") + texts[n]!;
    }
    const known = isKnown ? "" : `"realm":${realmText},`;
    return `{"realmId":"${realm!.id}",${known}"oldest":${oldest},"first":${first},"events":[${events}],"next":${texts.length}}`;
  }

  function writeSettled(event: HookEvent): void {
    if (event.kind === "lost" || event.kind === "installed") return;
    const { seq } = event.kind === "call" ? event.call : event;
    if (event.kind === "call") unwritten[seq] = event.call;
    const call = unwritten[seq];
    if (!call) return;
    if (event.kind === "aborted") call.aborted = event.aborted;
    if (event.kind === "settled") {
      call.duration = event.duration;
      call.outcome = event.outcome;
    }
    if (call.outcome.status === "pending") return;
    writeCall(call);
    delete unwritten[seq];
  }

  /** Calls that nobody will see settle. Should one do so all the same, it is written again. */
  function writeAll(): void {
    attempt(() => {
      for (let seq = 0; seq < unwritten.length; seq++) if (unwritten[seq]) writeCall(unwritten[seq]!);
    });
  }

  function writeCall(call: CallOfHook): void {
    write(`"first":0,"events":[],"calls":[${toText(call)}]`);
  }

  /** Each line stands for itself, as others may be missing. */
  function write(members: string): void {
    const text = `{"realmId":"${realm!.id}","realm":${realmText},${members}}`;
    attempt(() => say!(`keyhole:1:${mark}:${text.length}:${checksum(text)}:${text}`));
  }
}

type InstalledHook = Extract<HookEvent, { kind: "installed" }>["hook"];
type CallOfHook = Extract<HookEvent, { kind: "call" }>["call"];

/** The function of that name, which nobody else gets to see; undefined where there is none. */
function takeBinding(scope: Scope, binding: string): Say | undefined {
  const found = describe(scope, binding)?.value as Say | undefined;
  deleteProperty(scope, binding);
  return found;
}

function writerTo(console: Console): Say {
  const info = uncurry(console.info);
  return (line) => void info(console, line);
}

type Say = (line: string) => void;

/** Whether it is the URL of an initial empty document; Firefox has none yet when the first scripts run in it. */
const isEmpty = (url: string) => url === "about:blank" || url === "";

/** What the content script says of the realm in other places; here the page's own world has to do. */
function createDescribeRealm(scope: Scope, via: Realm["hook"]["via"]) {
  const { location, navigator, performance } = scope;
  // Unlike location's, right for about:blank and srcdoc too.
  const origin = uncurry<string>(describe(scope, "origin")?.get);
  const { isSecureContext } = scope;
  const { userAgent, maxTouchPoints } = navigator;
  const { standalone } = navigator as Navigator & { standalone?: unknown };

  return (hook: InstalledHook): Realm => {
    const ancestorOrigins = bareArray<string>();
    const ancestors = location.ancestorOrigins;
    if (ancestors) for (let i = 0; i < ancestors.length; i++) ancestorOrigins[i] = ancestors[i]!;
    return {
      __proto__: null,
      id: randomId(scope),
      url: location.href,
      origin: attempt(() => origin(scope)) ?? location.origin,
      ancestorOrigins,
      isSecureContext,
      userAgent,
      maxTouchPoints: maxTouchPoints || 0,
      ...(typeof standalone === "boolean" && { standalone }),
      startedAt: performance.timeOrigin,
      hook: {
        __proto__: null,
        version: hook.version,
        via,
        installedAt: hook.installedAt,
        readyState: hook.readyState,
        native: hook.native,
      },
    } as unknown as Realm;
  };
}

/** 16 random bytes in hex. `crypto.randomUUID` is for secure contexts alone. */
function randomId(scope: Scope): string {
  const bytes = new Bytes(16);
  scope.crypto.getRandomValues(bytes);
  let id = "";
  for (let i = 0; i < 16; i++) id += hex(bytes[i]!, 2);
  return id;
}

/**
 * ASCII without white space. A page has no hand in it: `toJSON` is looked up on objects, and none of
 * those that the hook makes has a prototype.
 */
function toText(value: unknown): string {
  const json = stringify(value);
  let text = "";
  for (let i = 0; i < json.length; i++) {
    const code = charCodeAt(json, i);
    // "%" too: what shows consoles takes it for a place to fill in.
    text += code > 32 && code < 127 && code !== 37 ? json[i]! : `\\u${hex(code, 4)}`;
  }
  return text;
}

/** Tells a damaged line from a whole one; it is no protection against anyone. */
function checksum(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + charCodeAt(text, i)) >>> 0;
  return hex(sum, 8);
}

function hex(value: number, digits: number): string {
  return slice(numberToString(value + 16 ** digits, 16), 1);
}
