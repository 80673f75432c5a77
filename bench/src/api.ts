// npm run bench -- api [--part cold|warm|light|process]... [--rounds 5] [--seconds 10] [--small 5000]: what the built API
// takes, each part on its own or all; results are kept beside the site and RESULTS.md is written from the newest of each.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureCold } from "./api/cold.js";
import { measureLight } from "./api/light.js";
import { measureProcess } from "./api/process.js";
import { type Measured, type Results, report } from "./api/report.js";
import { benchSite } from "./api/site.js";
import { measureWarm } from "./api/warm.js";

const bench = fileURLToPath(new URL("..", import.meta.url));
const workspaces = join(bench, ".workspaces");
const resultsFile = join(workspaces, "results.json");

const { values } = parseArgs({
  options: {
    part: { type: "string", multiple: true, default: ["process", "cold", "warm", "light"] },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "10" },
    small: { type: "string", default: "5000" },
  },
});
const rounds = Number(values.rounds);

// So that servers that were started end too, see `startApi`.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

mkdirSync(workspaces, { recursive: true });
const site = benchSite(workspaces, Number(values.small));
const results: Results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
const isAsked = (part: keyof Results) => values.part.includes(part);
if (isAsked("process")) keep({ process: await underCircumstances(() => measureProcess(site, rounds)) });
if (isAsked("cold")) keep({ cold: await underCircumstances(() => measureCold(site, rounds)) });
if (isAsked("warm")) keep({ warm: await underCircumstances(() => measureWarm(site, rounds)) });
if (isAsked("light")) keep({ light: await underCircumstances(() => measureLight(site, Number(values.seconds))) });
console.log(`\nWritten to ${join(bench, "RESULTS.md")}`);

/** After each part, so that an interrupted run leaves what it had. */
function keep(part: Results): void {
  Object.assign(results, part);
  writeFileSync(resultsFile, JSON.stringify(results));
  writeFileSync(join(bench, "RESULTS.md"), report(results));
}

async function underCircumstances<Result>(measure: () => Promise<Result>): Promise<Measured<Result>> {
  const atStart = loadavg()[0] ?? Number.NaN;
  const result = await measure();
  return {
    result,
    commit: commit(),
    when: new Date().toISOString().slice(0, 16).replace("T", " "),
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    node: process.versions.node,
    load: [atStart, loadavg()[0] ?? Number.NaN],
    rounds,
  };
}

/** The commit, and whether what was measured differs from it. */
function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: bench, encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--untracked-files=no", "--", "../apps/api", "../packages") !== "";
  return git("rev-parse", "--short", "HEAD") + (isChanged ? " with changes" : "");
}
