import { once } from "node:events";
import { DatabaseError, type DatabaseErrorCode } from "@autosubmit-api/db";
import { AsyncTask, SimpleIntervalJob, ToadScheduler } from "toad-scheduler";
import { type PlannedTask, taskAttendant } from "./attend-task.js";
import type { WorkerContext } from "./worker-context.js";

/**
 * Attends to every task until the worker is to stop, and returns when all have come to rest. Tasks run beside each other;
 * one that takes longer than its interval is not started again meanwhile.
 */
export async function keepAttending(
  plans: readonly PlannedTask[],
  runOnStart: boolean,
  context: WorkerContext,
): Promise<void> {
  const { clock, sharing, stop } = context;
  const workerStart = clock();
  const scheduler = new ToadScheduler();
  const atWork = new Set<Promise<void>>();

  for (const plan of plans) {
    const attendant = taskAttendant(plan, { workerStart, runOnStart }, context);
    const attend = async () => {
      if (stop.aborted) return;
      const work = attendant.attend().catch((error: unknown) => report(error, plan, context));
      atWork.add(work);
      await work;
      atWork.delete(work);
    };
    const job = new SimpleIntervalJob(
      { milliseconds: sharing.tickMs, runImmediately: true },
      new AsyncTask(plan.task.id, attend),
      { id: plan.task.id, preventOverrun: true },
    );
    scheduler.addSimpleIntervalJob(job);
  }
  if (!stop.aborted) await once(stop, "abort");
  scheduler.stop();
  await Promise.all(atWork);
}

/** What passes by itself: the next look tries again, a locked or absent database delays and nothing is lost. */
const PASSING: ReadonlySet<DatabaseErrorCode> = new Set<DatabaseErrorCode>(["DATABASE_BUSY", "DATABASE_UNAVAILABLE"]);

function report(error: unknown, { task }: PlannedTask, { logger, stop }: WorkerContext): void {
  if (stop.aborted) return;
  const isExpected = error instanceof DatabaseError;
  const fields = isExpected
    ? { task: task.name, code: error.code, reason: error.message }
    : { task: task.name, err: error };
  logger[isExpected && PASSING.has(error.code) ? "warn" : "error"](fields, "cycle interrupted; it goes on later");
}
