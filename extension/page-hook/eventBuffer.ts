import type { HookEvent } from "../../src/recording/hookEvent.js";
import { bareArray } from "./natives.js";

/**
 * Keeps what the hook says until someone takes it: the latest `capacity` events, and `installed` as long
 * as it takes.
 */
export function createEventBuffer(capacity: number) {
  let installed: HookEvent | undefined;
  let events = bareArray<HookEvent>();
  /** the oldest that is kept */
  let oldest = 0;

  return {
    add(event: HookEvent): void {
      if (event.kind === "installed") {
        installed = event;
        return;
      }
      events[events.length] = event;
      if (events.length - oldest > capacity) delete events[oldest++];
    },
    /** Everything kept, in order; `lost` says how many older ones are missing. The buffer is empty then. */
    drain(): HookEvent[] {
      const taken = bareArray<HookEvent>();
      if (installed) taken[0] = installed;
      if (oldest) taken[taken.length] = { __proto__: null, kind: "lost", count: oldest } as HookEvent;
      for (let i = oldest; i < events.length; i++) taken[taken.length] = events[i]!;
      installed = undefined;
      events = bareArray<HookEvent>();
      oldest = 0;
      return taken;
    },
  };
}
