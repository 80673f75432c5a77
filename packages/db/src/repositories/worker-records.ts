import { and, asc, between, eq, sql } from "drizzle-orm";
import type { Database, Queries } from "../database.js";
import { workerFailuresTable } from "../schema/worker-failures.js";
import { workerFingerprintsTable } from "../schema/worker-fingerprints.js";
import type { ExperimentRange } from "./experiments.js";

/** An experiment that a task cannot handle at present. */
export interface ExperimentFailure {
  expId: number;
  expid: string;
  message: string;
  firstFailedAt: Date;
  failedAt: Date;
  /** Cycles in a row. */
  times: number;
}

/** What a task found out about some experiments. */
export interface TaskFindings {
  /** New fingerprints of the sources that were read. */
  fingerprints: readonly { expId: number; fingerprint: string }[];
  failures: readonly { expId: number; expid: string; message: string }[];
  /** Experiments that had failed before and no longer do. */
  recovered: readonly number[];
}

export interface WorkerRecordRepository {
  /** The fingerprints that the task stored, by number of the experiment. */
  listFingerprints(task: string, range: ExperimentRange): Promise<Map<number, string>>;
  /** The task's present failures, by number of the experiment, ascending. */
  listFailures(task: string, range?: ExperimentRange): Promise<ExperimentFailure[]>;
  /** Stores findings, all or none. */
  store(task: string, findings: TaskFindings, at: Date): Promise<void>;
  /** Removes what the task knows of experiments that are not among `ids`. */
  forgetOthers(task: string, ids: readonly number[]): Promise<void>;
}

/** `worker_fingerprints` and `worker_failures` of `autosubmit_api.db`. */
export function workerRecordRepository(api: Database): WorkerRecordRepository {
  const { expId, fingerprint } = workerFingerprintsTable;
  return {
    listFingerprints: (task, range) =>
      api.read(async (queries) => {
        const rows = await queries
          .select({ expId, fingerprint })
          .from(workerFingerprintsTable)
          .where(and(eq(workerFingerprintsTable.task, task), between(expId, range.first, range.last)));
        return new Map(rows.map((row) => [row.expId, row.fingerprint]));
      }),
    listFailures: (task, range) => api.read((queries) => listFailures(queries, task, range)),
    store: async (task, findings, at) => {
      const { fingerprints, failures, recovered } = findings;
      if (fingerprints.length + failures.length + recovered.length === 0) return;
      await api.write((queries) => store(queries, task, findings, at));
    },
    forgetOthers: (task, ids) => forgetOthers(api, task, new Set(ids)),
  };
}

/** The task's present failures, for queries that are part of a larger transaction. */
export async function listFailures(
  queries: Queries,
  task: string,
  range?: ExperimentRange,
): Promise<ExperimentFailure[]> {
  const { expId } = workerFailuresTable;
  const rows = await queries
    .select()
    .from(workerFailuresTable)
    .where(and(eq(workerFailuresTable.task, task), range ? between(expId, range.first, range.last) : undefined))
    .orderBy(asc(expId));
  return rows.map(({ task: _, ...row }) => ({
    ...row,
    firstFailedAt: new Date(row.firstFailedAt),
    failedAt: new Date(row.failedAt),
  }));
}

async function store(queries: Queries, task: string, findings: TaskFindings, at: Date): Promise<void> {
  const failedAt = at.getTime();
  for (const { expId, fingerprint } of findings.fingerprints) {
    await queries
      .insert(workerFingerprintsTable)
      .values({ task, expId, fingerprint })
      .onConflictDoUpdate({
        target: [workerFingerprintsTable.task, workerFingerprintsTable.expId],
        set: { fingerprint },
      });
  }
  for (const { expId, expid, message } of findings.failures) {
    await queries
      .insert(workerFailuresTable)
      .values({ task, expId, expid, message, firstFailedAt: failedAt, failedAt, times: 1 })
      .onConflictDoUpdate({
        target: [workerFailuresTable.task, workerFailuresTable.expId],
        set: { expid, message, failedAt, times: sql`${workerFailuresTable.times} + 1` },
      });
  }
  for (const expId of findings.recovered) {
    await queries
      .delete(workerFailuresTable)
      .where(and(eq(workerFailuresTable.task, task), eq(workerFailuresTable.expId, expId)));
  }
}

async function forgetOthers(api: Database, task: string, ids: ReadonlySet<number>): Promise<void> {
  const tables = [workerFingerprintsTable, workerFailuresTable];
  const gone = await api.read(async (queries) => {
    const known = new Set<number>();
    for (const table of tables) {
      const rows = await queries.select({ expId: table.expId }).from(table).where(eq(table.task, task));
      for (const { expId } of rows) if (!ids.has(expId)) known.add(expId);
    }
    return [...known];
  });
  if (gone.length === 0) return;
  await api.write(async (queries) => {
    for (const table of tables) {
      for (const expId of gone) await queries.delete(table).where(and(eq(table.task, task), eq(table.expId, expId)));
    }
  });
}
