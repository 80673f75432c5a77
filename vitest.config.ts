import { defineConfig } from "vitest/config";

// Packages are tested from their sources (the "source" export condition), so no build is needed first.
const fromSource = { conditions: ["source"] };

export default defineConfig({
  resolve: fromSource,
  ssr: { resolve: fromSource },
  test: {
    include: ["{apps,packages}/*/test/**/*.test.ts", "fixtures/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
    // Neither says how fast anything is: they end what hangs, also on a machine that is busy with other work.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    // Many tests watch real processes, servers and clocks on machines that others load. Two failures in a row are one;
    // a test that passes at the second try is named at the end of `npm test`, to be mended.
    retry: process.env.CI === undefined ? 0 : 1,
    // Two cores: more processes than that only make each test slower.
    maxWorkers: 2,
  },
});
