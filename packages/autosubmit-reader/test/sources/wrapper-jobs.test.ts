import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readWrapperJobs } from "../../src/sources/wrapper-jobs.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";

const PACKAGES = "a000/pkl/job_packages_a000.db";
const LIVE = "a000/db/job_list.db";
const OLD_TABLES =
  "CREATE TABLE job_package(exp_id, package_name, job_name); CREATE TABLE wrapper_job_package(exp_id, package_name, job_name);";
const typed = (name: string, extra = "") =>
  `CREATE TABLE ${name}(package_id INTEGER, package_name VARCHAR, job_name VARCHAR, timestamp VARCHAR${extra}, PRIMARY KEY(package_id, package_name, job_name));`;

let created: TemporarySite;
beforeEach(() => {
  created = createTemporarySite();
});
afterEach(() => created.remove());

const read = async () => {
  const found = await readWrapperJobs(created.site.experiment("a000"));
  return found && { preview: found.preview, rows: found.rows.map((row) => `${row.package_name}:${row.job_name}`) };
};

describe("up to 4.1.16", () => {
  test("submitted packages come in row order, repeated jobs included", async () => {
    created.write(
      PACKAGES,
      `${OLD_TABLES} INSERT INTO job_package VALUES ('a000', 'p2', 'b'), ('a000', 'p1', 'a'), ('a000', 'p3', 'b');`,
    );
    expect(await read()).toEqual({ preview: false, rows: ["p2:b", "p1:a", "p3:b"] });
  });

  test("the simulated packages are read when nothing was submitted", async () => {
    created.write(PACKAGES, `${OLD_TABLES} INSERT INTO wrapper_job_package VALUES ('a000', 'p1', 'a');`);
    expect(await read()).toEqual({ preview: true, rows: ["p1:a"] });
  });

  test("no database, no tables and empty tables are no wrappers", async () => {
    expect(await read()).toBeNull();
    created.write(PACKAGES, "CREATE TABLE db_options(option_name, option_value)");
    expect(await read()).toBeNull();
    created.write(PACKAGES, OLD_TABLES);
    expect(await read()).toBeNull();
  });
});

describe("4.1.17", () => {
  test("its table is preferred to the old one, even when empty", async () => {
    created.write(
      PACKAGES,
      `${OLD_TABLES} ${typed("wrappers_jobs")} ${typed("preview_wrappers_jobs")}
      INSERT INTO job_package VALUES ('a000', 'old', 'a');
      INSERT INTO wrapper_job_package VALUES ('a000', 'old preview', 'a');
      INSERT INTO preview_wrappers_jobs VALUES (-1, 'new preview', 'a', 't');`,
    );
    expect(await read()).toEqual({ preview: true, rows: ["new preview:a"] });
    created.write(PACKAGES, "INSERT INTO wrappers_jobs VALUES (7, 'z', 'b', 't'), (3, 'new', 'a', 't')");
    expect(await read()).toEqual({ preview: false, rows: ["z:b", "new:a"] });
  });

  test("an empty new preview table hides the old one", async () => {
    created.write(
      PACKAGES,
      `${OLD_TABLES} ${typed("preview_wrappers_jobs")} INSERT INTO wrapper_job_package VALUES ('a000', 'old', 'a');`,
    );
    expect(await read()).toBeNull();
  });
});

describe("4.2", () => {
  const tables = `CREATE TABLE jobs(name VARCHAR PRIMARY KEY); INSERT INTO jobs VALUES ('a');
    ${typed("wrappers_jobs", ", run_id INTEGER")}`;

  test("a job's rows are those of its newest run; a run of NULL is older than any", async () => {
    created.write(
      LIVE,
      `${tables} INSERT INTO wrappers_jobs VALUES
      (9, 'w1', 'a', '', 1), (8, 'w1', 'b', '', 1), (7, 'w3', 'a', '', 3), (6, 'w4', 'a', '', 3), (5, 'w2', 'a', '', 2),
      (4, 'w0', 'c', '', NULL), (3, 'w5', 'b', '', NULL);`,
    );
    expect(await read()).toEqual({ preview: false, rows: ["w1:b", "w3:a", "w4:a", "w0:c"] });
  });

  test("the packages of the old version are stale once its job list is the live one", async () => {
    created.write(PACKAGES, `${OLD_TABLES} INSERT INTO job_package VALUES ('a000', 'stale', 'a');`);
    created.write(LIVE, tables);
    expect(await read()).toBeNull();
    created.write(LIVE, "DELETE FROM jobs");
    expect(await read()).toEqual({ preview: false, rows: ["stale:a"] });
  });
});

describe("of one job", () => {
  const readOf = (jobName: string) => readWrapperJobs(created.site.experiment("a000"), { jobName });

  test("its rows come in row order; one that was never submitted has its simulated wrapper", async () => {
    created.write(
      PACKAGES,
      `${OLD_TABLES} ${typed("wrappers_jobs")} ${typed("preview_wrappers_jobs")}
      INSERT INTO wrappers_jobs VALUES (7, 'z', 'b', 't'), (3, 'new', 'a', 't'), (1, 'a', 'b', 't');
      INSERT INTO preview_wrappers_jobs VALUES (-1, 'preview', 'c', 't');`,
    );
    for (const name of ["a", "b"]) {
      const all = await readWrapperJobs(created.site.experiment("a000"));
      const own = all?.rows.filter(({ job_name }) => job_name === name);
      expect(await readOf(name)).toEqual({ preview: false, rows: own });
    }
    expect(await readOf("c")).toEqual({ preview: true, rows: [{ package_name: "preview", job_name: "c" }] });
    expect(await readOf("none")).toBeNull();
  });

  test("without any wrappers there are none", async () => {
    created.write(PACKAGES, OLD_TABLES);
    expect(await readOf("a")).toBeNull();
  });
});
