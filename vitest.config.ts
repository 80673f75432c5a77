import { defineConfig } from "vitest/config";

// Packages are tested from their sources (the "source" export condition), so no build is needed first.
const fromSource = { conditions: ["source"] };

export default defineConfig({
  resolve: fromSource,
  ssr: { resolve: fromSource },
  test: {
    include: ["{apps,packages}/*/test/**/*.test.ts", "fixtures/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Two cores: more processes than that only make each test slower.
    maxWorkers: 2,
  },
});
