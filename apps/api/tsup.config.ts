import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    server: "src/server.ts",
    cli: "src/cli.ts",
    "databases/database-thread": "src/databases/database-thread.ts",
    "render/render-thread": "src/render/render-thread.ts",
  },
  format: ["esm"],
  target: "node20",
  platform: "node",
  sourcemap: true,
  clean: true,
  // The workspace's packages become part of the bundle; what npm provides stays outside.
  noExternal: [/^@autosubmit-api\//, "autosubmit-reader"],
  esbuildOptions: (options) => {
    options.conditions = ["source"];
  },
});
