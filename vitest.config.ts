import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "**/node_modules/**"],
    // Limits against hanging; a machine may have much else to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Of tests that only wait for a prover, so many run side by side.
    maxConcurrency: 2,
  },
});
