import type { Call, Realm } from "../recording/recording.js";

/** Where calls come from: the background, Web Inspector's eval, a wire to a device, a file. */
export interface CeremonySource {
  readonly label: string;
  readonly capabilities: { live: boolean; canInject: boolean; originVerified: boolean };
  /** Delivers everything known so far, then whatever comes; returns the way to stop it. */
  subscribe(sink: SourceSink): () => void;
  /** Forgets what was recorded. Absent: the source can't. */
  clear?(): void;
  /** Records new calls or leaves them out. Absent: the source always records. */
  setRecording?(on: boolean): void;
  /** Keeps the log across navigations of the top-level page. Absent: it always does. */
  setPreserveLog?(on: boolean): void;
}

/** A site on which calls are let go until a person allows to record them. */
export interface Withheld {
  /** the host; "" for documents that have none */
  site: string;
  /** calls that were let go */
  calls: number;
  /** the page itself; false: frames in it */
  isPage: boolean;
}

export interface SourceSink {
  status(state: "connecting" | "live" | "lost", sentence: string): void;
  realm(realm: Realm): void;
  /** a new call, or the same call (same id) with more known */
  call(call: Call): void;
  /** n events are known to be lost */
  gap(count: number): void;
  /** the log was emptied (by anyone who looks at it, or by a navigation that does not keep it) */
  cleared?(): void;
  /** sites of the page that is shown on which nothing was recorded, for want of a word; all of them each time */
  withheld?(sites: readonly Withheld[]): void;
  /** the switches of the source, as they stand now */
  switches?(state: { recording: boolean; preserveLog: boolean }): void;
}
