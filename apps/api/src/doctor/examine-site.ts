import { access, constants, opendir, stat, statfs } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import { DatabaseError, databasePlaces, migrate, type TaskOverview } from "@autosubmit-api/db";
import { AutosubmitReadError, listExperiments, type Site } from "autosubmit-reader";
import type { Config } from "../config/config.js";
import { judgeWorkers } from "../health/worker-freshness.js";
import { readWorkerTasks } from "../render/worker-sources.js";
import { type Finding, ok, problem, warning } from "./finding.js";
import { within } from "./within.js";

/** A folder that takes longer hangs, or would make every request slow. */
const FOLDER_TIMEOUT_MS = 10_000;
const LOCK_PATIENCE_MS = 3_000;
const LITTLE_SPACE_BYTES = 1024 ** 3;
const LITTLE_SPACE_SHARE = 0.02;
const OTHERS_MAY_READ = 0o004;

/** Looks at everything of the site that the API and the workers use. */
export async function* examineSite(site: Site, config: Config): AsyncIterable<Finding> {
  const { settings, tables } = site;
  const files = settings.configurationFiles;
  yield files.length > 0
    ? ok("site configuration", files.join(", "))
    : warning("site configuration", "none: Autosubmit's defaults are used", "set AUTOSUBMIT_CONFIGURATION");
  const folders = [
    await examineFolder("experiments", settings.localRootDir, LOCAL_REMEDY),
    ...(tables.place.folder === null
      ? []
      : [await examineFolder("database folder", tables.place.folder, 'correct "path" of [database] in .autosubmitrc')]),
  ];
  yield* folders;
  yield* examinePasswords(site);
  // Databases are opened without a time-out: where a folder hangs, they would.
  if (folders.some(({ detail }) => detail.endsWith(HANGS))) return;
  yield await examineExperiments(site);
  yield* examineDatabases(site);
  yield await examineWorkers(site);
  if (tables.place.folder !== null) yield await examineSpace("space, databases", tables.place.folder);
  if (config.logFile !== null) yield await examineSpace("space, log", dirname(config.logFile));
}

const HANGS = "does not answer";
const LOCAL_REMEDY = 'correct "path" of [local] in .autosubmitrc, or let this user read and enter the folder';

async function examineFolder(subject: string, path: string, remedy: string): Promise<Finding> {
  const start = performance.now();
  const found = await within(FOLDER_TIMEOUT_MS, firstEntry(path));
  if (found === "timeout")
    return problem(subject, `${path} ${HANGS}`, "the file system hangs: look at its mount and its server");
  if (found instanceof Error) return problem(subject, `${path} cannot be read (${codeOf(found)})`, remedy);
  return ok(subject, `${path}, looked at in ${Math.round(performance.now() - start)} ms`);
}

async function firstEntry(path: string): Promise<Error | null> {
  try {
    const folder = await opendir(path);
    try {
      await folder.read();
    } finally {
      await folder.close();
    }
    return null;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** A connection URL may hold a password. */
async function* examinePasswords({ settings }: Site): AsyncIterable<Finding> {
  if (!/:\/\/[^/@]*:[^/@]+@/.test(settings.databaseConnectionUrl)) return;
  for (const file of settings.configurationFiles) {
    const found = await stat(file).catch(() => null);
    if (found !== null && (found.mode & OTHERS_MAY_READ) !== 0)
      yield warning(
        "secrets",
        `every user of this machine may read ${file}, which holds a password`,
        `chmod o-r ${file}`,
      );
  }
}

async function examineExperiments(site: Site): Promise<Finding> {
  const subject = "main database";
  try {
    const experiments = await listExperiments(site);
    return ok(subject, `${experiments.length} experiment${experiments.length === 1 ? "" : "s"}`);
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    const { whenLocked, whenUnreadable } = site.tables.place;
    return problem(subject, error.message, error.code === "SOURCE_BUSY" ? whenLocked : whenUnreadable);
  }
}

/** Schema, rights and locks of every database, without changing or locking any. */
async function* examineDatabases(site: Site): AsyncIterable<Finding> {
  const places = databasePlaces(site.settings);
  try {
    for (const { database, path, created, steps } of await migrate(places, {
      check: true,
      patienceMs: LOCK_PATIENCE_MS,
    })) {
      const subject = `database ${database}`;
      if (created)
        yield warning(subject, `${path} does not exist yet`, 'start the workers, or run "autosubmit-api migrate"');
      else if (steps.length > 0)
        yield problem(
          subject,
          `${path} lacks: ${steps.join(", ")}`,
          'run "autosubmit-api migrate" as the workers\' user',
        );
      else yield ok(subject, `${path}, ${await describeRights(path)}`);
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const remedy =
      error.code === "DATABASE_BUSY" ? site.tables.place.whenLocked : "see docs/operations.md, troubleshooting";
    yield problem("databases", error.message, remedy);
  }
}

async function describeRights(path: string): Promise<string> {
  if (!isAbsolute(path)) return "reachable";
  const may = async (mode: number, what: string) =>
    access(what, mode).then(
      () => true,
      () => false,
    );
  const { size } = await stat(path);
  const writable = (await may(constants.W_OK, path)) && (await may(constants.W_OK, dirname(path)));
  return `${Math.ceil(size / 1024)} KiB, this user may ${writable ? "read and write" : "only read"}`;
}

async function examineWorkers(site: Site): Promise<Finding> {
  const subject = "workers";
  const remedy = "start them: systemctl status autosubmit-workers, or autosubmit-workers --list";
  let tasks: TaskOverview[] | null;
  try {
    tasks = await readWorkerTasks(site);
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    return problem(subject, error.message, "see docs/operations.md, troubleshooting");
  }
  const { isFresh, detail } = judgeWorkers(tasks, new Date());
  return isFresh ? ok(subject, detail) : warning(subject, detail, remedy);
}

async function examineSpace(subject: string, folder: string): Promise<Finding> {
  const found = await within(
    FOLDER_TIMEOUT_MS,
    statfs(folder).catch(() => null),
  );
  if (found === "timeout" || found === null) return warning(subject, `${folder} cannot be looked at`, "see above");
  const free = found.bavail * found.bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free below ${folder}`;
  return free < LITTLE_SPACE_BYTES || found.bavail / found.blocks < LITTLE_SPACE_SHARE
    ? warning(subject, detail, "make room: a database that cannot grow stops the workers")
    : ok(subject, detail);
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.message;
}
