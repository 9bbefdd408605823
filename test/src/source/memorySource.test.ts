import { expect, test } from "vitest";
import { type Call, memorySource, type Realm, type SourceSink } from "../../../src/index.js";
import { create, get, passkey, recordingOf } from "../../support/recordings.js";

test("a recording is delivered at once: pages, then what was lost, then calls, then that it is all there", () => {
  const recording = recordingOf([create().returns(passkey("a")), get().rejects("NotAllowedError")]);
  recording.lostCalls = 7;
  const heard: unknown[] = [];
  const sink: SourceSink = {
    status: (state, sentence) => heard.push([state, sentence]),
    realm: (realm: Realm) => heard.push(realm),
    call: (call: Call) => heard.push(call),
    gap: (count) => heard.push(count),
  };
  memorySource(recording, "a.keyhole.json").subscribe(sink)();
  expect(heard).toEqual([...recording.realms, 7, ...recording.calls, ["live", "Recorded by test 0"]]);
});

test("it can neither be cleared nor switched, as nothing more will come", () => {
  const source = memorySource(recordingOf([]));
  expect(source).not.toHaveProperty("clear");
  expect(source).not.toHaveProperty("setRecording");
  expect(source.capabilities.live).toBe(false);
});
