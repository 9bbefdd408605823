import { expect, test } from "vitest";
import { timelineOf } from "../../../panel/timeline/timelineOf.js";
import { type CallDraft, call, create, get, recordingOf } from "../../support/recordings.js";

/** Calls a second apart. */
function madeASecondApart(...drafts: CallDraft[]) {
  const { calls } = recordingOf(drafts);
  for (const [index, each] of calls.entries()) each.startedAt = index * 1_000;
  return calls;
}

test("a call that was alone has none", () => {
  const calls = madeASecondApart(get().returns(null, { after: 900 }), get().returns(null, { after: 10 }));
  expect(timelineOf(calls[0]!, calls, 9_000)).toBeUndefined();
});

test("those that were open meanwhile stand on one axis, whatever else the page asked", () => {
  const calls = madeASecondApart(
    get({}, { mediation: "conditional" }),
    call("PublicKeyCredential.isConditionalMediationAvailable").returns(true, { after: 5_000 }),
    create().returns(null, { after: 2_000 }),
  );
  const timeline = timelineOf(calls[2]!, calls, 8_000);
  expect(timeline).toMatchObject({
    span: 8_000,
    more: 0,
    bars: [
      { call: { id: "call-0" }, from: 0, to: 1, isOpen: true },
      { call: { id: "call-2" }, from: 0.25, to: 0.5, isOpen: false },
    ],
  });
});

test("an aborted call shows when it was aborted, though it was alone", () => {
  const [made] = madeASecondApart(get().rejects("AbortError", { after: 1_000 }));
  const aborted = { ...made!, aborted: { at: 500, reason: null } };
  expect(timelineOf(aborted, [aborted], 2_000)?.bars).toMatchObject([{ from: 0, to: 1, aborted: 0.5 }]);
});

test("of very many the nearest are shown, and the others counted", () => {
  const drafts = Array.from({ length: 100 }, () => get());
  const calls = madeASecondApart(...drafts);
  const timeline = timelineOf(calls[50]!, calls, 200_000)!;
  expect(timeline.bars.map(({ call: { id } }) => id)).toContain("call-50");
  expect(timeline.bars.length + timeline.more).toBe(100);
  expect(timeline.bars.length).toBeLessThan(10);
});
