import { EXPERIMENT_STATUSES, type ExperimentStatus } from "@autosubmit-api/shared-types";
import { and, asc, between, eq, inArray } from "drizzle-orm";
import type { Database, Queries } from "../database.js";
import { experimentTable } from "../schema/experiment.js";
import { experimentStatusTable } from "../schema/experiment-status.js";
import type { ExperimentRange } from "./experiments.js";

/** A stored status (formats reference §2.2). */
export interface StoredStatus {
  expId: number;
  /** The expid when the row was made; after manual changes it can be another one than today's. */
  name: string;
  /** RUNNING, NOT RUNNING, or a final state that a newer Autosubmit stored. */
  status: string;
  /** When the status was stored, in one of Autosubmit's notations (formats reference §2.2). */
  modified: string;
}

/** A status to store, with what was stored when it was decided. */
export interface StatusChange {
  expId: number;
  name: string;
  status: ExperimentStatus;
  /** The row that the decision knew of; null when there was none. */
  seen: Pick<StoredStatus, "status" | "modified"> | null;
}

export interface ExperimentStatusRepository {
  /** Stored statuses in ascending order of the experiments' numbers. */
  list(range?: ExperimentRange): Promise<StoredStatus[]>;
  /** The status of the experiment of that number, or null. */
  find(expId: number): Promise<StoredStatus | null>;
  /**
   * Stores these statuses, all or none. A row that Autosubmit wrote after it was `seen`, and a row with a final state,
   * is left as it is.
   * @param modified now, as the reference writes it: local time with its offset, `2024-04-12-13:00:40+02:00`
   * @returns the numbers of the experiments whose status was stored
   */
  store(changes: readonly StatusChange[], modified: string): Promise<number[]>;
  /**
   * Removes the rows of experiments that are no longer registered.
   *
   * differs: nothing is removed while no experiment at all is registered, which is what a main database looks like that
   * is being restored.
   * @returns how many were removed
   */
  removeDeleted(): Promise<number>;
}

/** `experiment_status` of `as_times.db`; `main` tells which experiments there are. */
export function experimentStatusRepository(status: Database, main: Database): ExperimentStatusRepository {
  const { expId, name, status: stored, modified } = experimentStatusTable;
  const columns = { expId, name, status: stored, modified };
  return {
    list: (range) =>
      status.read(async (queries) =>
        queries
          .select(columns)
          .from(experimentStatusTable)
          .where(range ? between(expId, range.first, range.last) : undefined)
          .orderBy(asc(expId)),
      ),
    find: (wanted) =>
      status.read(async (queries) => {
        const [row] = await queries.select(columns).from(experimentStatusTable).where(eq(expId, wanted));
        return row ?? null;
      }),
    store: async (changes, modifiedNow) => {
      if (changes.length === 0) return [];
      return status.write(async (queries) => {
        const done: number[] = [];
        for (const change of changes) if (await storeOne(queries, change, modifiedNow)) done.push(change.expId);
        return done;
      });
    },
    removeDeleted: async () => removeDeleted(status, main),
  };
}

async function storeOne(queries: Queries, change: StatusChange, modified: string): Promise<boolean> {
  const { expId, name, status, seen } = change;
  const values = { name, status, secondsDiff: 0, modified };
  if (seen) {
    const sameRow = [
      eq(experimentStatusTable.expId, expId),
      eq(experimentStatusTable.status, seen.status),
      eq(experimentStatusTable.modified, seen.modified),
      inArray(experimentStatusTable.status, [...EXPERIMENT_STATUSES]),
    ];
    const updated = await queries
      .update(experimentStatusTable)
      .set(values)
      .where(and(...sameRow))
      .returning({ expId: experimentStatusTable.expId });
    return updated.length > 0;
  }
  const [existing] = await queries
    .select({ expId: experimentStatusTable.expId })
    .from(experimentStatusTable)
    .where(eq(experimentStatusTable.expId, expId));
  if (existing) return false;
  await queries.insert(experimentStatusTable).values({ expId, ...values });
  return true;
}

/**
 * Statuses are read before experiments: an experiment is registered before it gets a status, so one that is created in
 * between is never taken for deleted.
 */
async function removeDeleted(status: Database, main: Database): Promise<number> {
  const { expId } = experimentStatusTable;
  const withStatus = await status.read(async (queries) => queries.select({ expId }).from(experimentStatusTable));
  const registered = await main.read(async (queries) =>
    queries.select({ id: experimentTable.id }).from(experimentTable),
  );
  if (registered.length === 0) return 0;
  const ids = new Set(registered.map(({ id }) => id));
  const deleted = withStatus.map((row) => row.expId).filter((id) => !ids.has(id));
  if (deleted.length === 0) return 0;
  return status.write(async (queries) => {
    for (const id of deleted) await queries.delete(experimentStatusTable).where(eq(expId, id));
    return deleted.length;
  });
}
