import { expect, test } from "vitest";
import { includesVersion } from "../../../src/spec/versionRange.js";

test.each([
  [{}, "18.0", true],
  [{ since: "17.4" }, "17.3", false],
  [{ since: "17.4" }, "17.4", true],
  [{ since: "17.4" }, "17.4.1", true],
  [{ since: "17.4" }, "26", true],
  [{ since: "17.10" }, "17.9", false],
  [{ until: "17.3" }, "17.3.2", true],
  [{ until: "17.3" }, "17.4", false],
  [{ until: "17" }, "17.6", true],
  [{ until: "17" }, "18.0", false],
  [{ since: "18" }, "18", true],
  [{ since: "18.4" }, "18", false],
  [{ since: "18.0", until: "18.3" }, "18.3.1", true],
])("%j and %s: %s", (range, version, included) => {
  expect(includesVersion(range, version)).toBe(included);
});
