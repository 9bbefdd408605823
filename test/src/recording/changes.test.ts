import fc from "fast-check";
import { expect, test } from "vitest";
import { Changes } from "../../../src/recording/changes.js";

test("tells the first index that was noted since any version", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 30 }), (noted) => {
      const changes = new Changes();
      const versions = [changes.version];
      for (const index of noted) {
        changes.note(index);
        versions.push(changes.version);
      }
      for (const [at, version] of versions.entries())
        expect(changes.since(version)).toBe(Math.min(...noted.slice(at)));
    }),
  );
});
