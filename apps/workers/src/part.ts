import type { CycleCounts, CyclePart, ExperimentFailure, RegisteredExperiment } from "@autosubmit-api/db";
import { collect } from "./batch.js";
import type { LeaseKeeper } from "./lease.js";
import { ReadFailure } from "./readers/reader-pool.js";
import type { WorkerContext } from "./worker-context.js";
import type { RangeRecorder, TaskReading, WorkerTask } from "./worker-task.js";

/** A part of a cycle in the hands of this worker. */
export interface PartJob {
  task: WorkerTask;
  part: CyclePart;
  leases: LeaseKeeper;
  /** How long one experiment may take. */
  timeoutMs: number;
  /** Aborted when the worker stops, or another part of the cycle has failed. */
  signal: AbortSignal;
  /** Called when the part cannot succeed any more, before it returns. */
  onFailure(error: unknown): void;
}

/** What became of one experiment. */
interface Outcome {
  experiment: RegisteredExperiment;
  known: string | null;
  result: TaskReading<unknown> | ReadFailure;
}

/** Rows are stored this many at a time: Autosubmit waits no longer than that takes. */
const STORE_AT_ONCE = 50;
/** Nor do findings wait longer than this for others, of which one may hang. */
const STORE_AFTER_MS = 1_000;

/**
 * Reads the experiments of a part and stores what is found, as it comes.
 * @throws DatabaseError, LeaseLostError; then what was stored is good and the part is done again
 */
export async function workOnPart(job: PartJob, context: WorkerContext): Promise<CycleCounts> {
  const { task, part, signal } = job;
  const { databases, readers } = context;
  const experiments = await databases.experiments.list(part.range);
  const fingerprints = await databases.workerRecords.listFingerprints(task.id, part.range);
  const failures = await databases.workerRecords.listFailures(task.id, part.range);
  const recorder = await task.openRange(context, part.range);
  const failing = new Map(failures.map((failure) => [failure.expId, failure]));
  const counts: CycleCounts = { examined: 0, read: 0, changed: 0, failed: 0 };

  const outcomes = collect<Outcome>({
    size: STORE_AT_ONCE,
    intervalMs: STORE_AFTER_MS,
    pass: async (items) => {
      job.leases.check(part.part);
      await storeOutcomes(items, { job, context, recorder, failing, counts });
    },
    onError: job.onFailure,
  });
  try {
    await Promise.all(
      experiments.map(async (experiment) => {
        const known = recorder.trusted(experiment, fingerprints.get(experiment.id) ?? null);
        const { name: expid, autosubmitVersion } = experiment;
        const result = await readers
          .read({ reading: task.id, expid, autosubmitVersion, fingerprint: known }, job.timeoutMs)
          .catch(failureOrThrow);
        if (!signal.aborted) outcomes.add({ experiment, known, result });
      }),
    );
  } finally {
    await outcomes.end();
  }
  return counts;
}

function failureOrThrow(error: unknown): ReadFailure {
  if (error instanceof ReadFailure) return error;
  throw error;
}

interface StoreContext {
  job: PartJob;
  context: WorkerContext;
  recorder: RangeRecorder<unknown>;
  failing: ReadonlyMap<number, ExperimentFailure>;
  counts: CycleCounts;
}

/** Findings are stored before fingerprints: after a crash in between they are found once more. */
async function storeOutcomes(outcomes: readonly Outcome[], store: StoreContext): Promise<void> {
  const { job, context, recorder, failing, counts } = store;
  const logger = context.logger.child({ task: job.task.name });
  const readings = outcomes.flatMap(({ experiment, known, result }) =>
    result instanceof ReadFailure ? [] : [{ experiment, known, ...result }],
  );
  const failures = outcomes.flatMap(({ experiment: { id, name }, result }) =>
    result instanceof ReadFailure ? [{ expId: id, expid: name, message: result.message }] : [],
  );
  const findings = readings.filter(({ finding }) => finding !== null);
  const changed = await recorder.store(findings);
  await context.databases.workerRecords.store(
    job.task.id,
    {
      fingerprints: readings.flatMap(({ experiment, known, fingerprint }) =>
        fingerprint === null || fingerprint === known ? [] : [{ expId: experiment.id, fingerprint }],
      ),
      failures,
      recovered: readings.map(({ experiment }) => experiment.id).filter((id) => failing.has(id)),
    },
    context.clock(),
  );
  for (const { expId, expid, message } of failures) {
    if (failing.get(expId)?.message !== message) logger.warn({ expid, reason: message }, "experiment failed");
  }
  counts.examined += outcomes.length;
  counts.read += readings.filter(({ inFull }) => inFull).length;
  counts.changed += changed.length;
  counts.failed += failures.length;
}
