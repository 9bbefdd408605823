import { vi } from "vitest";

/** Asks until `check` no longer throws, for as long as a loaded machine may need. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });
