import { and, asc, desc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Database, Queries } from "../database.js";
import { workerCyclesTable } from "../schema/worker-cycles.js";
import { workerTasksTable } from "../schema/worker-tasks.js";
import { toWorkerCycle, type WorkerCycle } from "./worker-cycles.js";
import { type ExperimentFailure, listFailures } from "./worker-records.js";

/** What the workers intend with a task. */
export interface TaskPlan {
  task: string;
  enabled: boolean;
  /** For people: `every 5 minutes` or a cron expression. */
  schedule: string;
  /** Null when the task is not enabled. */
  nextRunAt: Date | null;
}

/** All that is known of a task: its plan and what became of it. */
export interface TaskOverview extends TaskPlan {
  /** When a worker last said so, and which. */
  updatedAt: Date;
  updatedBy: string;
  /** The cycle that is under way, or null. */
  current: WorkerCycle | null;
  /** The cycle that was finished last, or null. */
  last: WorkerCycle | null;
  /** Of the last finished cycle, in milliseconds; null when there is none. */
  lastDurationMs: number | null;
  /** Experiments that the task cannot handle at present. */
  failures: ExperimentFailure[];
}

export interface WorkerTaskRepository {
  /** Makes a plan known. */
  announce(plan: TaskPlan, worker: string, at: Date): Promise<void>;
  /** Every task that a worker ever announced, by id: last run, next run, duration, counts and failures. */
  listOverviews(): Promise<TaskOverview[]>;
}

/** `worker_tasks` of `autosubmit_api.db`, with the cycles and failures that belong to it. */
export function workerTaskRepository(api: Database): WorkerTaskRepository {
  return {
    announce: ({ task, enabled, schedule, nextRunAt }, worker, at) =>
      api.write(async (queries) => {
        const set = {
          enabled: enabled ? 1 : 0,
          schedule,
          nextRunAt: nextRunAt?.getTime() ?? null,
          updatedAt: at.getTime(),
          updatedBy: worker,
        };
        await queries
          .insert(workerTasksTable)
          .values({ task, ...set })
          .onConflictDoUpdate({ target: workerTasksTable.task, set });
      }),
    listOverviews: () =>
      api.read(async (queries) => {
        const rows = await queries.select().from(workerTasksTable).orderBy(asc(workerTasksTable.task));
        const overviews: TaskOverview[] = [];
        for (const row of rows) overviews.push(await overview(queries, row));
        return overviews;
      }),
  };
}

async function overview(queries: Queries, row: typeof workerTasksTable.$inferSelect): Promise<TaskOverview> {
  const current = await findCycle(queries, row.task, false);
  const last = await findCycle(queries, row.task, true);
  return {
    task: row.task,
    enabled: row.enabled !== 0,
    schedule: row.schedule,
    nextRunAt: row.nextRunAt === null ? null : new Date(row.nextRunAt),
    updatedAt: new Date(row.updatedAt),
    updatedBy: row.updatedBy,
    current,
    last,
    lastDurationMs: last?.finishedAt ? last.finishedAt.getTime() - last.startedAt.getTime() : null,
    failures: await listFailures(queries, row.task),
  };
}

async function findCycle(queries: Queries, task: string, finished: boolean): Promise<WorkerCycle | null> {
  const { id, finishedAt } = workerCyclesTable;
  const [row] = await queries
    .select()
    .from(workerCyclesTable)
    .where(and(eq(workerCyclesTable.task, task), finished ? isNotNull(finishedAt) : isNull(finishedAt)))
    .orderBy(desc(id))
    .limit(1);
  return row ? toWorkerCycle(row) : null;
}
