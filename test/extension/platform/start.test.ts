import { expect, test, vi } from "vitest";
import { noteStart, readStart } from "../../../extension/platform/start.js";
import { MemoryStore } from "../../support/memoryStore.js";

test("the start is that of the first note, however often the background starts", async () => {
  const store = new MemoryStore();
  expect(await readStart(store)).toBeUndefined();
  vi.spyOn(Date, "now").mockReturnValueOnce(1_000).mockReturnValueOnce(2_000);
  await noteStart(store);
  await noteStart(store);
  vi.restoreAllMocks();
  expect(await readStart(store)).toBe(1_000);
});
