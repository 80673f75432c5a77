import { defineConfig } from "tsup";

export default defineConfig({
  entry: { main: "src/main.ts", "readers/reader-process": "src/readers/reader-process.ts" },
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
