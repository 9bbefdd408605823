import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  analyze,
  type Call,
  forecast,
  IOS_GENERATIONS,
  OngoingAnalysis,
  type Recording,
  wholeOf,
} from "../../src/index.js";
import {
  bytes,
  type CallDraft,
  call,
  create,
  descriptor,
  get,
  passkey,
  recordingOf,
  safari,
  securityKey,
} from "../support/recordings.js";

/** Calls that know of each other: one account, a few credentials, names, challenges, overlaps, what a device can do. */
const draft: fc.Arbitrary<CallDraft> = fc
  .record({
    kind: fc.constantFrom("create", "get", "conditional", "key", "signal", "asks"),
    credential: fc.constantFrom("a", "b", "c"),
    user: fc.constantFrom(1, 2),
    challenge: fc.constantFrom(3, 4, 5),
    ends: fc.constantFrom("well", "declined", "never", "aborted"),
    after: fc.constantFrom(20, 900, 4_000, 90_000),
  })
  .map(({ kind, credential, user, challenge, ends, after }) => {
    const name = user === 1 ? "zoe" : "Zoe";
    const options = {
      challenge: bytes(32, challenge),
      ...(kind === "create" || kind === "key"
        ? { user: { id: bytes(16, user), name, displayName: name } }
        : { allowCredentials: [descriptor(credential, ["internal"])] }),
    };
    if (kind === "asks")
      return call("PublicKeyCredential.isConditionalMediationAvailable").returns(user === 1, { after });
    if (kind === "signal")
      return call("PublicKeyCredential.signalCurrentUserDetails", {
        rpId: "example.com",
        userId: "AQEBAQEBAQEBAQEBAQEBAQ",
        name,
        displayName: name,
      }).returns(undefined, { after });
    const made =
      kind === "create" || kind === "key"
        ? create(options)
        : get(options, kind === "conditional" ? { mediation: "conditional" } : {});
    if (ends === "never") return made;
    if (ends === "declined") return made.rejects("NotAllowedError", { after });
    if (ends === "aborted") return made.rejects("AbortError", { after });
    return made.returns(kind === "key" ? securityKey(credential) : passkey(credential), { after });
  });

const recordings = fc
  .tuple(fc.array(draft, { minLength: 1, maxLength: 14 }), fc.boolean())
  .map(([drafts, isPhone]) => recordingOf(drafts, isPhone ? { browser: safari("18.3") } : {}));

/** The recording as it stood at moments before: calls that came later are missing, some still pending. */
function momentsOf(recording: Recording, seeds: readonly number[]): Recording[] {
  return seeds.map((seed) => {
    const shown = Math.min(recording.calls.length, 1 + (seed % (recording.calls.length + 1)));
    const calls = recording.calls.slice(seed % 5 === 4 ? 1 : 0, shown).map((each, index) => {
      const isPending = (seed >> (index % 8)) & 1;
      return isPending ? pendingOf(each) : each;
    });
    return { ...recording, calls };
  });
}

const pending = new WeakMap<Call, Call>();
/** The call before it settled: the same object each time, as a log has it. */
function pendingOf(settled: Call): Call {
  const known = pending.get(settled);
  if (known) return known;
  const { duration: _, aborted: __, ...others } = settled;
  const made: Call = { ...others, outcome: { status: "pending" } };
  pending.set(settled, made);
  return made;
}

describe("an analysis that goes along", () => {
  test("says at every moment what an analysis of the whole says", async () => {
    await fc.assert(
      fc.asyncProperty(
        recordings,
        fc.array(fc.nat(1_000), { maxLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        async (recording, seeds, atMost) => {
          const ongoing = new OngoingAnalysis();
          for (const moment of [...momentsOf(recording, seeds), recording]) {
            ongoing.follow(moment);
            while (!(await ongoing.advance(atMost))) expect(ongoing.done).toBeLessThan(moment.calls.length);
            expect(wholeOf(moment, ongoing)).toEqual(await analyze(moment));
          }
          for (const { id } of recording.calls)
            expect(ongoing.resultOf(id)).toBe(
              ongoing.results()[recording.calls.findIndex((each) => each.id === id)],
            );
        },
      ),
      { numRuns: 150 },
    );
  });

  test("drops what it began for a recording that changed meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        recordings,
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 4 }),
        async (recording, seeds) => {
          const ongoing = new OngoingAnalysis();
          const begun: Promise<boolean>[] = [];
          for (const moment of momentsOf(recording, seeds)) {
            ongoing.follow(moment);
            begun.push(ongoing.advance());
          }
          ongoing.follow(recording);
          expect(await ongoing.advance()).toBe(true);
          await Promise.all(begun);
          expect(wholeOf(recording, ongoing)).toEqual(await analyze(recording));
        },
      ),
      { numRuns: 80 },
    );
  });

  test("gives a credential back its life when what replaced it is gone", async () => {
    const recording = recordingOf([
      create({ user: { id: bytes(16, 1) } }).returns(passkey("a")),
      create({ user: { id: bytes(16, 1) } }).returns(passkey("b")),
    ]);
    const ongoing = new OngoingAnalysis();
    ongoing.follow(recording);
    await ongoing.advance();
    expect(ongoing.credentials().map(({ state }) => state)).toEqual(["overwritten", "active"]);
    ongoing.follow({ ...recording, calls: recording.calls.slice(0, 1) });
    await ongoing.advance();
    expect(ongoing.credentials().map(({ state }) => state)).toEqual(["active"]);
  });

  test("goes back further than it remembers by starting over", async () => {
    const drafts = Array.from({ length: 700 }, (_, index) =>
      index === 3 ? get({}, { mediation: "conditional" }) : get().returns(passkey("a"), { after: 10 }),
    );
    const recording = recordingOf(drafts);
    const ongoing = new OngoingAnalysis();
    ongoing.follow(recording);
    await ongoing.advance();
    const calls = recording.calls.map(
      (each, index): Call =>
        index === 3
          ? {
              ...each,
              duration: 5_000_000,
              outcome: {
                status: "rejected",
                error: { name: "AbortError", message: "", isDOMException: true },
              },
            }
          : each,
    );
    const settled = { ...recording, calls };
    ongoing.follow(settled);
    expect(ongoing.done).toBeLessThan(4);
    await ongoing.advance();
    expect(wholeOf(settled, ongoing)).toEqual(await analyze(settled));
  });

  test("foretells one call as the forecast of the whole does", async () => {
    await fc.assert(
      fc.asyncProperty(recordings, async (recording) => {
        const ongoing = new OngoingAnalysis();
        ongoing.follow(recording);
        await ongoing.advance();
        const whole = await forecast(recording);
        for (const index of [recording.calls.length - 1, 0]) {
          const { id } = recording.calls[index]!;
          let outlooks = ongoing.outlooks(id, undefined, 3);
          while (!outlooks) outlooks = ongoing.outlooks(id, undefined, 3);
          expect(outlooks).toEqual(whole.map((each) => each.outlooks[index]));
          expect(outlooks).toHaveLength(IOS_GENERATIONS.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});
