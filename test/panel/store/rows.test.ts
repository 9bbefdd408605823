import { expect, test } from "vitest";
import { NO_FILTER, parseFilter } from "../../../panel/store/filter.js";
import type { Known } from "../../../panel/store/known.js";
import type { LogState } from "../../../panel/store/log.js";
import { type CallRow, type NoteRow, type Row, RowMaker, type Rows } from "../../../panel/store/rows.js";
import { Changes, type Recording } from "../../../src/index.js";
import { call, create, get, passkey, recordingOf } from "../../support/recordings.js";
import { morning } from "../sampleRecordings.js";
import { knownOf } from "./knownOf.js";

const everything = parseFilter(NO_FILTER).matches;
const logOf = ({ realms, calls, lostCalls = 0 }: Recording): LogState => ({
  realms: new Map(realms.map((realm) => [realm.id, realm])),
  calls,
  changes: new Changes(),
  version: 0,
  pending: 0,
  lost: lostCalls,
});

async function rowsOf(recording: Recording, matches = everything): Promise<Row[]> {
  return made(new RowMaker(), logOf(recording), await knownOf(recording), matches).rows;
}

function made(maker: RowMaker, log: LogState, known: Known, matches = everything): Rows {
  const making = maker.make(log, known, matches);
  for (;;) {
    const step = making.next();
    if (step.done) return step.value;
  }
}

const notes = (rows: Row[]) =>
  rows.filter((row): row is NoteRow => row.kind === "note").map(({ text }) => text);
const calls = (rows: Row[]) => rows.filter((row): row is CallRow => row.kind === "call");

test("a row says method, mediation, RP ID, outcome and findings in words", async () => {
  const [first, conditional, , replaced, declined, , , aborted, framed] = calls(await rowsOf(morning()));
  expect(first).toMatchObject({
    method: "isConditionalMediationAvailable",
    outcome: "true",
    tone: "good",
    took: "2 ms",
  });
  expect(conditional).toMatchObject({
    method: "get",
    variant: "conditional",
    outcome: "waiting",
    tone: "waiting",
    took: "",
  });
  expect(replaced).toMatchObject({
    rpId: "example.com",
    outcome: "Apple Passwords",
    from: "login.4f2a.js:42",
    frame: "",
  });
  expect(replaced?.errors).toBeGreaterThan(0);
  expect(declined).toMatchObject({ outcome: "NotAllowedError", tone: "bad", took: "4.0 s" });
  expect(aborted).toMatchObject({ outcome: "AbortError", tone: "stopped" });
  expect(framed).toMatchObject({ frame: "pay.example.net" });
});

test("an RP ID that the page left out is the host, marked as such", async () => {
  const [row] = calls(await rowsOf(recordingOf([get({ rpId: undefined })])));
  expect(row).toMatchObject({ rpId: "example.com", isRpIdImplied: true });
});

test("an RP ID that the page left out has no port, before the call is judged", async () => {
  const unjudged = await knownOf(recordingOf([]));
  const recording = recordingOf([get({ rpId: undefined })], { origin: "https://example.com:8443" });
  const [row] = calls(made(new RowMaker(), logOf(recording), unjudged).rows);
  expect(row).toMatchObject({ rpId: "example.com", isRpIdImplied: true });
});

test("a password request is told from a passkey request", async () => {
  const [row] = calls(
    await rowsOf(recordingOf([call("credentials.get", { password: true, mediation: "silent" })])),
  );
  expect(row?.variant).toBe("silent password");
});

test("a navigation stands between what came before and after", async () => {
  const rows = await rowsOf(morning());
  expect(rows.map(({ kind }) => kind).join(" ")).toBe(
    "call call call note call call call call call call call",
  );
  expect(notes(rows)[0]).toMatch(/^navigated to \/account\/security · \d\d:\d\d:\d\d$/);
});

