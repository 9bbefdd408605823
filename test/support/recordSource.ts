import type { Call, CeremonySource, Realm, Recording } from "../../src/index.js";

/** What a source has told so far. */
export interface SourceRecord {
  /** newest last */
  statuses: string[];
  realms: Realm[];
  /** as they are known now, in the order in which they were first told */
  calls: Call[];
  /** calls that were told again though nothing was new in them, or after they had settled */
  doubles: number;
  lost: number;
  stop(): void;
}

export function recordSource(source: CeremonySource): SourceRecord {
  const record: SourceRecord = { statuses: [], realms: [], calls: [], doubles: 0, lost: 0, stop: () => {} };
  record.stop = source.subscribe({
    status: (state, sentence) => void record.statuses.push(`${state}: ${sentence}`),
    realm: (realm) => void record.realms.push(realm),
    call(call) {
      const at = record.calls.findIndex(({ id }) => id === call.id);
      if (at < 0) return void record.calls.push(call);
      if (record.calls[at]!.outcome.status !== "pending") record.doubles++;
      record.calls[at] = call;
    },
    gap: (count) => {
      record.lost += count;
    },
    cleared() {
      record.calls = [];
      record.realms = [];
    },
  });
  return record;
}

/** The log as a recording. */
export const recordingOf = ({ realms, calls }: SourceRecord): Recording => ({
  format: "keyhole-recording",
  version: 1,
  createdBy: { name: "test", version: "0" },
  createdAt: new Date().toISOString(),
  realms,
  calls,
});
