import { expect, test } from "vitest";
import { parseHookEvent } from "../../../extension/content/parseHookEvent.js";
import { aborted, called, installed, settled } from "../../support/realmEvents.js";

const { call } = called(0);
const withCall = (more: object) => ({ kind: "call", call: { ...call, ...more } });
const withEnvironment = (more: object) => withCall({ environment: { ...call.environment, ...more } });
const nested = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
const cycle: unknown[] = [];
cycle.push(cycle);

test.each([
  ["installed", installed],
  ["a call", called(0)],
  ["an abort", aborted(3)],
  ["a settlement", settled(3)],
  ["a loss", { kind: "lost", count: 4 }],
  [
    "a rejection",
    {
      kind: "settled",
      seq: 0,
      duration: 0.5,
      outcome: { status: "rejected", error: { name: "NotAllowedError", message: "", isDOMException: true } },
    },
  ],
  [
    "everything that a call may have",
    withEnvironment({
      userActivation: { isActive: true, hasBeenActive: true },
      policy: { create: true, get: undefined },
      webauthnFields: 1,
      replaced: true,
    }),
  ],
  ["a snapshot of some depth", withCall({ arguments: [nested(100)] })],
])("%s is taken as it is", (_, event) => {
  expect(parseHookEvent(event)).toEqual(event);
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "installed"],
  ["a list", [installed]],
  ["no kind", {}],
  ["another kind", { kind: "shown" }],
  ["a kind that every object has", { kind: "constructor" }],
  ["another API", withCall({ api: "credentials.steal" })],
  ["an API that every object has", withCall({ api: "toString" })],
  ["a negative seq", withCall({ seq: -1 })],
  ["a seq between two numbers", withCall({ seq: 0.5 })],
  ["a seq that is none", { ...settled(0), seq: "0" }],
  ["a time that is none", withCall({ startedAt: Number.NaN })],
  ["no arguments", withCall({ arguments: undefined })],
  ["no outcome", withCall({ outcome: undefined })],
  ["another outcome", { ...settled(0), outcome: { status: "lost" } }],
  ["an outcome without a value", { ...settled(0), outcome: { status: "fulfilled" } }],
  ["an error that is none", { ...settled(0), outcome: { status: "rejected", error: "no" } }],
  ["no environment", withCall({ environment: undefined })],
  ["another visibility", withEnvironment({ visibility: "prerender" })],
  ["a policy that is none", withEnvironment({ policy: { create: "yes" } })],
  ["a loss without end", { kind: "lost", count: Number.POSITIVE_INFINITY }],
  ["a cycle", withCall({ arguments: cycle })],
  ["nesting without end", withCall({ arguments: [nested(5000)] })],
  ["bytes", withCall({ arguments: [new Uint8Array(2)] })],
  ["a map", withCall({ arguments: [new Map()] })],
  ["a bigint", withCall({ arguments: [1n] })],
])("%s is refused", (_, value) => {
  expect(parseHookEvent(value)).toBeUndefined();
});
