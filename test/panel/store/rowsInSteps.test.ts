import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Filter, NO_FILTER, parseFilter } from "../../../panel/store/filter.js";
import { knowledge } from "../../../panel/store/known.js";
import { openLog } from "../../../panel/store/log.js";
import { RowMaker, type Rows } from "../../../panel/store/rows.js";
import { type Call, OngoingAnalysis, type Recording, type SourceSink } from "../../../src/index.js";
import { create, get, passkey, recordingOf } from "../../support/recordings.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** What can be called: pending, refused, and what makes or uses credentials that other calls know. */
const models = recordingOf([
  get(),
  get().rejects("NotAllowedError", { after: 4_000 }),
  create().returns(passkey("a")),
  create({ user: { id: "not bytes" } }).returns(passkey("b")),
  get().returns(passkey("a")),
  get().returns(passkey("b")),
]);
const MODELS = models.calls.length;
const PAGES = 2;
const CALLS = 12;
const LIMIT = 8;

const time = fc.nat(12);
const model = fc.nat(MODELS - 1);
type Step =
  | { kind: "page"; page: number; isFrame: boolean; at: number; url: number }
  | { kind: "call"; page: number; id: number; at: number; model: number }
  | { kind: "news"; id: number; model: number }
  | { kind: "gap" | "clear" | "judge" | "giveUp" }
  | { kind: "filter"; filter: Partial<Filter> }
  | { kind: "switches"; isOff: boolean };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("page" as const),
      page: fc.nat(PAGES),
      isFrame: fc.boolean(),
      at: time,
      url: fc.nat(2),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("call" as const),
      page: fc.nat(PAGES),
      id: fc.nat(CALLS),
      at: time,
      model,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("news" as const), id: fc.nat(CALLS), model }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("judge" as const, "giveUp" as const) }) },
  fc.record({ kind: fc.constantFrom("gap" as const, "clear" as const) }),
  fc.record({
    kind: fc.constant("filter" as const),
    filter: fc.constantFrom(
      {},
      { text: "not bytes" },
      { kind: "create" as const },
      { onlyWithFindings: true },
    ),
  }),
  fc.record({ kind: fc.constant("switches" as const), isOff: fc.boolean() }),
);

/** Where a call has a say in rows far before it. */
const page = (number: number, at: number): Step => ({
  kind: "page",
  page: number,
  isFrame: false,
  at,
  url: 0,
});
const called = (id: number, on: number, at: number, made = 0): Step => ({
  kind: "call",
  page: on,
  id,
  at,
  model: made,
});
const judge: Step = { kind: "judge" };
const EXAMPLES: Step[][] = [
  [page(0, 0), page(1, 4), called(0, 0, 5), called(1, 1, 6)],
  [
    page(0, 0),
    called(0, 0, 1, 4),
    called(1, 0, 2),
    judge,
    called(2, 0, 3, 2),
    judge,
    { kind: "news", id: 2, model: 1 },
    judge,
  ],
];

test("rows that are made from those before are what they would be if made at once, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let sink!: SourceSink;
      const log = openLog(
        {
          label: "test",
          capabilities: { live: true, canInject: false, originVerified: true },
          subscribe(given) {
            sink = given;
            return () => {};
          },
        },
        () => LIMIT,
      );
      const calls = new Map<number, Call>();
      const ongoing = new OngoingAnalysis();
      let followed = 0;
      let version = ongoing.changes.version;
      let divide = knowledge([]);
      let { matches } = parseFilter(NO_FILTER);
      const maker = new RowMaker();

      for (const each of steps) {
        let isGivenUp = false;
        switch (each.kind) {
          case "page": {
            const frame = each.isFrame
              ? { frameId: 3, ancestorOrigins: ["https://example.com"] }
              : { frameId: 0 };
            const url = `https://example.com/${each.url}`;
            sink.realm({ ...models.realms[0]!, id: `page-${each.page}`, ...frame, url, startedAt: each.at });
            break;
          }
          case "call":
            if (calls.has(each.id)) break;
            calls.set(each.id, {
              ...models.calls[each.model]!,
              id: `call-${each.id}`,
              realmId: `page-${each.page}`,
              seq: each.id,
              startedAt: each.at,
            });
            sink.call(calls.get(each.id)!);
            break;
          case "news": {
            const before = calls.get(each.id);
            if (!before) break;
            const { api, arguments: args, outcome } = models.calls[each.model]!;
            calls.set(each.id, { ...before, api, arguments: args, outcome });
            sink.call(calls.get(each.id)!);
            break;
          }
          case "gap":
            sink.gap(1);
            break;
          case "clear":
            sink.cleared?.();
            calls.clear();
            break;
          case "filter":
            matches = parseFilter({ ...NO_FILTER, ...each.filter }).matches;
            break;
          case "switches":
            divide = knowledge(each.isOff ? ["user-id-length", "rp-id-implicit"] : []);
            break;
          case "giveUp":
            isGivenUp = true;
        }
        vi.runAllTimers();
        const state = log.state.value;
        if (each.kind === "judge") {
          const recording: Recording = {
            ...models,
            realms: [...state.realms.values()],
            calls: [...state.calls],
          };
          ongoing.follow(recording, state.changes.since(followed));
          followed = state.version;
          await ongoing.advance();
          version = ongoing.changes.version;
        }
        const known = divide({
          resultOf: (id) => ongoing.resultOf(id),
          aaguidOf: (id) => ongoing.credential(id)?.aaguid,
          overwriterOf: () => undefined,
          credentials: () => [],
          whole: () => undefined,
          changes: ongoing.changes,
          version,
        });
        const making = maker.make(state, known, matches);
        if (isGivenUp) {
          making.next();
          continue;
        }
        const [made, anew] = [finish(making), finish(new RowMaker().make(state, known, matches))];
        const placesOf = ({ indexOf }: Rows) => state.calls.map(({ id }) => indexOf(id));
        expect([made.rows, made.shown, made.hidden, made.totals]).toEqual([
          anew.rows,
          anew.shown,
          anew.hidden,
          anew.totals,
        ]);
        expect(placesOf(made)).toEqual(placesOf(anew));
        for (const [at, row] of made.rows.entries())
          if (row.kind === "call") expect(made.indexOf(row.id)).toBe(at);
      }
      log.close();
    }),
    { numRuns: 400, examples: EXAMPLES.map((each) => [each]) },
  );
}, 60_000);

function finish(making: Generator<void, Rows>): Rows {
  for (;;) {
    const step = making.next();
    if (step.done) return step.value;
  }
}
