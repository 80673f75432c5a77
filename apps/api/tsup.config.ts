import { defineConfig, type Options } from "tsup";

const program = {
  entry: {
    server: "src/server.ts",
    "server-process": "src/server-process.ts",
    cli: "src/cli.ts",
    "databases/database-thread": "src/databases/database-thread.ts",
    "runners/run-launcher": "src/runners/run-launcher.ts",
    "render/render-thread": "src/render/render-thread.ts",
  },
  format: ["esm"],
  target: "node20",
  platform: "node",
  sourcemap: true,
  clean: true,
  // The workspace's packages become part of the bundle; what npm provides stays outside, but for libraries of hundreds of
  // small files, which every thread would have to open one by one (see bench/NOTES.md).
  noExternal: [/^@autosubmit-api\//, "autosubmit-reader", /^typebox(\/|$)/, /^drizzle-orm(\/|$)/],
  esbuildOptions: (options: { conditions?: string[] | undefined }) => {
    options.conditions = ["source"];
  },
} satisfies Options;

/** For browsers, one file with everything in it; see src/plugins/live-page.ts. */
const livePage = {
  entry: { "live-page/page": "src/live-page/browser/page.ts" },
  format: ["esm"],
  target: "es2022",
  platform: "browser",
  minify: true,
  splitting: false,
  clean: false,
  noExternal: [/./],
  esbuildOptions: program.esbuildOptions,
} satisfies Options;

export default defineConfig([program, livePage]);
