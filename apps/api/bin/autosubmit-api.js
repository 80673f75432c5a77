#!/usr/bin/env node
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const program = new URL("../dist/cli.js", import.meta.url);
if (!existsSync(program)) {
  process.stderr.write("autosubmit-api is not built yet: run `npm run api` in the repository's top folder\n");
  process.exit(1);
}
// Node 22 and later keep compiled code between starts: beside the program, if it may be written there, and nowhere that others
// of the machine can write to.
module.enableCompileCache?.(fileURLToPath(new URL("../dist/.compile-cache", import.meta.url)));
const { main } = await import(program.href);
await main(process.argv.slice(2));
