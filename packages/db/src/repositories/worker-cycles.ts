import { and, asc, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { Database, Queries } from "../database.js";
import { workerCyclesTable } from "../schema/worker-cycles.js";
import { workerLeasesTable } from "../schema/worker-leases.js";
import type { ExperimentRange } from "./experiments.js";

/** What a cycle, or a part of one, came to. */
export interface CycleCounts {
  /** Experiments whose sources were looked at. */
  examined: number;
  /** Of these, experiments that were read in full because something had changed. */
  read: number;
  /** Experiments whose row was written. */
  changed: number;
  /** Experiments that could not be handled. */
  failed: number;
}

/** One run of a task over all experiments, shared by all workers. */
export interface WorkerCycle extends CycleCounts {
  id: number;
  task: string;
  startedAt: Date;
  /** The worker that started it. */
  startedBy: string;
  /** Null while it is not finished. */
  finishedAt: Date | null;
  /** Experiments of the site when it started. */
  experiments: number;
}

/** A share of a cycle that one worker holds. */
export interface CyclePart {
  cycleId: number;
  part: number;
  range: ExperimentRange;
}

/** Who acts, and when; `leaseMs` is how long a part stays with a worker that gives no sign of life. */
export interface Claim {
  worker: string;
  at: Date;
  leaseMs: number;
}

/** `cycle`: it was the last part, and the cycle is finished. `lost`: another worker has taken it; nothing was counted. */
export type FinishedPart = "part" | "cycle" | "lost";

export interface StartCycle {
  task: string;
  worker: string;
  at: Date;
  /** The cycle that the decision to start was based on; null when there was none. */
  after: WorkerCycle | null;
  /** Numbers of all experiments, ascending. */
  experimentIds: readonly number[];
  /** Experiments of one part. */
  partSize: number;
}

export interface WorkerCycleRepository {
  /** The task's newest cycle, finished or not, or null. */
  findLast(task: string): Promise<WorkerCycle | null>;
  /** The cycle of that number, or null; old ones are forgotten. */
  find(cycleId: number): Promise<WorkerCycle | null>;
  /** A new cycle, or null when another worker was faster. A cycle over no experiments is finished at once. */
  start(cycle: StartCycle): Promise<WorkerCycle | null>;
  /** A part that nobody works on, or whose holder gave no sign of life in time; null when there is none. */
  claim(cycleId: number, claim: Claim): Promise<CyclePart | null>;
  /** Prolongs all that the worker holds. @returns the parts that it still holds */
  renew(cycleId: number, claim: Claim): Promise<number[]>;
  /** Ends a part. */
  finish(part: CyclePart, worker: string, at: Date, counts: CycleCounts): Promise<FinishedPart>;
  /** Gives back what the worker holds of a cycle, so that nobody need wait for the lease to end. */
  release(cycleId: number, worker: string): Promise<void>;
}

/** Finished cycles that are kept, by task. */
const KEPT_CYCLES = 100;
/** A lease that seems to last this many times its length was given before the clock was set back. */
const IMPLAUSIBLE_LEASES = 10;

/** `worker_cycles` and `worker_leases` of `autosubmit_api.db`. Hosts that share it need clocks that agree to a second or two. */
export function workerCycleRepository(api: Database): WorkerCycleRepository {
  return {
    findLast: (task) => api.read((queries) => findLast(queries, task)),
    find: (cycleId) => api.read((queries) => find(queries, cycleId)),
    start: (cycle) => api.write((queries) => start(queries, cycle)),
    claim: (cycleId, claimant) => api.write((queries) => claim(queries, cycleId, claimant)),
    renew: (cycleId, claimant) => api.write((queries) => renew(queries, cycleId, claimant)),
    finish: (part, worker, at, counts) => api.write((queries) => finish(queries, part, { worker, at, counts })),
    release: (cycleId, worker) => api.write((queries) => release(queries, cycleId, worker)),
  };
}

/** A row with its instants as dates. */
export function toWorkerCycle(row: typeof workerCyclesTable.$inferSelect): WorkerCycle {
  const finishedAt = row.finishedAt === null ? null : new Date(row.finishedAt);
  return { ...row, startedAt: new Date(row.startedAt), finishedAt };
}

async function findLast(queries: Queries, task: string): Promise<WorkerCycle | null> {
  const [row] = await queries
    .select()
    .from(workerCyclesTable)
    .where(eq(workerCyclesTable.task, task))
    .orderBy(desc(workerCyclesTable.id))
    .limit(1);
  return row ? toWorkerCycle(row) : null;
}

async function find(queries: Queries, cycleId: number): Promise<WorkerCycle | null> {
  const [row] = await queries.select().from(workerCyclesTable).where(eq(workerCyclesTable.id, cycleId));
  return row ? toWorkerCycle(row) : null;
}

async function start(queries: Queries, options: StartCycle): Promise<WorkerCycle | null> {
  const { task, worker, at, after, experimentIds, partSize } = options;
  const last = await findLast(queries, task);
  if ((last?.id ?? null) !== (after?.id ?? null) || (last && !last.finishedAt)) return null;
  const experiments = experimentIds.length;
  const startedAt = at.getTime();
  const finishedAt = experiments === 0 ? startedAt : null;
  const none = { examined: 0, read: 0, changed: 0, failed: 0 };
  const [row] = await queries
    .insert(workerCyclesTable)
    .values({ task, startedAt, startedBy: worker, finishedAt, experiments, ...none })
    .returning();
  if (!row) return null;
  for (let part = 0; part * partSize < experiments; part += 1) {
    const ids = experimentIds.slice(part * partSize, (part + 1) * partSize);
    await queries
      .insert(workerLeasesTable)
      .values({ cycleId: row.id, part, firstExpId: ids[0] ?? 0, lastExpId: ids.at(-1) ?? 0 });
  }
  return toWorkerCycle(row);
}

async function claim(queries: Queries, cycleId: number, claimant: Claim): Promise<CyclePart | null> {
  const { part, holder, expiresAt, finishedAt } = workerLeasesTable;
  const now = claimant.at.getTime();
  const free = or(isNull(holder), lt(expiresAt, now), gt(expiresAt, now + IMPLAUSIBLE_LEASES * claimant.leaseMs));
  const [found] = await queries
    .select()
    .from(workerLeasesTable)
    .where(and(eq(workerLeasesTable.cycleId, cycleId), isNull(finishedAt), free))
    .orderBy(asc(part))
    .limit(1);
  if (!found) return null;
  await queries
    .update(workerLeasesTable)
    .set({ holder: claimant.worker, expiresAt: now + claimant.leaseMs })
    .where(and(eq(workerLeasesTable.cycleId, cycleId), eq(part, found.part)));
  return { cycleId, part: found.part, range: { first: found.firstExpId, last: found.lastExpId } };
}

async function renew(queries: Queries, cycleId: number, { worker, at, leaseMs }: Claim): Promise<number[]> {
  const held = await queries
    .update(workerLeasesTable)
    .set({ expiresAt: at.getTime() + leaseMs })
    .where(
      and(
        eq(workerLeasesTable.cycleId, cycleId),
        eq(workerLeasesTable.holder, worker),
        isNull(workerLeasesTable.finishedAt),
      ),
    )
    .returning({ part: workerLeasesTable.part });
  return held.map(({ part }) => part);
}

async function release(queries: Queries, cycleId: number, worker: string): Promise<void> {
  await queries
    .update(workerLeasesTable)
    .set({ holder: null, expiresAt: null })
    .where(
      and(
        eq(workerLeasesTable.cycleId, cycleId),
        eq(workerLeasesTable.holder, worker),
        isNull(workerLeasesTable.finishedAt),
      ),
    );
}

async function finish(
  queries: Queries,
  { cycleId, part }: CyclePart,
  { worker, at, counts }: { worker: string; at: Date; counts: CycleCounts },
): Promise<FinishedPart> {
  const ended = await queries
    .update(workerLeasesTable)
    .set({ finishedAt: at.getTime() })
    .where(
      and(
        eq(workerLeasesTable.cycleId, cycleId),
        eq(workerLeasesTable.part, part),
        eq(workerLeasesTable.holder, worker),
        isNull(workerLeasesTable.finishedAt),
      ),
    )
    .returning({ part: workerLeasesTable.part });
  if (ended.length === 0) return "lost";
  const { examined, read, changed, failed } = workerCyclesTable;
  await queries
    .update(workerCyclesTable)
    .set({
      examined: sql`${examined} + ${counts.examined}`,
      read: sql`${read} + ${counts.read}`,
      changed: sql`${changed} + ${counts.changed}`,
      failed: sql`${failed} + ${counts.failed}`,
    })
    .where(eq(workerCyclesTable.id, cycleId));
  return (await finishCycleIfDone(queries, cycleId, at)) ? "cycle" : "part";
}

async function finishCycleIfDone(queries: Queries, cycleId: number, at: Date): Promise<boolean> {
  const open = await queries
    .select({ part: workerLeasesTable.part })
    .from(workerLeasesTable)
    .where(and(eq(workerLeasesTable.cycleId, cycleId), isNull(workerLeasesTable.finishedAt)))
    .limit(1);
  if (open.length > 0) return false;
  const [cycle] = await queries
    .update(workerCyclesTable)
    .set({ finishedAt: at.getTime() })
    .where(eq(workerCyclesTable.id, cycleId))
    .returning();
  await queries.delete(workerLeasesTable).where(eq(workerLeasesTable.cycleId, cycleId));
  if (cycle) await forgetOldCycles(queries, cycle.task);
  return true;
}

async function forgetOldCycles(queries: Queries, task: string): Promise<void> {
  const { id } = workerCyclesTable;
  const [oldestKept] = await queries
    .select({ id })
    .from(workerCyclesTable)
    .where(eq(workerCyclesTable.task, task))
    .orderBy(desc(id))
    .limit(1)
    .offset(KEPT_CYCLES - 1);
  if (oldestKept) {
    await queries.delete(workerCyclesTable).where(and(eq(workerCyclesTable.task, task), lt(id, oldestKept.id)));
  }
}
