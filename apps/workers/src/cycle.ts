import { addAbortListener } from "node:events";
import type { CycleCounts, CyclePart, WorkerCycle } from "@autosubmit-api/db";
import { keepLeases } from "./lease.js";
import { type PartJob, workOnPart } from "./part.js";
import type { WorkerContext } from "./worker-context.js";
import type { WorkerTask } from "./worker-task.js";

/** Experiments of one part: what a worker that crashes leaves for others to do again. */
const PART_SIZE = 100;
const PROGRESS_EVERY_MS = 10_000;
/** Failing experiments that a summary names; the databases have all. */
const NAMED_FAILURES = 10;

/**
 * Starts a cycle over all experiments.
 * @param after the cycle that this decision was based on
 * @returns null when another worker was faster
 */
export async function startCycle(
  task: WorkerTask,
  after: WorkerCycle | null,
  context: WorkerContext,
): Promise<WorkerCycle | null> {
  const { databases, worker, clock } = context;
  const experimentIds = await databases.experiments.listIds();
  const cycle = await databases.workerCycles.start({
    task: task.id,
    worker,
    at: clock(),
    after,
    experimentIds,
    partSize: PART_SIZE,
  });
  if (cycle === null) return null;
  await task.beginCycle?.(context);
  // No experiment at all is what a main database looks like that is being restored.
  if (experimentIds.length > 0) await databases.workerRecords.forgetOthers(task.id, experimentIds);
  if (cycle.finishedAt) await summarise(task, cycle, context);
  return cycle;
}

/**
 * Does what is left of a cycle and nobody else is at, and returns when there is nothing more to take; others may still be
 * at work. @returns how many parts this worker did
 * @throws DatabaseError; what is left can be done later
 */
export async function workOnCycle(
  task: WorkerTask,
  cycle: WorkerCycle,
  timeoutMs: number,
  context: WorkerContext,
): Promise<number> {
  const { databases, readers, logger } = context;
  const leases = keepLeases(cycle, context);
  const failed = new AbortController();
  const signal = AbortSignal.any([context.stop, failed.signal]);
  const done: CycleCounts = { examined: 0, read: 0, changed: 0, failed: 0 };
  const progress = setInterval(
    () => logger.info({ task: task.name, examined: done.examined, experiments: cycle.experiments }, "progress"),
    PROGRESS_EVERY_MS,
  );
  const work = async (part: CyclePart) => {
    const job: PartJob = { task, part, leases, timeoutMs, signal, onFailure: (error) => failed.abort(error) };
    try {
      const counts = await workOnPart(job, context);
      add(done, counts);
      if (!signal.aborted) await finishPart(job, counts, cycle, context);
    } catch (error) {
      failed.abort(error);
    }
  };
  const parts: Promise<void>[] = [];
  const stopped = aborted(signal);
  try {
    for (;;) {
      await Promise.race([readers.whenFree(), stopped]);
      if (signal.aborted) break;
      const part = await databases.workerCycles.claim(cycle.id, leases.claim());
      if (part === null) break;
      leases.hold(part.part);
      parts.push(work(part));
    }
  } finally {
    await Promise.all(parts);
    clearInterval(progress);
    leases.end();
    if (signal.aborted) await giveBack(cycle, context);
  }
  failed.signal.throwIfAborted();
  return parts.length;
}

/** What is left of the cycle need not wait for the lease to end. */
async function giveBack(cycle: WorkerCycle, { databases, worker, logger }: WorkerContext): Promise<void> {
  try {
    await databases.workerCycles.release(cycle.id, worker);
  } catch (error) {
    logger.warn({ err: error, cycle: cycle.id }, "parts were not given back and wait for their lease to end");
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else addAbortListener(signal, () => resolve());
  });
}

function add(sum: CycleCounts, counts: CycleCounts): void {
  sum.examined += counts.examined;
  sum.read += counts.read;
  sum.changed += counts.changed;
  sum.failed += counts.failed;
}

async function finishPart(
  job: PartJob,
  counts: CycleCounts,
  cycle: WorkerCycle,
  context: WorkerContext,
): Promise<void> {
  const { databases, worker, clock, logger } = context;
  const outcome = await databases.workerCycles.finish(job.part, worker, clock(), counts);
  if (outcome === "lost") logger.warn({ task: job.task.name, part: job.part.part }, "another worker took a part over");
  if (outcome !== "cycle") return;
  const finished = await databases.workerCycles.find(cycle.id);
  await summarise(job.task, finished ?? cycle, context);
}

async function summarise(task: WorkerTask, cycle: WorkerCycle, { databases, logger }: WorkerContext): Promise<void> {
  const { id, experiments, examined, read, changed, failed, startedAt, finishedAt } = cycle;
  const failures = failed === 0 ? [] : await databases.workerRecords.listFailures(task.id);
  logger.info(
    {
      task: task.name,
      cycle: id,
      experiments,
      examined,
      read,
      changed,
      failed,
      durationMs: finishedAt ? finishedAt.getTime() - startedAt.getTime() : null,
      ...(failed > 0 ? { failing: failures.slice(0, NAMED_FAILURES).map(({ expid }) => expid) } : {}),
    },
    "cycle finished",
  );
}
