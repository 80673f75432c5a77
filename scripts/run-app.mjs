// npm run api | npm run workers: one process, from the build, on the site that AUTOSUBMIT_CONFIGURATION names.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, giveUp, prepareTools, root } from "./bootstrap.mjs";

const PROGRAMS = {
  api: ["apps/api/bin/autosubmit-api.js", "start"],
  workers: ["apps/workers/bin/autosubmit-workers.js"],
};

const [app, ...args] = process.argv.slice(2);
const program = PROGRAMS[app];
if (!program) giveUp(`usage: node scripts/run-app.mjs ${Object.keys(PROGRAMS).join("|")} [options]`);

await prepareTools();
await build();
const child = spawn(process.execPath, [join(root, program[0]), ...program.slice(1), ...args], { stdio: "inherit" });
// The terminal sends Ctrl-C to both; this process only waits, so that the exit status is the program's own.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
child.on("exit", (status, signal) => process.exit(signal ? 1 : (status ?? 1)));
