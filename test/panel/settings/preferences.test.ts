import { expect, test, vi } from "vitest";
import { openPreferences } from "../../../panel/settings/preferences.js";

const settled = () => new Promise((resolve) => setTimeout(resolve));

function settingsOf(kept: Record<string, unknown>) {
  return {
    kept,
    get: async (key: string) => kept[key],
    set: async (key: string, value: unknown) => {
      kept[key] = value;
    },
  };
}

test("what was kept is taken on; the rest has its default", async () => {
  const { current } = openPreferences(settingsOf({ "panel.theme": "dark", "panel.splitColumns": 0.3 }));
  expect(current.value.theme).toBe("auto");
  await settled();
  expect(current.value).toMatchObject({
    theme: "dark",
    splitColumns: 0.3,
    bytesFormat: "base64url",
    judgeAs: "",
  });
});

test.each([
  ["panel.theme", "neon"],
  ["panel.splitColumns", 7],
  ["panel.splitRows", "half"],
  ["panel.bytesFormat", { $: "cycle" }],
  ["panel.switchedOffRules", [7]],
  ["panel.switchedOffRules", "es256-missing"],
])("%s: %j is no value of ours and changes nothing", async (key, value) => {
  const { current } = openPreferences(settingsOf({ [key]: value }));
  const before = current.value;
  await settled();
  expect(current.value).toEqual(before);
});

test("a change holds at once, is kept, and is not undone by what is read late", async () => {
  const settings = settingsOf({ "panel.theme": "dark" });
  const { current, change } = openPreferences(settings);
  change("theme", "light");
  await settled();
  expect(current.value.theme).toBe("light");
  expect(settings.kept["panel.theme"]).toBe("light");
});

test("a store that is broken costs the memory, not the panel", async () => {
  const broken = {
    get: vi.fn().mockRejectedValue(new Error("no")),
    set: vi.fn().mockRejectedValue(new Error("no")),
  };
  const { current, change } = openPreferences(broken);
  change("bytesFormat", "hex");
  await settled();
  expect(current.value.bytesFormat).toBe("hex");
});
