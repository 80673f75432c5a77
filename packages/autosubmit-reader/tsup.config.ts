import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  format: ["esm"],
  target: "node20",
  platform: "node",
  clean: true,
  // shared-types is not published: its code and its types become part of this package.
  noExternal: ["@autosubmit-api/shared-types"],
  dts: { entry: "src/index.ts", resolve: ["@autosubmit-api/shared-types"] },
  esbuildOptions: (options) => {
    options.conditions = ["source"];
  },
});
