import { mountPanel } from "../../panel/index.js";
import { devtoolsTheme, inspectedPage, inspectedTabId } from "../platform/inspectedPage.js";
import { localSettings } from "../platform/localSettings.js";
import { sendToBackground } from "../platform/runtime.js";
import { sessionStore } from "../platform/sessionStore.js";
import { backgroundSource } from "../sources/backgroundSource.js";

const source = backgroundSource(inspectedTabId(), {
  store: sessionStore,
  send: sendToBackground,
  page: inspectedPage,
});

const theme = devtoolsTheme();
mountPanel(document.body, source, localSettings, theme && { theme });
