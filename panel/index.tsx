import { effect } from "@preact/signals";
import { render } from "preact";
import type { CeremonySource } from "../src/index.js";
import { Panel } from "./Panel.js";
import "./panel.css";
import type { PanelSettings } from "./settings/preferences.js";
import { type BootstrapScriptMaker, createStore } from "./store/createStore.js";

export type { PanelSettings } from "./settings/preferences.js";

/** What the place where the panel is mounted knows. */
export interface PanelHost {
  /** the theme of DevTools, where it may differ from the system's */
  theme?: "light" | "dark";
  /** makes the hook as a script for Web Inspector */
  bootstrapScript?: BootstrapScriptMaker;
  /** the text of the page that shows a recording by itself, as the build makes it; absent: no such export */
  loadViewer?: () => Promise<string>;
}

/** Mounts the panel in `root`; returns the way to take it down again. */
export function mountPanel(
  root: HTMLElement,
  source: CeremonySource,
  settings: PanelSettings,
  host: PanelHost = {},
): () => void {
  const store = createStore(source, settings, host.bootstrapScript);
  const { documentElement } = root.ownerDocument;
  const stopTheming = effect(() => {
    const { theme } = store.preferences.current.value;
    const wanted = theme === "auto" ? host.theme : theme;
    if (wanted) documentElement.dataset.theme = wanted;
    else delete documentElement.dataset.theme;
  });
  root.classList.add("keyhole");
  render(<Panel store={store} root={root} loadViewer={host.loadViewer} />, root);
  return () => {
    stopTheming();
    render(null, root);
    root.classList.remove("keyhole");
    store.close();
  };
}
