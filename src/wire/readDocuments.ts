import { type PageFacts, parseReading } from "../link/parseReading.js";
import { parsePushedLine } from "../link/pushedLine.js";
import { readExpression } from "../link/readExpression.js";
import type { Reading } from "../link/reading.js";
import type { RealmId } from "../recording/recording.js";
import type { WireDocument } from "./wire.js";
import type { WireWorld } from "./world.js";

export interface ReaderOptions {
  world: Pick<WireWorld, "after">;
  /** of the link between script and reader */
  key: string;
  /** what puts the hook into a document, for those that were there before */
  script: string;
  /** Where to read on in a realm. */
  next(realmId: RealmId): number;
  take(reading: Reading): void;
  /** A document whose hook is of another one than this reader. */
  foreign(page: PageFacts): void;
  /** true: a document has not answered for a while; false: it does again */
  silent(isSilent: boolean): void;
}

export interface DocumentReader {
  add(document: WireDocument): void;
  remove(document: WireDocument): void;
  /** Takes what a page pushed, if it was the hook in it. */
  pushed(text: string): void;
  stop(): void;
}

/**
 * Gets from documents what their hooks keep: it is pushed as it happens, and read, in pieces, when a document
 * is met and now and then after that, so that what was not pushed comes a little later. Where reading
 * brings something that should have been pushed, the next reading comes soon.
 */
export function readDocuments(options: ReaderOptions): DocumentReader {
  const { world, key, script, next, take, foreign, silent } = options;
  const readers = new Map<WireDocument, Reader>();
  let stopWaiting = world.after(SLOW_MS, readAll);
  let silentCount = 0;

  return {
    add(document) {
      const reader: Reader = { document, isReading: false, failures: 0, hasScript: false };
      readers.set(document, reader);
      void read(reader);
    },
    remove: (document) => void readers.delete(document),
    pushed(text) {
      const parsed = parsePushedLine(text, key);
      if (parsed?.reading) take(parsed.reading);
      else if (parsed) void readSoon();
    },
    stop() {
      stopWaiting();
      readers.clear();
    },
  };

  function readSoon(): void {
    stopWaiting();
    stopWaiting = world.after(FAST_MS, readAll);
  }

  async function readAll(): Promise<void> {
    const news = await Promise.all([...readers.values()].map(read));
    stopWaiting();
    if (readers.size > 0 || news.length === 0)
      stopWaiting = world.after(news.includes(true) ? FAST_MS : SLOW_MS, readAll);
  }

  /** Resolves with whether there was something that was not known, in a document that was read before. */
  async function read(reader: Reader): Promise<boolean> {
    if (reader.isReading) return false;
    reader.isReading = true;
    const wasRead = reader.realmId !== undefined;
    let hasNews = false;
    while (readers.has(reader.document)) {
      const answer = await ask(reader, readExpression({ key, maxBytes: PIECE_BYTES, ...since(reader) }));
      if (answer === undefined) break;
      const { reading, page } = parseReading(answer);
      if (reading) {
        if (reader.realmId === undefined) reader.document.hooked?.();
        reader.realmId = reading.realmId;
        hasNews ||= reading.first + reading.events.length > next(reading.realmId);
        take(reading);
        if ((reading.next ?? 0) <= reading.first + reading.events.length || reading.events.length === 0)
          break;
      } else if (page?.hook === "none" && !reader.hasScript) {
        reader.hasScript = true;
        if ((await ask(reader, `${script}\n""`)) === undefined) break;
      } else {
        if (page?.hook === "other") foreign(page);
        reader.document.hooked?.();
        break;
      }
    }
    reader.isReading = false;
    return wasRead && hasNews;
  }

  /** A document that fails again and again is one that went without a word. */
  async function ask(reader: Reader, expression: string): Promise<string | undefined> {
    let isLate = false;
    const stop = world.after(SILENT_MS, () => {
      isLate = true;
      if (silentCount++ === 0) silent(true);
    });
    const answer = await reader.document.evaluate(expression);
    stop();
    if (isLate && --silentCount === 0) silent(false);
    reader.failures = answer === undefined ? reader.failures + 1 : 0;
    if (reader.failures >= MAX_FAILURES) readers.delete(reader.document);
    return answer;
  }

  function since({ realmId }: Reader) {
    return realmId === undefined ? {} : { since: { realmId, next: next(realmId) } };
  }
}

interface Reader {
  document: WireDocument;
  isReading: boolean;
  failures: number;
  /** the script was put in late; it is not tried twice */
  hasScript: boolean;
  realmId?: RealmId;
}

/** WebKitGTK ends the connection at an answer of more than some megabytes. */
const PIECE_BYTES = 256 * 1024;
const SLOW_MS = 2_000;
const FAST_MS = 400;
const SILENT_MS = 5_000;
const MAX_FAILURES = 3;
