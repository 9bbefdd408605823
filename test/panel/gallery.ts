import { mountPanel, mountViewer, type PageHost, type PanelHost } from "../../panel/index.js";
import { sayStatus } from "../../panel/words/engineWords.js";
import {
  type Listing,
  memorySource,
  type Recording,
  type SourceSink,
  type WireProblem,
} from "../../src/index.js";
import { type Messages, speaking } from "../support/speaking.js";

/** The panel in an ordinary page, with a source and settings that a test holds in its hands. */
export interface Gallery {
  /** A source that delivers the recording, and then whatever `sink` is told. */
  mountLive(recording: Recording, host?: PanelHost): void;
  /** A source that only has the recording. */
  mountFile(recording: Recording): void;
  /** The viewer, before a page is chosen of those in the listing; each has the problem when it is chosen. */
  mountPicker(listing: Listing, problem?: WireProblem): void;
  unmount(): void;
  /** what the panel listens with */
  sink: SourceSink;
  /** what the panel asked of the source, in order */
  asked: string[];
  settings: Record<string, unknown>;
  /** what the panel speaks, as the browser would; absent: English */
  messages?: Messages;
}

declare global {
  interface Window {
    gallery: Gallery;
  }
}

const root = document.querySelector<HTMLElement>("#root")!;
let unmount = () => {};

const gallery: Gallery = {
  sink: undefined as never,
  asked: [],
  settings: {},
  mountLive(recording, host) {
    gallery.unmount();
    const memory = memorySource(recording);
    unmount = mountPanel(
      root,
      {
        label: "This tab",
        capabilities: { live: true, canInject: false, originVerified: true },
        subscribe(sink) {
          gallery.sink = sink;
          const unsubscribe = memory.subscribe(sink);
          sink.status("live", sayStatus("early"));
          return unsubscribe;
        },
        clear() {
          gallery.asked.push("clear");
          gallery.sink.cleared?.();
        },
        setRecording(recording) {
          gallery.asked.push(`setRecording ${recording}`);
          gallery.sink.switches?.({ recording, preserveLog: true });
        },
        setPreserveLog(preserveLog) {
          gallery.asked.push(`setPreserveLog ${preserveLog}`);
          gallery.sink.switches?.({ recording: true, preserveLog });
        },
      },
      settings,
      { ...language(), ...host },
    );
  },
  mountFile(recording) {
    gallery.unmount();
    unmount = mountPanel(root, memorySource(recording), settings);
  },
  mountPicker(listing, problem) {
    gallery.unmount();
    const pages: PageHost = {
      list: async () => listing,
      connect: (_, onProblem) => ({
        label: "A page",
        capabilities: { live: true, canInject: true, originVerified: false },
        subscribe(sink) {
          onProblem(problem);
          sink.status("lost", sayStatus("not-connected"));
          return () => {};
        },
        retry() {},
      }),
      origin: "chrome-extension://keyhole",
    };
    unmount = mountViewer(root, pages, settings, language());
  },
  unmount() {
    unmount();
    unmount = () => {};
  },
};

const language = () => (gallery.messages ? { getMessage: speaking(gallery.messages) } : {});

const settings = {
  get: async (key: string) => gallery.settings[key],
  set: async (key: string, value: unknown) => {
    gallery.settings[key] = value;
  },
};

window.gallery = gallery;
