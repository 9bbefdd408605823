import { loadJudge, prepareJudge } from "../platform/loadJudge.js";
import { localSettings } from "../platform/localSettings.js";
import { recordingSites } from "../platform/recordingSites.js";
import { onMessage, onTabClosed, tabExists, tellPages } from "../platform/runtime.js";
import { sessionStore } from "../platform/sessionStore.js";
import { noteStart } from "../platform/start.js";
import { openPage, showBadge } from "../platform/tabs.js";
import { createErrorBadge } from "./errorBadge.js";
import type { Unkept } from "./message.js";
import { parseMessage } from "./parseMessage.js";
import { createRecorder } from "./recorder.js";

prepareJudge();
noteStart(sessionStore).catch(() => {});
const badge = createErrorBadge({
  store: sessionStore,
  setting: localSettings.get,
  loadJudge,
  show: showBadge,
});
const recorder = createRecorder(
  sessionStore,
  tabExists,
  async (site) => {
    const { ask, allowed } = await recordingSites.get();
    return !ask || (site !== undefined && allowed.includes(site));
  },
  ({ tabId, realm, waiting }) =>
    tellPages({ kind: "unkept", tabId, realmId: realm.id, waiting } satisfies Unkept),
);

onMessage(async (value, sender) => {
  const message = parseMessage(value, sender);
  switch (message?.kind) {
    case "events": {
      const tabId = sender.tabId!;
      const expected = await recorder.receive({ ...message, tabId });
      badge.news(tabId);
      return expected;
    }
    case "openViewer":
      return openPage("viewer/viewer.html");
    case "clear":
      await recorder.clear(message.tabId);
      return badge.news(message.tabId);
    case "setRecording":
      return recorder.setRecording(message.tabId, message.on);
    case "setPreserveLog":
      return recorder.setPreserveLog(message.tabId, message.on);
  }
});

onTabClosed((tabId) => recorder.forget(tabId));
