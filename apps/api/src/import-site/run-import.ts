import { readFile, stat } from "node:fs/promises";
import {
  type CopiedTable,
  DatabaseError,
  databasePlaces,
  migrate,
  type TableImport,
  tableImport,
} from "@autosubmit-api/db";
import { readEnvironment, withoutSecrets } from "@autosubmit-api/settings";
import { createTimeZone } from "@autosubmit-api/shared-types";
import { AutosubmitReadError, openSite, type Site } from "autosubmit-reader";
import { Presets, SingleBar } from "cli-progress";
import { type ImportPlan, type ImportStep, planImport } from "./plan-import.js";

export interface ImportOptions {
  /** The `.autosubmitrc` of the site to be: its connection URL says where the tables go. */
  to: string;
  /** Only these experiments; the whole site when null. */
  expids: readonly string[] | null;
  dryRun: boolean;
}

/** Of every step what came out; what failed can be tried again by the same command. */
export interface ImportResult {
  copied: number;
  present: number;
  rows: number;
  remarks: string[];
  failures: string[];
}

/**
 * The command `import-site`: copies the tables of the site that `.autosubmitrc` names into PostgreSQL. The exit status is
 * 1 when something could not be copied.
 */
export async function runImport({ to, expids, dryRun }: ImportOptions): Promise<void> {
  try {
    const environment = withoutSecrets(readEnvironment(process.env, process.cwd()));
    const from = await openSite({ environment });
    const target = await openSite({ environment, configurationFile: to });
    refuseUnfit(from, target);
    const plan = await planImport(from, expids);
    if (dryRun) return showPlan(plan);
    const result = await runPlan(plan, target);
    showResult(plan, result);
    if (result.failures.length + plan.problems.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof AutosubmitReadError || error instanceof DatabaseError)) throw error;
    process.stderr.write(`autosubmit-api: ${error.message}\n`);
    process.exitCode = 1;
  }
}

function refuseUnfit(from: Site, target: Site): void {
  if (from.settings.databaseBackend !== "sqlite") throw unfit("the site is not kept in SQLite files");
  if (target.settings.databaseBackend !== "postgres") throw unfit("the site given by --to has no backend = postgres");
  if (from.settings.localRootDir !== target.settings.localRootDir)
    throw unfit("the two sites have different experiments: local.path differs");
}

function unfit(why: string): AutosubmitReadError {
  return new AutosubmitReadError("SITE_MISCONFIGURED", `Nothing was imported: ${why}`);
}

function showPlan({ steps, problems }: ImportPlan): void {
  for (const step of steps) process.stdout.write(`${describe(step)}\n`);
  for (const { path, reason } of problems) process.stdout.write(`cannot be read: ${path} (${reason})\n`);
  process.stdout.write(`${steps.length} steps would be taken\n`);
}

function describe(step: ImportStep): string {
  if (step.kind !== "table") return `${step.path} -> public.job_pkl (${step.sizeBytes} bytes)`;
  return `${step.path}: ${step.table} -> ${step.target.schema}.${step.target.table} (${step.rows} rows)`;
}

/** Takes the steps, and goes on after one that failed. @throws DatabaseError when the server is away, or the main tables are missing */
export async function runPlan(plan: ImportPlan, target: Site): Promise<ImportResult> {
  const result: ImportResult = { copied: 0, present: 0, rows: 0, remarks: [], failures: [] };
  const tables = tableImport(target.settings.databaseConnectionUrl);
  await tables.prepare();
  const isShown = process.stderr.isTTY === true;
  const bar = new SingleBar(
    { format: "{bar} {percentage}% | {value}/{total} | {step}", stream: process.stderr },
    Presets.shades_classic,
  );
  if (isShown) bar.start(plan.steps.length, 0, { step: "" });
  for (const [index, step] of plan.steps.entries()) {
    if (isShown) bar.update(index, { step: describe(step) });
    // The API's own tables are made once Autosubmit's are there, and before their rows come.
    if (index === plan.mainSteps) await migrate(databasePlaces(target.settings));
    await runStep(tables, step, result);
  }
  if (isShown) {
    bar.update(plan.steps.length, { step: "" });
    bar.stop();
  }
  return result;
}

async function runStep(tables: TableImport, step: ImportStep, result: ImportResult): Promise<void> {
  try {
    const { outcome, rows, remarks } = await copyStep(tables, step);
    result[outcome] += 1;
    result.rows += rows;
    result.remarks.push(...remarks);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === "DATABASE_UNAVAILABLE") throw error;
    result.failures.push(`${describe(step)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function copyStep(tables: TableImport, step: ImportStep): Promise<CopiedTable> {
  if (step.kind === "table") return tables.copyTable(step.path, step.table, step.target);
  if (step.kind === "stored-pickle") return tables.copyStoredPickle(step.expid, step.path);
  const [pickle, { mtimeMs }] = await Promise.all([readFile(step.path), stat(step.path)]);
  return tables.copyPickle(step.expid, step.path, pickle, localTime(mtimeMs));
}

/** As Python writes `str(datetime.now())`. */
function localTime(milliseconds: number): string {
  const zone = createTimeZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const seconds = Math.floor(milliseconds / 1000);
  const local = new Date((seconds + zone.offsetSecondsAt(seconds)) * 1000).toISOString();
  return local.slice(0, 19).replace("T", " ");
}

function showResult({ problems }: ImportPlan, { copied, present, rows, remarks, failures }: ImportResult): void {
  const lines = [
    ...remarks.map((remark) => `note: ${remark}`),
    ...problems.map(({ path, reason }) => `cannot be read: ${path} (${reason})`),
    ...failures.map((failure) => `failed: ${failure}`),
    `${copied} copied and checked, ${present} were there already, ${failures.length + problems.length} failed; ${rows} rows`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
