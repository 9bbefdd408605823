import { ActionCreators, createDevTools } from "@redux-devtools/core";
import { InspectorMonitor } from "@redux-devtools/inspector-monitor";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { legacy_createStore } from "redux";

/*
 * Redux DevTools' own inspector, as it comes, with the same calls as actions: the type is what the row says, the
 * call is what it carries. Its list is what the panel's is measured beside.
 */

interface CallAction {
  type: string;
  call: unknown;
}

/** What the bench does to it. */
export interface Peer {
  /** Opens a recording's text, as the inspector imports a log. */
  open(text: string): void;
  append(call: { id: string; api: string }): void;
}

declare global {
  interface Window {
    peer: Peer;
  }
}

const DevTools = createDevTools(createElement(InspectorMonitor, {} as never) as never);
const store = legacy_createStore(
  (count: number | undefined) => (count ?? -1) + 1,
  DevTools.instrument({ maxAge: 20_000 }) as never,
) as ReturnType<typeof legacy_createStore> & { liftedStore: { dispatch(action: unknown): void } };

const root = createRoot(document.querySelector("#root")!);
root.render(createElement(DevTools as never, { store } as never));

const actionOf = (call: { id: string; api: string }): CallAction => ({
  type: `${call.api} ${call.id}`,
  call,
});

window.peer = {
  open(text) {
    const { calls } = JSON.parse(text) as { calls: { id: string; api: string }[] };
    store.liftedStore.dispatch(ActionCreators.importState(calls.map(actionOf) as never));
  },
  append(call) {
    store.dispatch(actionOf(call) as never);
  },
};
