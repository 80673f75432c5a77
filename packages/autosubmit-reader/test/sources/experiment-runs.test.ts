import { afterEach, expect, test } from "vitest";
import { readExperimentRun, readExperimentRuns, readLastExperimentRun } from "../../src/sources/experiment-runs.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";
import { historySchema, USER_VERSIONS } from "./job-data-schema.js";

let created: TemporarySite;
function history(...statements: string[]) {
  created = createTemporarySite();
  created.write("metadata/data/job_data_a000.db", statements.join("\n"));
  return created.site.experiment("a000");
}
afterEach(() => created.remove());

const COLUMNS = "created, start, finish, chunk_unit, chunk_size, completed, total, failed, queuing, running, submitted";

test.each(USER_VERSIONS.filter((version) => version >= 12))("user_version %i", async (version) => {
  const experiment = history(
    historySchema(version),
    `INSERT INTO experiment_run(${COLUMNS}) VALUES ('2024-01-08-14:52:35', 1700000000, 0, 'month', 4, 8, 8, 0, 0, 0, 0);`,
    version >= 16 ? "UPDATE experiment_run SET modified = 'm';" : "",
    version >= 14 ? `UPDATE experiment_run SET metadata = '{"a": NaN}', suspended = 1;` : "",
  );
  expect(await readExperimentRuns(experiment)).toEqual([
    {
      run_id: 1,
      created: "2024-01-08-14:52:35",
      modified: version >= 16 ? "m" : null,
      start: 1_700_000_000,
      finish: 0,
      chunk_unit: "month",
      chunk_size: 4,
      completed: 8,
      total: 8,
      failed: 0,
      queuing: 0,
      running: 0,
      submitted: 0,
      suspended: version >= 14 ? 1 : 0,
      metadata: version >= 14 ? '{"a": NaN}' : null,
    },
  ]);
});

test("an experiment that never ran has no runs: no database, an old version, an empty table", async () => {
  const experiment = history(historySchema(10));
  for (const found of [experiment, experiment.site.experiment("a001")]) {
    expect(await readExperimentRuns(found)).toEqual([]);
    expect(await readExperimentRun(found, 1)).toBeNull();
    expect(await readLastExperimentRun(found)).toBeNull();
  }
});

test("runs come by rising number; one is found by its number, the last by the highest", async () => {
  const row = "'', 1, NULL, 'NA', 0, 0, 0, 0, 0, 0, 0";
  const experiment = history(
    historySchema(18),
    `INSERT INTO experiment_run(run_id, ${COLUMNS}) VALUES (10, ${row}), (2, ${row}), (9, ${row});`,
  );
  expect((await readExperimentRuns(experiment)).map((run) => run.run_id)).toEqual([2, 9, 10]);
  expect((await readExperimentRun(experiment, 9))?.run_id).toBe(9);
  expect(await readExperimentRun(experiment, 3)).toBeNull();
  expect((await readLastExperimentRun(experiment))?.run_id).toBe(10);
});
