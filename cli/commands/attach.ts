import { readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type Call,
  isLoopback,
  listPages,
  parseEndpoint,
  type Realm,
  type Recording,
  readSnapshot,
  serializeRecording,
  type WirePage,
  wireSource,
} from "../../src/index.js";
import { nodeWorld } from "../attach/nodeWorld.js";
import { describeFileError } from "../input/findFiles.js";
import { createLog } from "../recorder/log.js";
import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import { type Command, type Given, SUCCESS, TROUBLE, UsageError } from "./command.js";
import { EXITS, OUTPUT } from "./options.js";

export const attach: Command = {
  name: "attach",
  summary: "record a page on an iPhone or in another browser, until Ctrl+C",
  usage: "[options] <address>",
  options: {
    page: {
      value: "TEXT",
      says: "the page whose title or address has this text; not needed if there is one page",
    },
    output: {
      ...OUTPUT,
      says: "the recording; default: recording.keyhole.json. It is written after each call",
    },
    remote: { says: "allow an address that is not of this machine: whoever is in between can read along" },
  },
  examples: [
    { run: "keyhole attach localhost:9221 --page example.com", says: "an iPhone, by ios-webkit-debug-proxy" },
    { run: "keyhole attach localhost:9222", says: "Chrome, started with --remote-debugging-port=9222" },
    { run: "keyhole attach ws://localhost:9222/devtools/page/1", says: "one page by its own address" },
  ],
  exits: { ...EXITS, 0: "recorded until Ctrl+C", 2: "the command line is wrong, or there is no such page" },

  async run(given, terminal) {
    const page = await findPage(given, terminal);
    if (!page) return TROUBLE;
    const file = given.text("output") ?? "recording.keyhole.json";
    const bootstrap = await readFile(join(import.meta.dirname, "../hook/keyhole-bootstrap.js"), "utf8");
    const log = createLog("keyhole attach");
    const keep = createKeeper(resolve(terminal.cwd, file), log.recording);
    const realms = new Map<string, Realm>();
    let said = "";

    const stop = wireSource(page, nodeWorld, { bootstrap }).subscribe({
      ...log,
      status(_, sentence) {
        if (sentence !== said) terminal.note(printable(sentence));
        said = sentence;
      },
      realm(realm) {
        realms.set(realm.id, realm);
        log.realm(realm);
      },
      call(call) {
        log.call(call);
        if (call.outcome.status === "pending") {
          terminal.progress(printable(`${describe(call, realms)}, waiting`));
          return;
        }
        void terminal.write(`${printable(describe(call, realms))}\n`);
        keep.soon();
      },
    });
    await terminal.interrupted;
    stop();
    terminal.progress(undefined);
    const error = await keep.now();
    if (error) {
      terminal.note(`${terminal.paintNote("red", printable(file))}: it can't be written: ${error}`);
      return TROUBLE;
    }
    const { calls } = log.recording();
    terminal.note(`${printable(file)}: ${calls.length} ${calls.length === 1 ? "call" : "calls"}`);
    return SUCCESS;
  },
};

/** The page that was asked for; undefined when it has been said why there is none. */
async function findPage(given: Given, terminal: Terminal): Promise<WirePage | undefined> {
  const [address, ...others] = given.paths;
  const endpoint = address === undefined || others.length ? undefined : parseEndpoint(address);
  if (!endpoint)
    throw new UsageError("Name one address, as localhost:9221 or ws://localhost:9222/devtools/page/1.");
  if (!isLoopback(endpoint) && !given.flag("remote"))
    throw new UsageError(
      `${endpoint.host} is not this machine: --remote allows it, if you trust what is in between.`,
    );
  const { devices, problem } = await listPages(nodeWorld, endpoint);
  const pages = devices.flatMap((device) => device.pages);
  const wanted = given.text("page") ?? "";
  const found = pages.filter(({ title, url }) => title.includes(wanted) || url.includes(wanted));
  if (found.length === 1) return found[0];
  const wrong = problem ?? devices.find((device) => device.problem)?.problem;
  if (pages.length === 0 && wrong) {
    for (const line of [wrong.what, ...wrong.remedies]) terminal.note(printable(line));
    return undefined;
  }
  terminal.note(found.length ? "There are several pages; choose one by --page:" : "No page fits; there are:");
  for (const { title, url, device } of found.length ? found : pages)
    terminal.note(
      printable(`  ${title || "(no title)"}  ${url}${device === undefined ? "" : `  on ${device}`}`),
    );
  return undefined;
}

/** Writes the file beside its place first, so that there is a whole one at any moment. */
function createKeeper(path: string, recording: () => Recording) {
  let last: Promise<string | undefined> = Promise.resolve(undefined);
  let isWaiting = false;
  const write = async (): Promise<string | undefined> => {
    isWaiting = false;
    try {
      await writeFile(`${path}.part`, serializeRecording(recording()));
      await rename(`${path}.part`, path);
      return undefined;
    } catch (error) {
      return describeFileError(error as NodeJS.ErrnoException);
    }
  };
  return {
    /** Calls that come while one is written are written together. */
    soon() {
      if (isWaiting) return;
      isWaiting = true;
      last = last.then(write);
    },
    now() {
      last = last.then(write);
      return last;
    },
  };
}

function describe(
  { api, arguments: [options], outcome, realmId, startedAt, duration }: Call,
  realms: ReadonlyMap<string, Realm>,
): string {
  const publicKey = readSnapshot(options).member("publicKey");
  const rpId = publicKey.member("rpId").text() ?? publicKey.member("rp", "id").text();
  const time = new Date(startedAt).toTimeString().slice(0, 8);
  const where = rpId ?? realms.get(realmId)?.origin ?? "";
  const what =
    outcome.status === "rejected" ? `${outcome.error.name}: ${outcome.error.message}` : outcome.status;
  const took = duration === undefined ? "" : `, ${Math.round(duration)} ms`;
  return `${time}  ${api.replace(/^.*\./, "")}()  ${where}  ${what}${took}`;
}
