import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import {
  analyze,
  listPages,
  parseEndpoint,
  type SayStatus,
  type WirePage,
  type WireProblem,
  wireSource,
} from "../../../src/index.js";
import { eventually } from "../../support/eventually.js";
import { nodeWorld } from "../../support/nodeWorld.js";
import { CONVERSATION_KEY } from "../../support/recordConversation.js";
import { recordingOf, recordSource, type SourceRecord } from "../../support/recordSource.js";
import { type DeviceProxy, type ProxyDevice, type Said, serveProxy } from "../../support/serveProxy.js";

const says = JSON.parse(
  readFileSync(new URL("../../fixtures/wire/conversation.json", import.meta.url), "utf8"),
) as Said[];

let proxy: DeviceProxy;
let log: SourceRecord | undefined;
let problems: (WireProblem | undefined)[];
const codes = () => problems.map((problem) => problem?.code);
afterEach(async () => {
  log?.stop();
  await proxy?.close();
});

const page = (behaves: NonNullable<ProxyDevice["pages"]>[number]["behaves"], more = {}) => ({
  title: "Sign in",
  url: "http://localhost/sign-in",
  behaves,
  ...more,
});

async function listing(devices: ProxyDevice[]) {
  proxy = await serveProxy(devices);
  return listPages(nodeWorld, parseEndpoint(`localhost:${proxy.port}`)!);
}

async function connect(devices: ProxyDevice[], say?: SayStatus): Promise<SourceRecord> {
  const listed = await listing(devices);
  problems = [];
  const [first] = listed.devices[0]!.pages;
  log = recordSource(
    wireSource(first!, nodeWorld, {
      bootstrap: "__KEYHOLE_BOOTSTRAP__",
      key: CONVERSATION_KEY,
      onProblem: (problem?: WireProblem) => void problems.push(problem),
      ...(say && { say }),
    }),
  );
  return log;
}

const settled = (record: SourceRecord) =>
  record.calls.filter(({ outcome }) => outcome.status === "fulfilled");

describe("a recorded conversation with a device, replayed by a proxy", () => {
  test("brings the ceremonies, judged as those of an iPhone", async () => {
    const record = await connect([{ name: "Ada's iPhone", osVersion: "18.6.2", pages: [page({ says })] }]);
    await eventually(() => expect(settled(record)).toHaveLength(2));
    expect(record.statuses[0]).toBe("connecting: Connecting to Sign in on Ada's iPhone");
    expect(record.statuses.at(-1)).toBe("live: Hooked before the page's first script");
    expect(record.calls.map(({ api }) => api)).toEqual(["credentials.create", "credentials.get"]);
    const { ceremonies, recording } = await analyze(recordingOf(record));
    expect(recording.realms.at(-1)!.userAgent).toContain("iPhone OS 18_6");
    for (const { verdicts } of ceremonies)
      expect(verdicts.filter(({ outcome }) => outcome === "fail")).toEqual([]);
    expect(ceremonies[1]!.verdicts.find(({ check }) => check === "signature")!.outcome).toBe("pass");
  });

  test("tells how it stands in the words that it is given", async () => {
    const say: SayStatus = (id, values) => `${id} ${JSON.stringify(values ?? {})}`;
    const record = await connect([{ name: "iPhone", pages: [page({ says })] }], say);
    await eventually(() => expect(record.statuses.at(-1)).toBe("live: early {}"));
    expect(record.statuses[0]).toBe('connecting: connecting-on {"page":"Sign in","device":"iPhone"}');
    proxy.cut();
    await eventually(() => expect(record.statuses).toContain("lost: not-connected {}"));
  });

  test("a cable that is pulled and put in again doubles nothing", async () => {
    const record = await connect([{ name: "iPhone", pages: [page({ says })] }]);
    await eventually(() => expect(settled(record)).toHaveLength(2));
    proxy.cut();
    await eventually(() => expect(codes()).toContain("cut"));
    await eventually(() => expect(record.statuses.at(-1)).toMatch(/^live/));
    expect(record.calls).toHaveLength(2);
    expect([record.doubles, record.lost]).toEqual([0, 0]);
  });
});

