import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DatabaseFiles, databaseFiles } from "@autosubmit-api/db";
import Sqlite from "better-sqlite3";
import { onTestFinished } from "vitest";

/** A small site in a temporary folder, as Autosubmit leaves it: no table of the API yet. */
export interface TemporarySite {
  root: string;
  configurationFile: string;
  files: DatabaseFiles;
  /** In the order of their numbers, which start at 1. */
  expids: string[];
}

/** Ages in minutes of an experiment's job list and run log. */
export interface Ages {
  jobList: number;
  runLog: number;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "autosubmit-workers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Experiments a000, a001, …, none of which runs. */
export function temporarySite(count: number, root = temporaryFolder()): TemporarySite {
  const expids = Array.from({ length: count }, (_, index) => `a${index.toString(36).padStart(3, "0")}`);
  const configurationFile = join(root, ".autosubmitrc");
  writeFileSync(
    configurationFile,
    [
      ...["[database]", `path = ${root}`, "filename = autosubmit.db", "[local]", `path = ${root}`],
      ...["[historicdb]", `path = ${root}/metadata/data`, "[structures]", `path = ${root}/metadata/structures`],
    ].join("\n"),
  );
  const files = databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root });
  execute(
    files.main,
    `CREATE TABLE experiment(id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR NOT NULL,
       description VARCHAR NOT NULL, autosubmit_version VARCHAR);
     CREATE TABLE db_version(version INTEGER NOT NULL);
     INSERT INTO db_version VALUES (1);`,
  );
  const site = { root, configurationFile, files, expids };
  register(site, expids);
  for (const expid of expids) writeExperiment(site, expid);
  return site;
}

/** Registers experiments in the main database, as `autosubmit expid` does. */
export function register({ files }: TemporarySite, expids: readonly string[]): void {
  if (expids.length === 0) return;
  const rows = expids.map((expid) => `('${expid}', 'test', '4.1.17')`);
  execute(files.main, `INSERT INTO experiment(name, description, autosubmit_version) VALUES ${rows.join()}`);
}

/** The files of an experiment with a small YAML configuration. */
export function writeExperiment({ root }: TemporarySite, expid: string, branch = "main"): void {
  const folder = join(root, expid);
  for (const name of ["conf", "pkl", "tmp/ASLOGS"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "pkl", `job_list_${expid}.pkl`), "");
  writeFileSync(join(folder, "tmp/ASLOGS/20260101_000000_run.log"), "");
  writeFileSync(
    join(folder, "conf/minimal.yml"),
    [
      ...["CONFIG:", "  AUTOSUBMIT_VERSION: 4.1.17", "DEFAULT:", `  EXPID: ${expid}`, "  HPCARCH: mn5"],
      ...["PROJECT:", "  PROJECT_TYPE: git", "GIT:", "  PROJECT_ORIGIN: https://example.org/model.git"],
      `  PROJECT_BRANCH: ${branch}`,
      "",
    ].join("\n"),
  );
  age({ root }, expid, { jobList: 10_000, runLog: 10_000 });
}

/** Dates an experiment's files back from `now`. */
export function age({ root }: { root: string }, expid: string, ages: Ages, now = new Date()): void {
  const seconds = now.getTime() / 1_000;
  const jobList = join(root, expid, "pkl", `job_list_${expid}.pkl`);
  const logs = join(root, expid, "tmp/ASLOGS");
  utimesSync(jobList, seconds, seconds - ages.jobList * 60);
  utimesSync(join(logs, "20260101_000000_run.log"), seconds, seconds - ages.runLog * 60);
  utimesSync(logs, seconds, seconds - 60_000);
}

/** Runs SQL as another program would, creating the file where it is missing. */
export function execute(path: string, sql: string): void {
  const client = new Sqlite(path, { timeout: 10_000 });
  client.pragma("synchronous = OFF");
  client.exec(sql);
  client.close();
}

/** All rows of a query. */
export function rows<Row = Record<string, unknown>>(path: string, sql: string): Row[] {
  const client = new Sqlite(path, { timeout: 10_000 });
  const found = client.prepare<[], Row>(sql).all();
  client.close();
  return found;
}
