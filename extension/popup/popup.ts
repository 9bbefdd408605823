import { mountPanel } from "../../panel/index.js";
import { say, sayParts } from "../../panel/words/say.js";
import { bootstrapScript } from "../../src/index.js";
import type { Message } from "../background/message.js";
import { builtBootstrap } from "../platform/builtBootstrap.js";
import { ownLinkKey } from "../platform/linkKey.js";
import { loadViewer } from "../platform/loadViewer.js";
import { localSettings } from "../platform/localSettings.js";
import { getMessage } from "../platform/messages.js";
import { recordingSites } from "../platform/recordingSites.js";
import { onTold, sendToBackground } from "../platform/runtime.js";
import { sessionStore } from "../platform/sessionStore.js";
import { activeTabId, openPage, pageOfTab } from "../platform/tabs.js";
import { backgroundSource } from "../sources/backgroundSource.js";

/*
 * The toolbar button: the panel for this tab, in small. On iOS, where there are no developer tools, it is
 * the panel. With `?tab=` it is the panel for that tab in a tab of its own.
 */

const askedFor = new URLSearchParams(location.search).get("tab");
const tabId = askedFor === null ? await activeTabId() : Number(askedFor);
const key = await ownLinkKey();
const { documentElement } = document;
documentElement.classList.toggle("in-tab", askedFor !== null);
documentElement.classList.toggle("on-phone", isPhone());

document.getElementById("open")!.addEventListener("click", async () => {
  await openPage(`popup/popup.html?tab=${tabId}`);
  close();
});

mountPanel(
  document.getElementById("panel")!,
  backgroundSource(tabId, { store: sessionStore, send: sendToBackground, onTold, page: pageOfTab(tabId) }),
  localSettings,
  {
    getMessage,
    sites: recordingSites,
    loadViewer,
    openViewer: () => void sendToBackground({ kind: "openViewer" } satisfies Message).catch(() => {}),
    // On the phone there is no inspector to give it to.
    ...(!isPhone() && {
      bootstrapScript: (console) => bootstrapScript(builtBootstrap, { key, via: "bootstrap", console }),
    }),
  },
);

const name = document.createElement("b");
name.textContent = "Keyhole";
document.getElementById("devtools")!.replaceChildren(...sayParts("popup_devtools", { name }));
document.getElementById("open")!.textContent = say("popup_openInTab");

/** iPhones and iPads; these say that they are Macs, which have no touch screen. */
function isPhone(): boolean {
  return (
    /\b(iPhone|iPad)\b/.test(navigator.userAgent) ||
    (/\bMacintosh\b/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  );
}
