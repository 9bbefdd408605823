import { expect, test } from "vitest";
import { parseMessage } from "../../../extension/background/parseMessage.js";
import { aRealm, called, installed } from "../../support/realmEvents.js";

const frame = {
  isExtensionPage: false,
  tabId: 7,
  frameId: 3,
  url: "https://real.example/page",
  origin: "https://real.example",
};
const panel = { isExtensionPage: true };
const { frameId: _, ...realm } = aRealm();
const events = {
  kind: "events",
  realm,
  first: 0,
  events: [installed, called(0)],
  isLeaving: false,
  calls: 0,
  waiting: 1,
};

test("the browser's word on who sent it counts more than the sender's", () => {
  const forged = { ...events, realm: { ...realm, frameId: 0, origin: "https://bank.example" } };
  expect(parseMessage(forged, frame)).toMatchObject({
    kind: "events",
    realm: { origin: "https://real.example", url: "https://real.example/page", frameId: 3 },
  });
});

test("the content script's word counts where the browser says nothing", () => {
  expect(parseMessage(events, { isExtensionPage: false, tabId: 7, frameId: 0 })).toMatchObject({
    realm: { ...realm, frameId: 0 },
  });
});

test("an event that is none counts as lost, so that the numbers of the others stand", () => {
  expect(parseMessage({ ...events, events: [{ kind: "call" }, called(1)] }, frame)).toMatchObject({
    events: [{ kind: "lost", count: 1 }, called(1)],
  });
});

test.each([
  ["clear", { kind: "clear", tabId: 7 }],
  ["setRecording", { kind: "setRecording", tabId: 7, on: false }],
  ["setPreserveLog", { kind: "setPreserveLog", tabId: 7, on: true }],
])("%s is taken from the extension's own pages alone", (_, message) => {
  expect(parseMessage(message, panel)).toEqual(message);
  expect(parseMessage(message, frame)).toBeUndefined();
});

test.each([
  ["nothing", undefined, frame],
  ["a text", "events", frame],
  ["events of no tab", events, panel],
  ["a realm whose id is no UUID", { ...events, realm: { ...realm, id: "x/../../state" } }, frame],
  ["a realm without an origin", { ...events, realm: { ...realm, origin: undefined } }, frame],
  ["a realm of another way", { ...events, realm: { ...realm, hook: { ...realm.hook, via: "wire" } } }, frame],
  ["a realm without a hook", { ...events, realm: { ...realm, hook: undefined } }, frame],
  ["a number that is none", { ...events, first: -1 }, frame],
  ["events that are none", { ...events, events: "all" }, frame],
  ["a switch between on and off", { kind: "setRecording", tabId: 7, on: 1 }, panel],
  ["a tab that is none", { kind: "clear", tabId: "7" }, panel],
  ["another kind", { kind: "forget", tabId: 7 }, panel],
])("%s is refused", (_, message, sender) => {
  expect(parseMessage(message, sender)).toBeUndefined();
});
