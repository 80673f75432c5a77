import type { ExperimentRunRecord } from "autosubmit-reader";
import { type HistoryAttempt, indexWrappers, isOfSection, type WrapperIndex } from "../history/history-attempt.js";
import { coreHoursPerYear } from "../metrics/efficiency.js";
import { roundHalfEven, sumExactly } from "../metrics/numbers.js";
import { separateOutliers } from "../metrics/outliers.js";
import { SECONDS_PER_DAY, yearsPerChunk } from "../metrics/simulated-years.js";
import { wrapperQueueByStart } from "../metrics/wrapper-queue.js";

/** A run with the speed and cost of its simulations; null where they cannot be computed. To 2 decimals. */
export interface RunView {
  run: ExperimentRunRecord;
  /** SYPD = SIM jobs × years per chunk × 86400 / Σ run. */
  sypd: number | null;
  /**
   * ASYPD = SIM attempts × years per chunk × 86400 / (Σ (queue + run) + average POST), over all completed attempts of the
   * jobs that count; null without POST jobs.
   */
  asypd: number | null;
  /** CHSY = mean of (processors × run) / years per chunk / 3600. */
  chsy: number | null;
}

/**
 * Measures every run by its completed SIM and POST attempts, outliers left out, newest run first. Attempts of other
 * sections and states only serve the queue time inside wrappers.
 * Source: `get_experiment_runs` in the reference's `experiment/common_requests.py`, `history/data_classes/experiment_run.py`.
 * differs: 0 there for a run whose chunk has no length.
 */
export function measureRuns(runs: readonly ExperimentRunRecord[], attempts: readonly HistoryAttempt[]): RunView[] {
  const completed = attempts.filter((attempt) => attempt.status === "COMPLETED");
  const wrappers = indexWrappers(newestOfEachRun(completed));
  const simulations = groupByRun(completed.filter((attempt) => isOfSection(attempt, "SIM")));
  const postJobs = groupByRun(completed.filter((attempt) => isOfSection(attempt, "POST")));
  return runs
    .map((run) => measureRun(run, simulations.get(run.run_id) ?? [], postJobs.get(run.run_id) ?? [], wrappers))
    .sort((a, b) => b.run.run_id - a.run.run_id);
}

/** One attempt per job and run, the one written last. */
function newestOfEachRun(completed: readonly HistoryAttempt[]): Iterable<HistoryAttempt> {
  const newest = new Map<string, HistoryAttempt>();
  for (const attempt of completed) {
    if (attempt.wrapperCode === null) continue;
    const key = `${attempt.runId}/${attempt.name}`;
    const known = newest.get(key);
    if (known === undefined || attempt.id > known.id) newest.set(key, attempt);
  }
  return newest.values();
}

function groupByRun(attempts: readonly HistoryAttempt[]): Map<number, HistoryAttempt[]> {
  const groups = new Map<number, HistoryAttempt[]>();
  for (const attempt of attempts) {
    if (attempt.runId === null) continue;
    const group = groups.get(attempt.runId);
    if (group === undefined) groups.set(attempt.runId, [attempt]);
    else group.push(attempt);
  }
  return groups;
}

function measureRun(
  run: ExperimentRunRecord,
  completedSimulations: readonly HistoryAttempt[],
  postJobs: readonly HistoryAttempt[],
  wrappers: WrapperIndex,
): RunView {
  const simulations = separateOutliers(completedSimulations).considered;
  const years = yearsPerChunk({ chunkUnit: run.chunk_unit, chunkSize: run.chunk_size });
  if (simulations.length === 0 || years === 0) return { run, sypd: null, asypd: null, chsy: null };
  const totalSeconds = (attempt: HistoryAttempt) =>
    wrapperQueueByStart(attempt, wrappers.mates(attempt)) + attempt.runSeconds;
  const speed = (count: number, seconds: number) => {
    const perSimulation = (years * SECONDS_PER_DAY) / seconds;
    return roundHalfEven(count * perSimulation, 2);
  };
  const ofConsidered = attemptsOfSameJobs(completedSimulations, simulations);
  const runSeconds = sumExactly(simulations.map((attempt) => attempt.runSeconds));
  const coreSeconds = sumExactly(simulations.map((attempt) => attempt.processors * attempt.runSeconds));
  const coreHours = coreHoursPerYear(1, coreSeconds / simulations.length, years);
  return {
    run,
    sypd: speed(simulations.length, runSeconds),
    asypd:
      postJobs.length === 0
        ? null
        : speed(
            ofConsidered.length,
            sumExactly(ofConsidered.map(totalSeconds)) + averagePost(postJobs.map(totalSeconds)),
          ),
    chsy: coreHours === null ? null : roundHalfEven(coreHours, 2),
  };
}

/**
 * The attempts of every job of which one attempt is considered. ASYPD of a run is computed from all of them, outliers and
 * attempts without run time included: the reference's rule, kept so that figures of runs stay comparable.
 */
function attemptsOfSameJobs(
  attempts: readonly HistoryAttempt[],
  considered: readonly HistoryAttempt[],
): HistoryAttempt[] {
  const names = new Set(considered.map((attempt) => attempt.name));
  return attempts.filter((attempt) => names.has(attempt.name));
}

/** To 2 decimals, as the reference has it here (and to 4 in the performance of the experiment). */
function averagePost(totals: readonly number[]): number {
  return roundHalfEven(sumExactly(totals) / totals.length, 2);
}
