// npm run bench -- api [SCENARIO]... [--quick] [--rounds 3] [--seconds 10] [--small 5000] [--minutes 10]: what the built API
// takes, scenario by scenario; results are kept beside the site and RESULTS.md is written from the newest of each.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cold } from "./api/cold.js";
import { feed } from "./api/feed.js";
import { memory } from "./api/memory.js";
import { neverBlocked } from "./api/never-blocked.js";
import { postgres } from "./api/postgres.js";
import { BUSY_LOAD, type Measured, type Results, report, resultOf } from "./api/report.js";
import type { Extent, Scenario } from "./api/scenario.js";
import { search } from "./api/search.js";
import { type BenchSite, benchSite } from "./api/site.js";
import { soak } from "./api/soak.js";
import { startUp } from "./api/start-up.js";
import { tabs } from "./api/tabs.js";
import { warm } from "./api/warm.js";

const SCENARIOS = [startUp, cold, warm, neverBlocked, memory, tabs, search, feed, postgres, soak];
const NAMES = SCENARIOS.map(({ name }) => name);

const bench = fileURLToPath(new URL("..", import.meta.url));
const workspaces = join(bench, ".workspaces");
const resultsFile = join(workspaces, "results-v2.json");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    seconds: { type: "string" },
    small: { type: "string" },
    minutes: { type: "string" },
    out: { type: "string" },
  },
});
const loadAtStart = Number(process.env.BENCH_LOAD_AT_START ?? loadavg()[0]);
if (loadAtStart > BUSY_LOAD)
  console.warn(`The machine is busy (load ${loadAtStart.toFixed(1)}): times will be marked as not to be believed.`);
const unknown = positionals.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no scenario ${unknown.join(", ")}; there are ${NAMES.join(", ")}.`);
  process.exit(2);
}
const isQuick = values.quick;
const extent: Extent = {
  rounds: Number(values.rounds ?? (isQuick ? 1 : 3)),
  seconds: Number(values.seconds ?? (isQuick ? 3 : 10)),
  minutes: Number(values.minutes ?? (isQuick ? 0.5 : 10)),
};
const asked = SCENARIOS.filter(({ name, isUsual }) =>
  positionals.length === 0 ? isUsual : positionals.includes(name),
);

// So that servers that were started end too, see `startApi`.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

mkdirSync(workspaces, { recursive: true });
const site = benchSite(workspaces, Number(values.small ?? (isQuick ? 500 : 5_000)));
const results: Results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
for (const scenario of asked) {
  results[scenario.name] = await measured(scenario, site);
  // After each, so that an interrupted run leaves what it had.
  writeFileSync(resultsFile, JSON.stringify(results));
  writeFileSync(out(), report(SCENARIOS, results));
}
console.log(`\nWritten to ${out()}`);

/** Some scenarios alone, or on another machine than the others, must not take the place of the whole. */
function out(): string {
  if (values.out !== undefined) return values.out;
  const usual = SCENARIOS.filter(({ isUsual }) => isUsual).map((scenario) => resultOf(scenario, results));
  const places = new Set(usual.map((found) => found && `${found.machine} ${found.node}`));
  return join(places.size === 1 && !places.has(null) ? bench : workspaces, "RESULTS.md");
}

async function measured(scenario: Scenario<unknown>, on: BenchSite): Promise<Measured> {
  console.log(`\n${scenario.title}`);
  const startedAt = performance.now();
  const result = await scenario.measure(on, extent);
  return {
    result,
    isQuick,
    commit: commit(),
    when: new Date().toISOString().slice(0, 16).replace("T", " "),
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    node: process.versions.node,
    load: [loadAtStart, loadavg()[0] ?? Number.NaN],
    seconds: (performance.now() - startedAt) / 1_000,
    version: scenario.version ?? 1,
  };
}

/** The commit, and whether what was measured differs from it. */
function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: bench, encoding: "utf8" }).trim();
  try {
    const isChanged = git("status", "--porcelain", "--untracked-files=no", "--", "../apps/api", "../packages") !== "";
    return git("rev-parse", "--short", "HEAD") + (isChanged ? " with changes" : "");
  } catch (error) {
    // An export of the repository has no history.
    if (error instanceof Error) return "unknown";
    throw error;
  }
}
