import { opendir } from "node:fs/promises";
import type { HealthCheckBody, HealthReadyBody } from "@autosubmit-api/shared-types";
import { AutosubmitReadError, type Site } from "autosubmit-reader";
import { judgeWorkers } from "../../health/worker-freshness.js";
import { answer, defineView } from "../view.js";
import { readWorkerTasks } from "../worker-sources.js";

/** What this thread can look at; that it answers is told by its answering. */
export type SiteHealth = Omit<HealthReadyBody["checks"], "render_threads">;

const FOLDER_TIMEOUT_MS = 2_000;

const check = (status: HealthCheckBody["status"], detail: string): HealthCheckBody => ({ status, detail });

/** `GET /health/ready`, as far as the site goes. Looked at anew each time. */
export const healthView = defineView({
  timeDependent: true,
  build: async ({ site }, _parameters, { now }) => {
    const [root_folder, main_database, status_database, workers] = await Promise.all([
      lookAtRoot(site.settings.localRootDir),
      lookAtDatabase(site, "main"),
      lookAtDatabase(site, "status"),
      lookAtWorkers(site, now),
    ]);
    const health: SiteHealth = { root_folder, main_database, status_database, workers };
    return answer(health);
  },
});

/** One look at a time: a file system that hangs must not take a thread of Node's pool for each request. */
let lookingAtRoot: Promise<HealthCheckBody> | null = null;

async function lookAtRoot(path: string): Promise<HealthCheckBody> {
  lookingAtRoot ??= openFolder(path).finally(() => {
    lookingAtRoot = null;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HealthCheckBody>((resolve) => {
    timer = setTimeout(() => resolve(check("failing", "does not answer")), FOLDER_TIMEOUT_MS);
  });
  const found = await Promise.race([lookingAtRoot, late]);
  clearTimeout(timer);
  return found;
}

async function openFolder(path: string): Promise<HealthCheckBody> {
  try {
    const folder = await opendir(path);
    await folder.read();
    await folder.close();
    return check("ok", "can be read");
  } catch (error) {
    return check("failing", `cannot be read (${systemCodeOf(error)})`);
  }
}

/** The status database may be missing, before the workers ran, or be broken: files tell most. */
async function lookAtDatabase(site: Site, database: "main" | "status"): Promise<HealthCheckBody> {
  const [bad, table] =
    database === "main" ? (["failing", "experiment"] as const) : (["warning", "experiment_status"] as const);
  try {
    const tables = await site.tables.open({ database });
    if (tables === null) return check(bad, "is missing");
    try {
      return (await tables.columns(table)) === null ? check(bad, `has no table ${table}`) : check("ok", "can be read");
    } finally {
      await tables.close();
    }
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    return check(bad, `cannot be read (${error.code})`);
  }
}

async function lookAtWorkers(site: Site, now: Date): Promise<HealthCheckBody> {
  try {
    const { isFresh, detail } = judgeWorkers(await readWorkerTasks(site), now);
    return check(isFresh ? "ok" : "warning", detail);
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    return check("warning", `not known (${error.code})`);
  }
}

function systemCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
