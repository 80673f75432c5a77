import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listExperimentStatuses, readExperimentStatus } from "../../src/sources/experiment-status.js";
import { readGraphLayout } from "../../src/sources/graph-layout.js";
import { listExperiments, readExperiment, readExperimentDetails } from "../../src/sources/main-database.js";
import { listUserMetricRuns, readUserMetrics } from "../../src/sources/user-metrics.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";

let created: TemporarySite;
beforeEach(() => {
  created = createTemporarySite();
});
afterEach(() => created.remove());

const experiment = (expid = "a000") => created.site.experiment(expid);

describe("user metrics", () => {
  const table =
    "CREATE TABLE user_metrics(user_metric_id INTEGER PRIMARY KEY, run_id INTEGER, job_name TEXT, metric_name TEXT, metric_value TEXT, modified TEXT);";

  test("no database is no metrics", async () => {
    expect(await readUserMetrics(experiment())).toEqual([]);
    expect(await listUserMetricRuns(experiment())).toEqual([]);
  });

  test("all or those of one run, in the order of their ids; values are text; runs are listed newest first", async () => {
    created.write(
      "a000/tmp/metrics_a000.db",
      `${table} INSERT INTO user_metrics VALUES (3, 1, 'j', 'm', 12.5, NULL), (1, 10, 'j', 'm', 'x', 't'), (2, 1, 'j', 'n', '', 't')`,
    );
    expect((await readUserMetrics(experiment())).map((row) => row.user_metric_id)).toEqual([1, 2, 3]);
    expect(await readUserMetrics(experiment(), 1)).toEqual([
      { user_metric_id: 2, run_id: 1, job_name: "j", metric_name: "n", metric_value: "", modified: "t" },
      { user_metric_id: 3, run_id: 1, job_name: "j", metric_name: "m", metric_value: "12.5", modified: null },
    ]);
    expect(await listUserMetricRuns(experiment())).toEqual([10, 1]);
  });

  test("a row with a NULL is left out and reported", async () => {
    created.write(
      "a000/tmp/metrics_a000.db",
      `${table} INSERT INTO user_metrics VALUES (1, 1, 'j', 'm', NULL, 't'), (2, NULL, 'j', 'm', '1', 't')`,
    );
    const messages: string[] = [];
    expect(await readUserMetrics(experiment(), null, { onProblem: ({ message }) => messages.push(message) })).toEqual(
      [],
    );
    expect(messages).toEqual([
      "metric_value is missing or makes no sense: the row was left out",
      "run_id is missing or makes no sense: the row was left out",
    ]);
    expect(await listUserMetricRuns(experiment())).toEqual([1]);
  });
});

describe("graph layout", () => {
  test("coordinates come in row order; none when the drawing was never computed", async () => {
    expect(await readGraphLayout(experiment())).toEqual([]);
    const path = "/metadata/graph/graph_data_a000.db";
    created.write(
      path,
      "CREATE TABLE experiment_graph_draw(id INTEGER PRIMARY KEY, job_name TEXT, x INTEGER, y INTEGER); INSERT INTO experiment_graph_draw VALUES (2, 'b', 1, -90), (1, 'a', '154', -652.5), (3, 'c', NULL, 1)",
    );
    expect(await readGraphLayout(experiment())).toEqual([
      { job_name: "a", x: 154, y: -652.5 },
      { job_name: "b", x: 1, y: -90 },
    ]);
  });
});

describe("main and status database", () => {
  const tables = `CREATE TABLE experiment(id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, description VARCHAR NOT NULL, autosubmit_version VARCHAR);
    INSERT INTO experiment VALUES (7, 'a001', 'second', NULL), (2, 'a000', CAST(x'53696d756c616369f36e' AS TEXT), '4.1.17'), (9, 'a000', 'again', '4.2.0');`;

  test("no main database is an error that names it", async () => {
    await expect(readExperiment(experiment())).rejects.toMatchObject({ code: "SOURCE_MISSING", path: created.root });
    await expect(listExperiments(created.site)).rejects.toMatchObject({ code: "SOURCE_MISSING" });
  });

  test("experiments are found by name, the first of several, and listed by id", async () => {
    created.write("autosubmit.db", tables);
    expect(await readExperiment(experiment())).toEqual({
      id: 2,
      name: "a000",
      description: "Simulación",
      autosubmit_version: "4.1.17",
    });
    expect(await readExperiment(experiment("zzzz"))).toBeNull();
    expect((await listExperiments(created.site)).map(({ id }) => id)).toEqual([2, 7, 9]);
  });

  test("details may be missing, be repeated, or have no row", async () => {
    created.write("autosubmit.db", tables);
    expect(await readExperimentDetails(experiment())).toBeNull();
    created.write(
      "autosubmit.db",
      "CREATE TABLE details(exp_id INTEGER NOT NULL, user text, created text, model text, branch text, hpc text); INSERT INTO details VALUES (2, 'old', '', '', '', ''), (2, 'me', 't', 'NA', 'NA', 'LOCAL')",
    );
    expect(await readExperimentDetails(experiment())).toEqual({
      exp_id: 2,
      user: "me",
      created: "t",
      model: "NA",
      branch: "NA",
      hpc: "LOCAL",
    });
    expect(await readExperimentDetails(experiment("a001"))).toBeNull();
    expect(await readExperimentDetails(experiment("zzzz"))).toBeNull();
  });

  test("a status is found by the experiment's id, whatever name stands there", async () => {
    created.write("autosubmit.db", tables);
    expect(await readExperimentStatus(experiment())).toBeNull();
    expect(await listExperimentStatuses(created.site)).toEqual([]);
    created.write(
      "as_times.db",
      "CREATE TABLE experiment_status(exp_id INTEGER PRIMARY KEY, name TEXT, status TEXT, seconds_diff INTEGER, modified TEXT); INSERT INTO experiment_status VALUES (2, 'b000', 'RUNNING', 0, '2024-04-12-13:00:40'), (99, 'a000', 'NOT RUNNING', 0, '')",
    );
    expect(await readExperimentStatus(experiment())).toEqual({
      exp_id: 2,
      name: "b000",
      status: "RUNNING",
      seconds_diff: 0,
      modified: "2024-04-12-13:00:40",
    });
    expect(await readExperimentStatus(experiment("a001"))).toBeNull();
    expect(await listExperimentStatuses(created.site)).toHaveLength(2);
  });
});
