import { signal } from "@preact/signals";
import { describe, expect, test } from "vitest";
import { openComparing } from "../../../panel/compare/comparing.js";
import { compareSides, describeDevice, type Side } from "../../../panel/compare/comparison.js";
import { analyze, type Recording, serializeRecording } from "../../../src/index.js";
import {
  bytes,
  CHROME,
  chromeOnIphone,
  create,
  get,
  passkey,
  recordingOf,
  safari,
  safariOnIpad,
  safariOnMac,
  webview,
} from "../../support/recordings.js";

const sideOf = async (recording: Recording): Promise<Side> => ({
  call: recording.calls[0]!,
  number: 1,
  analysis: await analyze(recording),
  realm: recording.realms[0],
});

describe("two calls beside each other", () => {
  test("what decides stands apart from what is random, in words", async () => {
    const a = await sideOf(recordingOf([get().returns(passkey("A"))], { browser: safariOnMac("18.3") }));
    const b = await sideOf(
      recordingOf([get({ challenge: "QUJD" }).rejects("TypeError")], { browser: safari("18.3") }),
    );
    const { groups } = compareSides(a, b);
    expect(groups.decisive.map(({ place }) => place)).toEqual(
      expect.arrayContaining(["outcome", "binary-not-buffersource", "publicKey.challenge"]),
    );
    const challenge = groups.decisive.find(({ place }) => place === "publicKey.challenge");
    expect(challenge).toMatchObject({ kind: "retyped", b: 'string "QUJD"', isInCall: true });
    expect(groups.notable.map(({ place }) => place)).toEqual(["userAgent"]);
  });

  test("control characters of a page can’t turn a line around", async () => {
    const a = await sideOf(recordingOf([create({ rp: { id: "example.com", name: "\u202eevil" } })]));
    const b = await sideOf(recordingOf([create()]));
    const shown = Object.values(compareSides(a, b).groups).flat();
    expect(JSON.stringify(shown)).not.toContain("\u202e");
  });
});

test.each([
  [safari("18.3"), "iPhone, Safari 18.3"],
  [safariOnIpad("17.5"), "iPad, Safari 17.5"],
  [safariOnMac("26.0"), "Mac, Safari 26.0"],
  [chromeOnIphone("18.1"), "iPhone, Chrome"],
  [webview("17.2"), "iPhone, WebKit 17.2"],
  [CHROME, "Windows, Chrome"],
  [{ userAgent: "", maxTouchPoints: 0 }, "unknown device"],
])("a device is told by its user agent: %#", (browser, expected) => {
  expect(describeDevice(recordingOf([get()], { browser }).realms[0])).toBe(expected);
});

describe("what the selected call is compared with", () => {
  const log = recordingOf([create(), get(), get({ challenge: bytes(32, 9) })]);
  const [made, used, again] = log.calls as [
    (typeof log.calls)[0],
    (typeof log.calls)[0],
    (typeof log.calls)[0],
  ];
  const other = recordingOf([get(), create()], { browser: safari("18.3") });

  test("is nothing at first, then the marked call, then what was chosen", () => {
    const comparing = openComparing(signal(log));
    expect(comparing.partnerOf(made)).toBeUndefined();
    comparing.mark(used.id);
    expect(comparing.partnerOf(again)).toEqual({ callId: used.id, isInSecond: false });
    expect(comparing.partnerOf(used)).toBeUndefined();
    comparing.choose(again.id, { callId: made.id, isInSecond: false });
    expect(comparing.partnerOf(again)).toEqual({ callId: made.id, isInSecond: false });
    comparing.forget();
    expect(comparing.partnerOf(again)).toBeUndefined();
  });

  test("is the counterpart in a second recording, in whatever form that comes", async () => {
    const comparing = openComparing(signal(log));
    expect(await comparing.openSecond(serializeRecording(other), "iphone.keyhole.json")).toBe(true);
    expect(comparing.partnerOf(made)).toEqual({ callId: "call-1", isInSecond: true });
    expect(comparing.partnerOf(used)).toEqual({ callId: "call-0", isInSecond: true });
    expect(comparing.partnerOf(again)).toBeUndefined();
    comparing.closeSecond();
    expect(comparing.partnerOf(made)).toBeUndefined();
  });

  test("stays what it was if a second recording can’t be read, and says why", async () => {
    const comparing = openComparing(signal(log));
    await comparing.openSecond(serializeRecording(other), "good");
    expect(await comparing.openSecond('{"format":"keyhole-recording",', "bad")).toBe(false);
    expect(comparing.second.value?.name).toBe("good");
    expect(comparing.problems.value).toMatchObject({
      name: "bad",
      problems: [{ code: "recording-truncated" }],
    });
  });

  test("is the last that was opened, however long the first takes", async () => {
    const comparing = openComparing(signal(log));
    const slow = comparing.openSecond(serializeRecording(other), "first");
    const fast = comparing.openSecond(serializeRecording(log), "second");
    expect(await Promise.all([slow, fast])).toEqual([false, true]);
    expect(comparing.second.value?.name).toBe("second");
  });
});
