import { afterEach, describe, expect, test } from "vitest";
import { iterateJobData, readJobAttempts, readLastJobData, readRunJobData } from "../../src/sources/job-data.js";
import type { RowProblem } from "../../src/sources/row-fields.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";
import { historySchema, insertAttempt, missingJobDataColumns, USER_VERSIONS } from "./job-data-schema.js";

const PATH = "metadata/data/job_data_a000.db";
let created: TemporarySite;

function history(...statements: string[]) {
  created = createTemporarySite();
  created.write(PATH, statements.join("\n"));
  return created.site.experiment("a000");
}
afterEach(() => created.remove());

describe("schema versions", () => {
  test.each(USER_VERSIONS)("user_version %i: what it lacks is null", async (version) => {
    const experiment = history(historySchema(version), insertAttempt({ start: 1_700_000_060, energy: 12.5 }));
    const [row, ...more] = await readJobAttempts(experiment, "a000_SIM");
    expect(more).toEqual([]);
    expect(row).toMatchObject({ id: 1, counter: 1, job_name: "a000_SIM", start: 1_700_000_060, energy: 12.5, last: 1 });
    expect(Object.keys(row ?? {})).toHaveLength(35);
    for (const name of missingJobDataColumns(version)) expect(row).toHaveProperty(name, null);
  });

  test("an old file whose columns were added by ALTER is read by name", async () => {
    const experiment = history(
      historySchema(10),
      "ALTER TABLE job_data ADD COLUMN splits INTEGER; ALTER TABLE job_data ADD COLUMN run_id INTEGER;",
      insertAttempt({ run_id: 4, splits: 2 }),
    );
    expect(await readRunJobData(experiment, 4)).toMatchObject([{ run_id: 4, splits: 2, split: null }]);
  });

  test("no database and no table are no history", async () => {
    const experiment = history("");
    for (const found of [experiment, experiment.site.experiment("a001")]) {
      expect(await readJobAttempts(found, "a000_SIM")).toEqual([]);
      expect(await readLastJobData(found)).toEqual([]);
      expect(await readRunJobData(found, 1)).toEqual([]);
      for await (const row of iterateJobData(found)) expect(row).toBeNull();
    }
  });
});

describe("which rows", () => {
  test("attempts of a job come newest first, by counter, then id", async () => {
    const experiment = history(
      historySchema(18).replace(", UNIQUE(counter, job_name)", ""),
      insertAttempt({ counter: 3 }),
      insertAttempt({ counter: 7 }),
      insertAttempt({ counter: 3 }),
      insertAttempt({ counter: 9, job_name: "a000_SIM2" }),
    );
    expect((await readJobAttempts(experiment, "a000_SIM")).map((row) => row.id)).toEqual([2, 3, 1]);
  });

  test("rows of every rowtype are given: packed jobs have 1 from 4.1.17 on", async () => {
    const experiment = history(
      historySchema(21),
      insertAttempt({ rowtype: 1 }),
      insertAttempt({ rowtype: 0, counter: 2, last: 0 }),
    );
    expect(await readLastJobData(experiment)).toMatchObject([{ rowtype: 1 }]);
    expect(await readJobAttempts(experiment, "a000_SIM")).toHaveLength(2);
  });

  test("the last attempt is the marked one; of several or none the one of the highest counter, then id", async () => {
    const experiment = history(
      historySchema(18).replace(", UNIQUE(counter, job_name)", ""),
      insertAttempt({ job_name: "none", counter: 5, last: 0 }),
      insertAttempt({ job_name: "marked", counter: 1, last: 1 }),
      insertAttempt({ job_name: "marked", counter: 2, last: 0 }),
      insertAttempt({ job_name: "two", counter: 2, last: 1 }),
      insertAttempt({ job_name: "two", counter: 1, last: 1 }),
      insertAttempt({ job_name: "tie", counter: 1, last: 1 }),
      insertAttempt({ job_name: "tie", counter: 1, last: 1 }),
      insertAttempt({ job_name: "none", counter: 4, last: 0 }),
    );
    const rows = await readLastJobData(experiment, { columns: [] });
    expect(rows).toEqual([
      { id: 1, job_name: "none", counter: 5 },
      { id: 2, job_name: "marked", counter: 1 },
      { id: 4, job_name: "two", counter: 2 },
      { id: 7, job_name: "tie", counter: 1 },
    ]);
  });

  test("more unmarked jobs than fit into one query", async () => {
    const attempts = Array.from({ length: 1203 }, (_, index) => insertAttempt({ job_name: `job${index}`, last: 0 }));
    const experiment = history(historySchema(18), "BEGIN;", ...attempts, "COMMIT;");
    expect((await readLastJobData(experiment)).map((row) => row.id)).toEqual(
      Array.from(attempts, (_, index) => index + 1),
    );
  });

  test("the whole history comes by id, with the columns that were asked for", async () => {
    const experiment = history(
      historySchema(18),
      insertAttempt({}),
      insertAttempt({ job_name: "b", status: "FAILED" }),
    );
    const rows: unknown[] = [];
    for await (const row of iterateJobData(experiment, { columns: ["status"] })) rows.push(row);
    expect(rows).toEqual([
      { id: 1, job_name: "a000_SIM", counter: 1, status: "SUBMITTED" },
      { id: 2, job_name: "b", counter: 1, status: "FAILED" },
    ]);
  });

  test("leaving the whole history early closes the database", async () => {
    const experiment = history(historySchema(18), insertAttempt({}), insertAttempt({ job_name: "b" }));
    for await (const row of iterateJobData(experiment)) {
      expect(row.id).toBe(1);
      break;
    }
    expect(await readJobAttempts(experiment, "b")).toHaveLength(1);
  });
});

