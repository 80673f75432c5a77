import { and, asc, desc, eq } from "drizzle-orm";
import type { Database, Queries } from "../database.js";
import { runnerProcessesTable } from "../schema/runner-processes.js";

/** An Autosubmit process that the API started (formats reference §2.8). Times as `2024-04-12T13:00:40+02:00`. */
export interface RunnerProcess {
  id: number;
  expid: string;
  pid: number;
  /** ACTIVE, COMPLETED or TERMINATED. */
  status: string;
  runner: string;
  moduleLoader: string;
  /** Names, one a line. */
  modules: string;
  created: string;
  modified: string;
  /** JSON text; null where the runner has none. */
  runnerExtraParams: string | null;
}

export type NewRunnerProcess = Omit<RunnerProcess, "id" | "created" | "modified">;

/** What may change of a process once it is stored; what is missing stays as it is. */
export type RunnerProcessChange = Partial<Pick<RunnerProcess, "pid" | "status" | "runnerExtraParams">>;

export interface RunnerProcessRepository {
  /** The experiment's ACTIVE processes, oldest first. */
  listActive(expid: string): Promise<RunnerProcess[]>;
  /** The process that was started last for the experiment, or null. */
  findLast(expid: string): Promise<RunnerProcess | null>;
  /** The ACTIVE processes of all experiments, oldest first. */
  listAllActive(): Promise<RunnerProcess[]>;
  /** The process of that number, or null. */
  find(id: number): Promise<RunnerProcess | null>;
  /**
   * Stores a new process unless the experiment has an ACTIVE one, in one transaction: of several programs that try at once,
   * one succeeds. The answer is the stored process, or the one that was there already.
   * @param now as in `insert`
   */
  claim(process: NewRunnerProcess, now: string): Promise<{ claimed: boolean; process: RunnerProcess }>;
  /**
   * Changes a process, if it still is ACTIVE: what ended stays as it ended. Null when it is not ACTIVE, or there is none.
   * @param now as in `insert`
   */
  updateActive(id: number, change: RunnerProcessChange, now: string): Promise<RunnerProcess | null>;
  /** @param now local time with its offset, `2024-04-12T13:00:40+02:00` */
  insert(process: NewRunnerProcess, now: string): Promise<RunnerProcess>;
  /**
   * The process with its new status, or null when there is none of that number.
   * @param now as in `insert`
   */
  updateStatus(id: number, status: string, now: string): Promise<RunnerProcess | null>;
}

async function insertInto(queries: Queries, process: NewRunnerProcess, now: string): Promise<RunnerProcess> {
  const [row] = await queries
    .insert(runnerProcessesTable)
    .values({ ...process, created: now, modified: now })
    .returning();
  if (!row) throw new Error("INSERT ... RETURNING gave no row");
  return row;
}

/** `runner_processes` of `api_runners.db`. */
export function runnerProcessRepository(runners: Database): RunnerProcessRepository {
  const { id, expid, status } = runnerProcessesTable;
  return {
    listActive: (wanted) =>
      runners.read(async (queries) =>
        queries
          .select()
          .from(runnerProcessesTable)
          .where(and(eq(expid, wanted), eq(status, "ACTIVE")))
          .orderBy(asc(id)),
      ),
    findLast: (wanted) =>
      runners.read(async (queries) => {
        const [row] = await queries
          .select()
          .from(runnerProcessesTable)
          .where(eq(expid, wanted))
          .orderBy(desc(id))
          .limit(1);
        return row ?? null;
      }),
    listAllActive: () =>
      runners.read(async (queries) =>
        queries.select().from(runnerProcessesTable).where(eq(status, "ACTIVE")).orderBy(asc(id)),
      ),
    find: (wanted) =>
      runners.read(async (queries) => {
        const [row] = await queries.select().from(runnerProcessesTable).where(eq(id, wanted));
        return row ?? null;
      }),
    claim: (process, now) =>
      runners.write(async (queries) => {
        const [active] = await queries
          .select()
          .from(runnerProcessesTable)
          .where(and(eq(expid, process.expid), eq(status, "ACTIVE")))
          .orderBy(asc(id))
          .limit(1);
        if (active !== undefined) return { claimed: false, process: active };
        return { claimed: true, process: await insertInto(queries, process, now) };
      }),
    updateActive: (wanted, change, now) =>
      runners.write(async (queries) => {
        const [row] = await queries
          .update(runnerProcessesTable)
          .set({ ...change, modified: now })
          .where(and(eq(id, wanted), eq(status, "ACTIVE")))
          .returning();
        return row ?? null;
      }),
    insert: (process, now) => runners.write((queries) => insertInto(queries, process, now)),
    updateStatus: (wanted, newStatus, now) =>
      runners.write(async (queries) => {
        const [row] = await queries
          .update(runnerProcessesTable)
          .set({ status: newStatus, modified: now })
          .where(eq(id, wanted))
          .returning();
        return row ?? null;
      }),
  };
}
