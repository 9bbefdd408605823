import { onMessage, onTabClosed, tabExists } from "../platform/runtime.js";
import { sessionStore } from "../platform/sessionStore.js";
import { parseMessage } from "./parseMessage.js";
import { createRecorder } from "./recorder.js";

const recorder = createRecorder(sessionStore, tabExists);

onMessage(async (value, sender) => {
  const message = parseMessage(value, sender);
  switch (message?.kind) {
    case "events":
      return recorder.receive({ ...message, tabId: sender.tabId! });
    case "clear":
      return recorder.clear(message.tabId);
    case "setRecording":
      return recorder.setRecording(message.tabId, message.on);
    case "setPreserveLog":
      return recorder.setPreserveLog(message.tabId, message.on);
  }
});

onTabClosed((tabId) => recorder.forget(tabId));
