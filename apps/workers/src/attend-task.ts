import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerCycle } from "@autosubmit-api/db";
import type { TaskSettings } from "./config/task-settings.js";
import { startCycle, workOnCycle } from "./cycle.js";
import { describeSchedule, nextRunAt, type Schedule } from "./schedule.js";
import type { WorkerContext } from "./worker-context.js";
import type { WorkerTask } from "./worker-task.js";

/** A task with what the settings say about it. */
export interface PlannedTask {
  task: WorkerTask;
  enabled: boolean;
  schedule: Schedule;
  /** How long one experiment may take. */
  timeoutMs: number;
}

export function planTask(task: WorkerTask, settings: TaskSettings, disabled: boolean): PlannedTask {
  return {
    task,
    enabled: settings.enabled && !disabled,
    schedule: settings.schedule ?? { kind: "interval", minutes: task.intervalMinutes },
    timeoutMs: settings.experimentTimeoutMs ?? task.experimentTimeoutMs,
  };
}

/** What a task's next run depends on besides its plan. */
export interface DueInput {
  /** The task's newest cycle, null when it never ran. */
  last: WorkerCycle | null;
  workerStart: Date;
  now: Date;
  /** IANA name. */
  timeZone: string;
}

/** A start this far ahead is from before the clock was set back; clocks of hosts differ by less. */
const CLOCK_TOLERANCE_MS = 60_000;

/** When a task is due next, as this worker sees it. Null when it is not enabled or has no next time. */
export function dueAt(plan: PlannedTask, { last, workerStart, now, timeZone }: DueInput): Date | null {
  if (!plan.enabled) return null;
  const isPlausible = last !== null && last.startedAt.getTime() <= now.getTime() + CLOCK_TOLERANCE_MS;
  return nextRunAt(plan.schedule, { lastStart: isPlausible ? last.startedAt : null, workerStart, timeZone });
}

/** Looks whether there is something to do for one task, and does it; called again and again. */
export interface TaskAttendant {
  attend(): Promise<void>;
}

/**
 * Works on the cycle that is under way, or starts one when the task is due. Any number of workers may do so.
 * @param runOnStart the first look starts a cycle whether it is due or not
 */
export function taskAttendant(
  plan: PlannedTask,
  { workerStart, runOnStart }: { workerStart: Date; runOnStart: boolean },
  context: WorkerContext,
): TaskAttendant {
  const { databases, clock, timeZone } = context;
  let atOnce = runOnStart;
  let announced: Date | null | undefined;

  let start = workerStart;

  const due = (last: WorkerCycle | null) => {
    const now = clock();
    // Set back since: a time that this worker started at would be awaited once more.
    if (start.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) start = now;
    return dueAt(plan, { last, workerStart: start, now, timeZone: timeZone.name });
  };
  const announceChange = async (last: WorkerCycle | null) => {
    const next = due(last);
    if (next?.getTime() === announced?.getTime() && announced !== undefined) return;
    await announce(plan, next, context);
    announced = next;
  };

  return {
    async attend() {
      const last = await databases.workerCycles.findLast(plan.task.id);
      await announceChange(last);
      if (!plan.enabled) return;
      const next = due(last);
      const isDue = atOnce || (next !== null && next <= clock());
      const underWay = last !== null && last.finishedAt === null;
      const cycle = underWay ? last : isDue ? await startCycle(plan.task, last, context) : null;
      if (cycle === null) return;
      if (!underWay) atOnce = false;
      await workOnCycle(plan.task, cycle, plan.timeoutMs, context);
      context.readers.rest();
      await announceChange(cycle);
    },
  };
}

/** Makes known what is intended with a task, for `GET /v4/workers`. */
async function announce(
  { task, enabled, schedule }: PlannedTask,
  nextRunAt: Date | null,
  { databases, worker, clock }: WorkerContext,
): Promise<void> {
  const plan = { task: task.id, enabled, schedule: describeSchedule(schedule), nextRunAt };
  await databases.workerTasks.announce(plan, worker, clock());
}

/** Time between two looks whether other workers have finished. */
const LOOK_AGAIN_MS = 500;

/**
 * Runs one whole cycle now, with the help of other workers where there are some. A cycle that was under way is finished
 * first: what it had seen before is not news.
 * @returns the cycle, or null when the worker was stopped before its end
 */
export async function runOnce(plan: PlannedTask, context: WorkerContext): Promise<WorkerCycle | null> {
  const { workerCycles } = context.databases;
  const last = await workerCycles.findLast(plan.task.id);
  const before = last && (await finishCycle(plan, last, context));
  if (context.stop.aborted) return null;
  const started = (await startCycle(plan.task, before, context)) ?? (await workerCycles.findLast(plan.task.id));
  const cycle = started && (await finishCycle(plan, started, context));
  const now = context.clock();
  const next = dueAt(plan, { last: cycle, workerStart: now, now, timeZone: context.timeZone.name });
  await announce(plan, next, context);
  return cycle?.finishedAt ? cycle : null;
}

async function finishCycle(plan: PlannedTask, cycle: WorkerCycle, context: WorkerContext): Promise<WorkerCycle> {
  for (let current = cycle; ; ) {
    if (current.finishedAt !== null || context.stop.aborted) return current;
    const parts = await workOnCycle(plan.task, current, plan.timeoutMs, context);
    if (parts === 0) await sleep(LOOK_AGAIN_MS, undefined, { signal: context.stop }).catch(() => undefined);
    current = (await context.databases.workerCycles.find(cycle.id)) ?? { ...current, finishedAt: context.clock() };
  }
}
