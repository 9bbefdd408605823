import { expect, test } from "vitest";
import { createStore } from "../../../panel/store/createStore.js";
import type { Call, SourceSink } from "../../../src/index.js";
import { eventually } from "../../support/eventually.js";
import { many } from "../sampleRecordings.js";

/** What says which call it is, and where it stands: what may be asked of every call. */
const PLACE = new Set<PropertyKey>(["id", "realmId", "seq", "startedAt"]);

test("a call more is shown and judged with a look into the last calls alone, however many there are", async () => {
  const few = await lookedInto(30);
  expect(few.length).toBeLessThanOrEqual(3);
  expect(await lookedInto(600)).toHaveLength(few.length);
});

test("… and without telling one of their rows anew, filtered or not", async () => {
  const { store, append, close } = await opened(many(300).calls);
  for (const text of ["", "example"]) {
    store.setFilter({ text });
    await eventually(() => expect(store.rows.value.shown).toBe(store.log.value.state.value.calls.length));
    const before = store.rows.value.rows;
    await append();
    expect(store.rows.value.rows.slice(0, before.length).every((row, at) => row === before[at])).toBe(true);
  }
  close();
});

/** The ids of the calls of which something was read, but for their place, when one more came after so many. */
async function lookedInto(amount: number): Promise<string[]> {
  let isWatching = false;
  const read = new Set<string>();
  const watched = many(amount).calls.map(
    (call) =>
      new Proxy(call, {
        get(target, name, receiver) {
          if (isWatching && !PLACE.has(name)) read.add(target.id);
          return Reflect.get(target, name, receiver);
        },
      }),
  );
  const { append, close } = await opened(watched);
  isWatching = true;
  await append();
  isWatching = false;
  close();
  return [...read];
}

async function opened(calls: readonly Call[]) {
  const { realms } = many(1);
  let sink: SourceSink | undefined;
  const store = createStore(
    {
      label: "tab",
      capabilities: { live: true, canInject: false, originVerified: true },
      subscribe(given) {
        sink = given;
        for (const realm of realms) given.realm(realm);
        for (const call of calls) given.call(call);
        return () => {};
      },
    },
    { get: async () => undefined, set: async () => {} },
  );
  const judged = () =>
    eventually(() => {
      const { calls: now } = store.log.value.state.value;
      expect(store.isJudging.value).toBe(false);
      expect(store.rows.value.rows.at(-1)).toMatchObject({ id: now.at(-1)!.id });
      expect(store.known.value.versionOf(now.at(-1)!.id)).toBeDefined();
      // … and the rows say all of that.
      const found = now.flatMap(({ id }) => store.known.value.findingsOf(id)).length;
      const { errors, warnings, infos } = store.totals.value;
      expect(found).toBeGreaterThan(0);
      expect(errors + warnings + infos).toBe(found);
    });
  await judged();
  let more = 0;
  return {
    store,
    async append() {
      const last = calls.at(-1)!;
      const id = `more-${more++}`;
      const call = many(1).calls[0]!;
      sink!.call({ ...call, id, seq: last.seq + more, startedAt: last.startedAt + more * 60_000 });
      await eventually(() => expect(store.log.value.state.value.calls.at(-1)!.id).toBe(id));
      await judged();
    },
    close: () => store.close(),
  };
}
