import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Adds `toBeFreeOf` to `expect`, and to its type.
    setupFiles: ["keyhole/vitest"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