describe("what a proxy lists", () => {
  test("devices and their pages, also where a title makes the list no JSON", async () => {
    const { devices, problem } = await listing([
      {
        name: "Ada's iPhone",
        osVersion: "18.6.2",
        pages: [page("silent", { title: `a "quoted" title, and \\` }), page("silent", { isInspected: true })],
      },
    ]);
    expect(problem).toBeUndefined();
    expect(devices).toEqual([
      {
        id: expect.any(String),
        name: "Ada's iPhone",
        osVersion: "18.6.2",
        pages: [
          expect.objectContaining({ title: `a "quoted" title, and \\`, isTaken: false, protocol: "webkit" }),
          expect.objectContaining({ title: "Sign in", isTaken: true, device: "Ada's iPhone" }),
        ],
      },
    ]);
  });

  test("no device, at whichever port", async () =>
    expect(await listing([])).toMatchObject({ devices: [], problem: { code: "no-device" } }));

  test("at the port of one device its pages alone, or that it shows none", async () => {
    proxy = await serveProxy([
      { name: "Ada's iPhone", pages: [] },
      { name: "Other", pages: [page("silent")] },
    ]);
    const [empty, other] = proxy.ports;
    expect(await listPages(nodeWorld, { host: "localhost", port: empty! })).toMatchObject({
      devices: [],
      problem: { code: "no-page", what: "Ada's iPhone shows no page." },
    });
    // That it is a proxy's is told by its id: a person is warned that it listens on all interfaces.
    expect(await listPages(nodeWorld, { host: "localhost", port: other! })).toMatchObject({
      devices: [{ id: `localhost:${other}`, pages: [{ title: "Sign in", protocol: "webkit" }] }],
    });
  });

  test.each<[string, ProxyDevice, string]>([
    ["a device that it cannot speak with", { name: "iPhone" }, "device-silent"],
    ["a device with an iOS that is too old", { name: "iPhone", osVersion: "12.5.7", pages: [] }, "too-old"],
    ["a device that shows no page", { name: "iPhone", osVersion: "26.0", pages: [] }, "no-page"],
  ])("%s", async (_, device, code) => {
    const { devices } = await listing([device]);
    expect(devices[0]).toMatchObject({ name: "iPhone", pages: [], problem: { code } });
  });
});

describe("a page that", () => {
  test.each<[string, "claimed" | "old" | "silent", string, string]>([
    ["Safari's own inspector has taken", "claimed", "taken", "Another inspector has taken this page"],
    ["belongs to an iOS before 13.4", "old", "too-old", "iPhone runs an iOS that is too old"],
    ["does not answer", "silent", "silent", "The page does not answer."],
  ])("%s", async (_, behaves, code, sentence) => {
    const record = await connect([{ name: "iPhone", pages: [page(behaves)] }]);
    await eventually(() => expect(problems.at(-1)).toMatchObject({ code }));
    expect(problems.at(-1)!.what).toContain(sentence);
    // Said once: whoever hears of the problem shows it.
    expect(record.statuses.at(-1)).toBe(`lost: ${code === "silent" ? "No answer" : "Not connected"}`);
  });

  test("is gone when someone connects", async () => {
    const record = await connect([{ name: "iPhone", pages: [page("unknown")] }]);
    proxy.devices[0]!.pages = [];
    await eventually(() => expect(codes()).toContain("unreachable"));
    await eventually(() => expect(codes().at(-1)).toBe("no-page"));
    expect(record.statuses.at(-1)).toMatch(/^lost: /);
  });

  test("answers no more since its proxy has ended is said without advice for other devices", async () => {
    await connect([{ name: "iPhone", pages: [page({ says })] }]);
    await eventually(() => expect(settled(log!)).toHaveLength(2));
    await proxy.close();
    await eventually(() => expect(codes().at(-1)).toBe("unreachable"));
    expect(problems.at(-1)!.remedies.join()).not.toMatch(/Android|WebKitGTK/);
  });

  test("another one has taken is not taken back, but on demand", async () => {
    proxy = await serveProxy([{ name: "iPhone", pages: [page("claimed")] }]);
    const { devices } = await listPages(nodeWorld, parseEndpoint(`localhost:${proxy.port}`)!);
    const source = wireSource(devices[0]!.pages[0] as WirePage, nodeWorld, {
      bootstrap: "__KEYHOLE_BOOTSTRAP__",
      key: CONVERSATION_KEY,
    });
    log = recordSource(source);
    await eventually(() => expect(log!.statuses.at(-1)).toContain("has taken this page"));
    proxy.devices[0]!.pages = [page({ says })];
    source.retry();
    await eventually(() => expect(settled(log!)).toHaveLength(2));
  });
});
