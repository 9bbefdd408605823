import { mountViewer } from "../../panel/index.js";
import { say } from "../../panel/words/say.js";
import { bootstrapScript, listPages } from "../../src/index.js";
import { builtBootstrap } from "../platform/builtBootstrap.js";
import { keepForgotten, readForgotten } from "../platform/forgotten.js";
import { canRequestHost, requestHost } from "../platform/hostPermission.js";
import { ownLinkKey } from "../platform/linkKey.js";
import { loadViewer } from "../platform/loadViewer.js";
import { localSettings } from "../platform/localSettings.js";
import { getMessage } from "../platform/messages.js";
import { browserWorld, connectPage } from "../sources/wireSource.js";

const key = await ownLinkKey();
let forgotten = await readForgotten();
mountViewer(
  document.body,
  {
    origin: location.origin,
    list: (endpoint) => listPages(browserWorld, endpoint),
    connect: (page, onProblem) =>
      connectPage(page, {
        key,
        onProblem,
        forgotten,
        onForgotten(now) {
          forgotten = now;
          void keepForgotten(now);
        },
      }),
    canAllow: ({ host }) => canRequestHost(host),
    allow: ({ host }) => requestHost(host),
  },
  localSettings,
  {
    getMessage,
    loadViewer,
    bootstrapScript: (console) => bootstrapScript(builtBootstrap, { key, via: "bootstrap", console }),
  },
);
document.title = say("viewer_title");