describe("loose typing", () => {
  test("a job is not lost when its mark is NULL, text, or there is no such column", async () => {
    const experiment = history(
      "CREATE TABLE job_data(id INTEGER PRIMARY KEY, counter, job_name, last);",
      "INSERT INTO job_data VALUES (1, 1, 'a', NULL), (2, 2, 'a', NULL), (3, 1, 'b', '1'), (4, 1, 'c', 1), (5, 2, 'c', NULL);",
    );
    expect((await readLastJobData(experiment, { columns: [] })).map((row) => row.id)).toEqual([2, 3, 4]);
    created.write(PATH, "ALTER TABLE job_data DROP COLUMN last");
    expect((await readLastJobData(experiment, { columns: [] })).map((row) => row.id)).toEqual([2, 3, 5]);
  });

  const untyped =
    "CREATE TABLE job_data(id INTEGER PRIMARY KEY, counter, job_name, submit, start, finish, status, ncpus, energy, chunk, last, job_id, run_id, MaxRSS);";

  test("numbers as text, REAL in INTEGER columns and NULL are read as what they mean", async () => {
    const experiment = history(
      untyped,
      `INSERT INTO job_data VALUES (1, '3', 'a', '1700000000', 1700000000.75, NULL, NULL, '16:32', '1.5e3', ' 2 ', '1', '123.batch', '4', 10);`,
    );
    const problems: RowProblem[] = [];
    const [row] = await readJobAttempts(experiment, "a", { onProblem: (problem) => problems.push(problem) });
    expect(row).toMatchObject({
      counter: 3,
      submit: 1_700_000_000,
      start: 1_700_000_000,
      finish: 0,
      status: "",
      ncpus: "16:32",
      energy: 1500,
      chunk: 2,
      last: 1,
      job_id: "123.batch",
      run_id: 4,
      MaxRSS: 10,
    });
    expect(problems).toEqual([]);
  });

  test("what makes no sense is replaced and reported, a row without a name is left out and reported", async () => {
    const experiment = history(
      untyped,
      "INSERT INTO job_data(id, job_name, submit, last) VALUES (1, 'a', 'soon', 1), (2, NULL, 5, 1), (3, x'00', 5, 1), (4, 12, 5, 1)",
    );
    const problems: RowProblem[] = [];
    const rows: unknown[] = [];
    for await (const row of iterateJobData(experiment, {
      columns: ["submit"],
      onProblem: (problem) => problems.push(problem),
    })) {
      rows.push(row);
    }
    expect(rows).toEqual([
      { id: 1, job_name: "a", counter: 0, submit: 0 },
      { id: 4, job_name: "12", counter: 0, submit: 5 },
    ]);
    const place = { source: created.site.experiment("a000").paths.jobDataDb, table: "job_data" };
    expect(problems).toEqual([
      { ...place, row: 0, message: "submit makes no sense: 0 was taken instead" },
      { ...place, row: 1, message: "job_name is missing or makes no sense: the row was left out" },
      { ...place, row: 2, message: "job_name is missing or makes no sense: the row was left out" },
    ]);
  });
});