test.each([
  ["the page that came first", (recording: Recording) => recording.realms[0]!.startedAt],
  ["the last call of the page that came first", (recording: Recording) => recording.calls[2]!.startedAt],
])("a navigation stands there too when the clock was set back to before %s", async (_, time) => {
  const recording = morning();
  const [, second] = recording.realms;
  const by = second!.startedAt - time(recording) + 100;
  second!.startedAt -= by;
  for (const made of recording.calls.slice(3)) made.startedAt -= by;
  const rows = await rowsOf(recording);
  expect(
    rows
      .map(({ kind }) => kind)
      .slice(0, 6)
      .join(" "),
  ).toBe("call call call note call call");
  expect(notes(rows)).toHaveLength(1);
});

test("the same address again is a reload, another host is named", async () => {
  const recording = morning();
  const [first, second] = recording.realms;
  second!.url = first!.url;
  expect(notes(await rowsOf(recording))[0]).toMatch(/^reloaded \/login/);
  second!.url = "https://other.example/";
  second!.origin = "https://other.example";
  expect(notes(await rowsOf(recording))[0]).toMatch(/^navigated to other\.example\//);
});

test("a frame is no navigation", async () => {
  const recording = morning();
  recording.realms = recording.realms.filter(({ id }) => id !== "realm-security");
  for (const made of recording.calls) if (made.realmId === "realm-security") made.realmId = "realm-0";
  expect(notes(await rowsOf(recording))).toEqual([]);
});

test("a page on which nothing was called yet closes the list", async () => {
  const recording = morning();
  const last = recording.calls.at(-1)!;
  recording.realms.push({
    ...recording.realms[0]!,
    id: "next",
    url: "https://example.com/next",
    startedAt: last.startedAt + 5_000,
  });
  expect(notes(await rowsOf(recording)).at(-1)).toMatch(/^navigated to \/next/);
});

test("with a filter, a boundary stands only where calls around it are shown", async () => {
  const { matches } = parseFilter({ ...NO_FILTER, text: "isConditionalMediationAvailable" });
  const rows = await rowsOf(morning(), matches);
  expect(calls(rows)).toHaveLength(1);
  expect(rows[0]?.kind).toBe("call");
});

test("what was dropped is said, with its number and the limit", async () => {
  const recording = { ...morning(), lostCalls: 1_234 };
  expect(notes(await rowsOf(recording))[0]).toBe("1,234 older calls were dropped");
  const log = { ...logOf(recording), limit: 2_000 };
  expect(notes(made(new RowMaker(), log, await knownOf(recording)).rows)[0]).toBe(
    "1,234 older calls were dropped (limit 2,000)",
  );
});

test("a row that says the same stays the same object, whatever was judged again", async () => {
  const recording = morning();
  const maker = new RowMaker();
  const before = made(maker, logOf(recording), await knownOf(recording)).rows;
  recording.calls[1] = {
    ...recording.calls[1]!,
    duration: 40,
    outcome: { status: "fulfilled", value: null },
  };
  const after = made(maker, logOf(recording), await knownOf(recording)).rows;
  const changed = after.filter((row, index) => row !== before[index]);
  expect(changed).toMatchObject([{ id: "call-1", outcome: "null" }]);
});

test("many rows are made in steps", async () => {
  const recording = recordingOf(Array.from({ length: 200 }, () => get()));
  const making = new RowMaker().make(logOf(recording), await knownOf(recording), everything);
  expect(making.next().done).toBe(false);
  expect([...making]).not.toHaveLength(0);
});

test("findings stand gravest first, and among equals the best known first", async () => {
  const known = await knownOf(morning());
  const severities = known
    .findingsOf("call-3")
    .map(({ severity, confidence }) => `${severity} ${confidence}`);
  expect(severities.slice(0, 3)).toEqual(["error documented", "error documented", "error observed"]);
  expect(severities.at(-1)).toMatch(/^info/);
});

test("the provider of a sign-in is known from the registration", async () => {
  const recording = recordingOf([
    create().returns(passkey("a")),
    get().returns(passkey("a")),
    get().returns(passkey("b")),
  ]);
  const known = await knownOf(recording);
  expect([1, 2].map((index) => known.providerOf(`call-${index}`))).toEqual(["Apple Passwords", undefined]);
});
