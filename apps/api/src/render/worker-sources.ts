import {
  DatabaseError,
  type DatabaseErrorCode,
  databasePlaces,
  siteDatabases,
  type TaskOverview,
} from "@autosubmit-api/db";
import { AutosubmitReadError, type ReadErrorCode, type Site } from "autosubmit-reader";

/** A request does not wait longer for workers that are writing, in milliseconds. */
const PATIENCE_MS = 2_000;

/** What a database's failure is to who asks; none of these is expected but a lock. */
const READ_CODES: Partial<Record<DatabaseErrorCode, ReadErrorCode>> = {
  DATABASE_BUSY: "SOURCE_BUSY",
  DATABASE_UNAVAILABLE: "SOURCE_UNAVAILABLE",
  DATABASE_CORRUPT: "SOURCE_CORRUPT",
};

/**
 * What the workers do, and did last; null when their database or its tables are missing, which the API never creates.
 * @throws AutosubmitReadError `SOURCE_BUSY`, `SOURCE_UNAVAILABLE`, `SOURCE_CORRUPT`, `SOURCE_UNREADABLE`
 */
export async function readWorkerTasks({ settings }: Site): Promise<TaskOverview[] | null> {
  const databases = siteDatabases(databasePlaces(settings), { patienceMs: PATIENCE_MS });
  try {
    return await databases.workerTasks.listOverviews();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const { code, message, path } = error;
    if (code === "DATABASE_MISSING" || code === "DATABASE_FOREIGN") return null;
    throw new AutosubmitReadError(READ_CODES[code] ?? "SOURCE_UNREADABLE", message, { path, cause: error });
  }
}
