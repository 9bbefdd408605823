import type { Recording } from "../recording/recording.js";
import type { CeremonySource } from "./source.js";

/** A recording as a source: everything is delivered at once, within `subscribe`, and nothing comes after. */
export function memorySource(recording: Recording, label = "Recording"): CeremonySource {
  return {
    label,
    capabilities: { live: false, canInject: false, originVerified: false },
    subscribe(sink) {
      for (const realm of recording.realms) sink.realm(realm);
      if (recording.lostCalls) sink.gap(recording.lostCalls);
      for (const call of recording.calls) sink.call(call);
      sink.status("live", `Recorded by ${recording.createdBy.name} ${recording.createdBy.version}`);
      return () => {};
    },
  };
}
