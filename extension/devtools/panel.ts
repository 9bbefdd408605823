import { mountPanel } from "../../panel/index.js";
import { bootstrapScript, type CeremonySource } from "../../src/index.js";
import type { Message } from "../background/message.js";
import { builtBootstrap } from "../platform/builtBootstrap.js";
import { keepForgotten, readForgotten } from "../platform/forgotten.js";
import {
  devtoolsTheme,
  evaluate,
  inspectedPage,
  inspectedTabId,
  isSafari,
} from "../platform/inspectedPage.js";
import { ownLinkKey } from "../platform/linkKey.js";
import { loadViewer } from "../platform/loadViewer.js";
import { localSettings } from "../platform/localSettings.js";
import { getMessage } from "../platform/messages.js";
import { recordingSites } from "../platform/recordingSites.js";
import { onTold, sendToBackground } from "../platform/runtime.js";
import { sessionStore } from "../platform/sessionStore.js";
import { backgroundSource } from "../sources/backgroundSource.js";
import { findRecordedTab } from "../sources/findRecordedTab.js";
import { inspectedWindowSource } from "../sources/inspectedWindowSource.js";

const key = await ownLinkKey();
const theme = devtoolsTheme();
// Other browsers can read by evaluation, too: it is how that is tested in a real inspector.
const isByEvaluation = isSafari() || (await localSettings.get("source")) === "evaluation";
mountPanel(
  document.body,
  isByEvaluation ? await byEvaluation() : byBackground(inspectedTabId()),
  localSettings,
  {
    ...(theme && { theme }),
    getMessage,
    sites: recordingSites,
    loadViewer,
    openViewer: () => void sendToBackground({ kind: "openViewer" } satisfies Message).catch(() => {}),
    bootstrapScript: (console) => bootstrapScript(builtBootstrap, { key, via: "bootstrap", console }),
  },
);

function byBackground(tabId: number): CeremonySource {
  return backgroundSource(tabId, {
    store: sessionStore,
    send: sendToBackground,
    onTold,
    page: inspectedPage,
  });
}

async function byEvaluation(): Promise<CeremonySource> {
  return inspectedWindowSource({
    inspected: {
      evaluate,
      onNavigated: inspectedPage.onNavigated,
      // Web Inspector keeps a panel that is not chosen, but does not lay it out.
      isShown: () => document.visibilityState === "visible" && document.body.offsetWidth > 0,
    },
    key,
    built: builtBootstrap,
    version: __KEYHOLE_VERSION__,
    forgotten: await readForgotten(),
    onForgotten: (forgotten) => void keepForgotten(forgotten),
    async findRecorded(page) {
      const tabId = await findRecordedTab(sessionStore, page).catch(() => undefined);
      return tabId === undefined ? undefined : byBackground(tabId);
    },
  });
}
