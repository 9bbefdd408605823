import { expect, test, vi } from "vitest";
import { canShare, shareText } from "../../../panel/recording/shareText.js";

test("a file goes to the other app, where it takes files", async () => {
  const share = vi.fn(async (_: ShareData) => {});
  expect(await shareText("{}", "log.keyhole.json", "application/json", { share, canShare: () => true })).toBe(
    true,
  );
  const [{ files }] = share.mock.calls[0]!;
  expect(files![0]).toMatchObject({ name: "log.keyhole.json", type: "application/json" });
  expect(await files![0]!.text()).toBe("{}");
});

test.each([
  ["no files of that type", { canShare: () => false }],
  ["no files at all", {}],
])("the text goes there itself, where it takes %s", async (_, more) => {
  const share = vi.fn(async (_: ShareData) => {});
  expect(await shareText("{}", "log.keyhole.json", "application/json", { share, ...more })).toBe(true);
  expect(share).toHaveBeenCalledWith({ title: "log.keyhole.json", text: "{}" });
});

test("nothing is shared where someone thinks better of it, or can't", async () => {
  const share = () => Promise.reject(new DOMException("Share canceled", "AbortError"));
  expect(await shareText("{}", "a", "text/plain", { share })).toBe(false);
  expect(await shareText("{}", "a", "text/plain", {})).toBe(false);
  expect(canShare({ share })).toBe(true);
  expect(canShare({})).toBe(false);
});
