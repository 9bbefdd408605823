import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import type { CeremonySource } from "../src/index.js";
import { Panel } from "./Panel.js";
import { createPageChooser, type PageChooser, type PageHost } from "./page-picker/pageChooser.js";
import "./panel.css";
import type { PanelSettings } from "./settings/preferences.js";
import type { SiteSettings } from "./settings/recordingSites.js";
import { type BootstrapScriptMaker, createStore } from "./store/createStore.js";
import { type GetMessage, language, speak } from "./words/say.js";

export type { PageHost } from "./page-picker/pageChooser.js";
export type { PanelSettings } from "./settings/preferences.js";
export type { RecordingSites, SiteSettings } from "./settings/recordingSites.js";

/** What the place where the panel is mounted knows. */
export interface PanelHost {
  /** the messages of the browser's language; absent: English */
  getMessage?: GetMessage;
  /** the theme of DevTools, where it may differ from the system's */
  theme?: "light" | "dark";
  /** makes the hook as a script for Web Inspector */
  bootstrapScript?: BootstrapScriptMaker;
  /** the text of the page that shows a recording by itself, as the build makes it; absent: no such export */
  loadViewer?: () => Promise<string>;
  /** on which sites the background records */
  sites?: SiteSettings;
  /** opens the viewer, where pages on other devices are looked at */
  openViewer?(): void;
}

/** Mounts the panel in `root`; returns the way to take it down again. */
export function mountPanel(
  root: HTMLElement,
  source: CeremonySource,
  settings: PanelSettings,
  host: PanelHost = {},
): () => void {
  speak(host.getMessage);
  return mount(root, source, settings, host);
}

/** Mounts the viewer: the panel, and a choice of the page that it looks at. Returns the way to take it down. */
export function mountViewer(
  root: HTMLElement,
  pages: PageHost,
  settings: PanelSettings,
  host: PanelHost = {},
): () => void {
  speak(host.getMessage);
  const chooser = createPageChooser(pages, settings, window);
  const stop = effect(() => {
    const source = chooser.source.value;
    return untracked(() => mount(root, source, settings, host, chooser));
  });
  return () => {
    stop();
    chooser.stop();
  };
}

function mount(
  root: HTMLElement,
  source: CeremonySource,
  settings: PanelSettings,
  host: PanelHost,
  chooser?: PageChooser,
): () => void {
  const store = createStore(source, settings, host.bootstrapScript, host.sites);
  const { documentElement } = root.ownerDocument;
  documentElement.lang = language();
  const stopTheming = effect(() => {
    const { theme } = store.preferences.current.value;
    const wanted = theme === "auto" ? host.theme : theme;
    if (wanted) documentElement.dataset.theme = wanted;
    else delete documentElement.dataset.theme;
  });
  const stopMakingRoom = effect(() => {
    if (store.importedName.value !== undefined) chooser?.close();
  });
  root.classList.add("keyhole");
  const { loadViewer, openViewer } = host;
  render(
    <Panel store={store} root={root} chooser={chooser} loadViewer={loadViewer} openViewer={openViewer} />,
    root,
  );
  return () => {
    stopTheming();
    stopMakingRoom();
    render(null, root);
    root.classList.remove("keyhole");
    store.close();
  };
}
