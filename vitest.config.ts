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
    // Many tests watch real processes, servers and clocks on machines that others load. Two failures in a row are one;
    // a test that passes at the second try is named at the end of `npm test`, to be mended.
    retry: process.env.CI === undefined ? 0 : 1,
    // Two cores: more processes than that only make each test slower.
    maxWorkers: 2,
  },
});
