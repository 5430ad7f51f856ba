import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/e2e/stage.ts"],
    include: ["test/e2e/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    // One scenario goes on where the one before it left the editor.
    sequence: { concurrent: false },
    bail: 0,
  },
});
