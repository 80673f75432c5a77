// npm run bench [-- COMMAND [options]]: benchmarks, from a fresh clone. Options are those of each program, see README.md.
import { loadavg } from "node:os";
import { build, giveUp, prepareTools, quietEnvironment, runTool } from "../scripts/bootstrap.mjs";

const COMMANDS = {
  api: "bench/src/api.ts",
  layout: "bench/src/graph-layout.ts",
  pickle: "bench/src/pickle-vs-cpython.ts",
  workers: "bench/src/workers-cycle.ts",
};

const [first = "api", ...rest] = process.argv.slice(2);
// Options alone are those of the API's benchmark, of which PostgreSQL is a scenario.
const isApi = first.startsWith("-") || first === "postgres";
const [command, args] = isApi ? ["api", [first, ...rest]] : [first, rest];
if (!Object.hasOwn(COMMANDS, command))
  giveUp(`usage: npm run bench -- [${[...Object.keys(COMMANDS), "postgres"].join("|")}] [options]`);

// Before anything of this run adds to it.
const environment = { BENCH_LOAD_AT_START: String(loadavg()[0]) };
await prepareTools();
await build();
const options = { env: { ...quietEnvironment, ...environment } };
process.exit(await runTool("tsx", ["--conditions=source", COMMANDS[command], ...args], options));
