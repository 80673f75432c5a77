import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAutosubmitrc } from "../../src/site/autosubmitrc.js";
import { createSite } from "../../src/site/open-site.js";
import { experimentPaths, isExpid } from "../../src/site/paths.js";
import type { Experiment, Site } from "../../src/site/site.js";
import { readExperimentRuns, readLastExperimentRun } from "../../src/sources/experiment-runs.js";
import { listExperimentStatuses } from "../../src/sources/experiment-status.js";
import { readGraphLayout } from "../../src/sources/graph-layout.js";
import { iterateJobData, readJobAttempts, readLastJobData } from "../../src/sources/job-data.js";
import { listExperiments, readExperimentDetails } from "../../src/sources/main-database.js";
import type { RowProblem } from "../../src/sources/row-fields.js";
import { readStructure } from "../../src/sources/structure.js";
import { listUserMetricRuns, readUserMetrics } from "../../src/sources/user-metrics.js";
import { readWrapperJobs } from "../../src/sources/wrapper-jobs.js";
import { SqliteTableProvider } from "../../src/tables/sqlite.js";

const CONFORMANCE = resolve(import.meta.dirname, "../../../../../shared/conformance");

/** The site whose files are in that folder, read where they are. */
function siteIn(folder: string): Site {
  const root = join(CONFORMANCE, folder);
  const places = {
    database: root,
    local: root,
    historicdb: `${root}/metadata/data`,
    structures: `${root}/metadata/structures`,
  };
  const text = Object.entries(places)
    .map(([section, path]) => `[${section}]\npath = ${path}`)
    .join("\n");
  const settings = {
    ...parseAutosubmitrc([{ path: "autosubmitrc", text }], { home: root, workingDirectory: root }),
    warnings: [],
  };
  const environment = { user: null, sudoUser: null, home: root, autosubmitVariables: {} };
  return createSite(settings, environment, new SqliteTableProvider(settings));
}

async function readHistory(experiment: Experiment) {
  const rows = [];
  for await (const row of iterateJobData(experiment)) rows.push(row);
  return rows;
}

describe.skipIf(!existsSync(CONFORMANCE))("experiments of the conformance suite", () => {
  const reference = siteIn("workspaces/reference");
  const sample = siteIn("samples/autosubmit-4.2");

  test("a007: 52 runs, 369 attempts, counters 0 to 53", async () => {
    const experiment = reference.experiment("a007");
    expect(await readExperimentRuns(experiment)).toHaveLength(52);
    expect((await readLastExperimentRun(experiment))?.run_id).toBe(52);
    const rows = await readHistory(experiment);
    expect(rows).toHaveLength(369);
    const counters = rows.map((row) => row.counter);
    expect([Math.min(...counters), Math.max(...counters)]).toEqual([0, 53]);
    const last = await readLastJobData(experiment);
    expect(last).toHaveLength(8);
    expect(new Set(last.map((row) => row.status))).toEqual(new Set(["COMPLETED"]));
    for (const row of last) expect((await readJobAttempts(experiment, row.job_name))[0]?.id).toBe(row.id);
  });

  test("a6zj: 3 metrics in runs 1 and 3; wrappers only in the preview", async () => {
    const experiment = reference.experiment("a6zj");
    expect(await readUserMetrics(experiment)).toHaveLength(3);
    expect(await listUserMetricRuns(experiment)).toEqual([3, 1]);
    const wrappers = await readWrapperJobs(experiment);
    expect(wrappers?.preview).toBe(true);
    expect(wrappers?.rows).toHaveLength(4);
    expect(wrappers?.rows[0]?.package_name).toBe("a6zj_ASThread_17128472368642_1_4");
  });

  test("aa6f: 8 jobs in typed preview wrappers; schema 21", async () => {
    const experiment = reference.experiment("aa6f");
    const wrappers = await readWrapperJobs(experiment);
    expect([wrappers?.preview, wrappers?.rows.length]).toEqual([true, 8]);
    expect((await readLastJobData(experiment)).every((row) => row.fail_count !== null)).toBe(true);
  });

  test("a3tb: an empty structure table is an unknown graph; REAL energies", async () => {
    const experiment = reference.experiment("a3tb");
    expect(await readStructure(experiment)).toBeNull();
    expect((await readLastJobData(experiment)).some((row) => !Number.isInteger(row.energy))).toBe(true);
  });

  test("a1vj: a history without attempts", async () => {
    expect(await readLastJobData(reference.experiment("a1vj"))).toEqual([]);
  });

  test("the 4.2 sample: graph and wrappers from its job list", async () => {
    const experiment = sample.experiment("a000");
    const structure = await readStructure(experiment);
    expect(structure?.edges).toHaveLength(88);
    expect(structure?.isolated).toEqual([]);
    expect(await readWrapperJobs(experiment)).toBeNull();
    expect(await readExperimentRuns(experiment)).toHaveLength(2);
    expect(await readUserMetrics(experiment)).toEqual([]);
  });

  test.each(["workspaces/reference", "workspaces/synthetic", "samples/autosubmit-4.2"])(
    "%s: every source of every experiment is read without a problem",
    async (folder) => {
      const site = siteIn(folder);
      const problems: RowProblem[] = [];
      const options = { onProblem: (problem: RowProblem) => problems.push(problem) };
      const expids = readdirSync(join(CONFORMANCE, folder))
        .filter(isExpid)
        .filter((name) => existsSync(experimentPaths(site.settings, name).conf));
      expect(expids).not.toEqual([]);
      for (const expid of expids) {
        const experiment = site.experiment(expid);
        await readStructure(experiment, options);
        await readWrapperJobs(experiment, options);
        await readExperimentRuns(experiment, options);
        await readLastJobData(experiment, options);
        await readUserMetrics(experiment, null, options);
        await readGraphLayout(experiment, options);
        await readExperimentDetails(experiment, options);
      }
      expect((await listExperiments(site, options)).map(({ name }) => name)).toEqual(expect.arrayContaining(expids));
      await listExperimentStatuses(site, options);
      expect(problems).toEqual([]);
    },
  );
});
