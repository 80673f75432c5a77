import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { databaseFiles, type ImportTarget, listSqliteTables } from "@autosubmit-api/db";
import { type Experiment, isExpid, listExperiments, type Site } from "autosubmit-reader";

/** One thing to copy, in the order in which it is done. */
export type ImportStep =
  | { kind: "table"; path: string; table: string; rows: number; target: ImportTarget }
  | { kind: "pickle" | "stored-pickle"; path: string; expid: string; sizeBytes: number };

/** What cannot be copied, and why; the rest can. */
export interface ImportProblem {
  path: string;
  reason: string;
}

export interface ImportPlan {
  steps: ImportStep[];
  /** How many of the first steps are Autosubmit's main tables, which have to be there before the API's own are made. */
  mainSteps: number;
  problems: ImportProblem[];
}

/** Tables of the API's own that are copied; what the workers keep is made anew. */
const OWN_TABLES = { api: ["user_preferences", "audit_entries"], runners: ["runner_processes"] };
const MAIN_TABLES = ["experiment", "db_version", "details"];
const WRAPPER_TABLES = /^(job_package|wrapper_job_package|(preview_)?wrappers_(info|jobs))$/;
const LIVE_TABLES = /^(jobs|sections|experiment_structure|(preview_)?wrappers_(info|jobs))$/;
const HISTORY_TABLES = /^(job_data|experiment_run|structure_data)$/;

/**
 * Everything of a site that Autosubmit keeps in PostgreSQL (formats reference §2.10), where a reader of the site would
 * find it: of several places of the same thing, the one that counts.
 * @param expids only these experiments; all that have a folder or are registered when null
 */
export async function planImport(site: Site, expids: readonly string[] | null): Promise<ImportPlan> {
  const plan: ImportPlan = { steps: [], mainSteps: 0, problems: [] };
  const files = databaseFiles(site.settings);
  const shared = (table: string) => ({ schema: "public", table });
  if (expids === null) {
    addTables(plan, files.main, (table) => (MAIN_TABLES.includes(table) ? shared(table) : null));
    plan.mainSteps = plan.steps.length;
    addTables(plan, files.status, (table) => (table === "experiment_status" ? shared(table) : null));
    addTables(plan, files.api, (table) => (OWN_TABLES.api.includes(table) ? shared(table) : null));
    addTables(plan, files.runners, (table) => (OWN_TABLES.runners.includes(table) ? shared(table) : null));
  }
  for (const expid of expids ?? (await listAll(site))) await planExperiment(plan, site.experiment(expid));
  return plan;
}

/** Folders of Autosubmit's own between those of the experiments, which could be expids by their names. */
const OTHER_FOLDERS: ReadonlySet<string> = new Set(["metadata", "logs"]);

/** An archived experiment has no folder, but a history. */
async function listAll(site: Site): Promise<string[]> {
  const entries = await readdir(site.settings.localRootDir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !OTHER_FOLDERS.has(entry.name));
  const registered = await listExperiments(site);
  return [...new Set([...folders, ...registered].map(({ name }) => name))].filter(isExpid).sort();
}

async function planExperiment(plan: ImportPlan, { expid, paths }: Experiment): Promise<void> {
  const own = (pattern: RegExp) => (table: string) => (pattern.test(table) ? { schema: expid, table } : null);
  const live = rowsOf(plan, paths.jobListDb, "jobs") > 0;
  if (live) addTables(plan, paths.jobListDb, own(LIVE_TABLES));
  else {
    const structures = [paths.structureDb, paths.oldStructureDb];
    const structure = structures.find((path) => rowsOf(plan, path, "experiment_structure") > 0) ?? paths.structureDb;
    addTables(plan, structure, own(/^experiment_structure$/));
    addTables(plan, paths.jobPackagesDb, own(WRAPPER_TABLES));
  }
  addTables(plan, paths.jobDataDb, own(HISTORY_TABLES));
  addTables(plan, paths.userMetricsDb, own(/^user_metrics$/));
  addTables(plan, paths.graphLayoutDb, own(/^experiment_graph_draw$/));
  if (existsSync(paths.jobListPickle)) {
    const { size } = await stat(paths.jobListPickle);
    plan.steps.push({ kind: "pickle", path: paths.jobListPickle, expid, sizeBytes: size });
  } else if (rowsOf(plan, paths.jobListPickleDb, "job_pkl") > 0) {
    const { size } = await stat(paths.jobListPickleDb);
    plan.steps.push({ kind: "stored-pickle", path: paths.jobListPickleDb, expid, sizeBytes: size });
  }
}

function addTables(plan: ImportPlan, path: string, targetOf: (table: string) => ImportTarget | null): void {
  for (const { name, rows } of tablesOf(plan, path)) {
    const target = targetOf(name);
    if (target !== null) plan.steps.push({ kind: "table", path, table: name, rows, target });
  }
}

function rowsOf(plan: ImportPlan, path: string, table: string): number {
  return tablesOf(plan, path).find(({ name }) => name === table)?.rows ?? 0;
}

function tablesOf(plan: ImportPlan, path: string): { name: string; rows: number }[] {
  if (!existsSync(path)) return [];
  try {
    return listSqliteTables(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!plan.problems.some((problem) => problem.path === path)) plan.problems.push({ path, reason });
    return [];
  }
}
