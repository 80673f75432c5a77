import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { ConfigurationFacts } from "autosubmit-reader";
import { processingElements } from "../configuration/processing-elements.js";
import { sectionSettings } from "../configuration/settings.js";
import { type OutlierSeparation, separateOutliers } from "../metrics/outliers.js";
import { averagePostSeconds, type ChunkLength, yearsPerChunk } from "../metrics/simulated-years.js";
import { measureFigures, type PerformanceFigures } from "./performance-figures.js";
import { type PerformancePlatform, simulationPlatform } from "./platform-factors.js";
import type { PerformanceJob, Simulation } from "./simulation.js";

/** What the performance of an experiment is measured from. */
export interface PerformanceInput {
  /** In the order of the job list; sections other than SIM, POST, TRANSFER and CLEAN are not looked at. */
  jobs: readonly PerformanceJob[];
  /** Chunk length by run: the run that a job belongs to says what it simulated. */
  runs: ReadonlyMap<number, ChunkLength>;
  configuration: ConfigurationFacts;
}

/** From the start of the first simulation to the end of the last job that moved its results away. */
export interface RealSpan {
  /** Section of the job that ended last: TRANSFER, or CLEAN where no TRANSFER is completed. */
  section: "TRANSFER" | "CLEAN";
  firstSimulation: Simulation;
  lastJob: PerformanceJob;
  /** Seconds; 0 when the last job ended before the first simulation started. */
  seconds: number;
}

/** The performance of an experiment as it stands in its job list. */
export interface PerformanceView {
  processingElements: number;
  platform: PerformancePlatform;
  /** Completed SIM jobs, in the order of the job list. */
  simulations: OutlierSeparation<Simulation>;
  /** SIM jobs that are not completed. */
  pending: PerformanceJob[];
  /** Completed POST jobs and the average of their queue plus run seconds. */
  postJobs: PerformanceJob[];
  averagePostSeconds: number;
  /** How many jobs of these sections are completed. */
  completedCounts: { TRANSFER: number; CLEAN: number };
  /** Null without a completed TRANSFER or CLEAN job, or without a simulation that counts. */
  span: RealSpan | null;
  /** By version of the formulas; they are the same where no simulation is split. */
  figures: { 1: PerformanceFigures; 2: PerformanceFigures };
}

/**
 * Measures an experiment: which SIM jobs count, what they simulated, how long they and their POST jobs took.
 * Source: the reference's `performance/performance_metrics.py`.
 * differs: the span of RSYPD runs from the first start to the last end; in the reference from the first SIM job of the job
 * list to its last TRANSFER or CLEAN job.
 */
export function measurePerformance({ jobs, runs, configuration }: PerformanceInput): PerformanceView {
  const bySection = completedBySection(jobs);
  const postAverage = averagePostSeconds(bySection.POST);
  const elements = processingElements(sectionSettings(configuration, "SIM"));
  const simulate = (job: PerformanceJob): Simulation => ({
    ...job,
    years: chunkYears(job, runs, configuration),
    processingElements: elements,
    averagePostSeconds: 0,
  });
  const simulations = separateOutliers(bySection.SIM.map(simulate));
  for (const simulation of simulations.considered) simulation.averagePostSeconds = postAverage;
  const platform = simulationPlatform(configuration);
  const span = realSpan(simulations.considered, bySection.TRANSFER, bySection.CLEAN);
  const input = {
    simulations: simulations.considered,
    averagePostSeconds: postAverage,
    spanSeconds: span?.seconds ?? null,
    platform,
  };
  return {
    processingElements: elements,
    platform,
    simulations,
    pending: jobs.filter((job) => job.section === "SIM" && job.status !== JOB_STATUS_CODES.COMPLETED),
    postJobs: bySection.POST,
    averagePostSeconds: postAverage,
    completedCounts: { TRANSFER: bySection.TRANSFER.length, CLEAN: bySection.CLEAN.length },
    span,
    figures: { 1: measureFigures(input, 1), 2: measureFigures(input, 2) },
  };
}

type MeasuredSection = "SIM" | "POST" | "TRANSFER" | "CLEAN";

function completedBySection(jobs: readonly PerformanceJob[]): Record<MeasuredSection, PerformanceJob[]> {
  const completed: Record<MeasuredSection, PerformanceJob[]> = { SIM: [], POST: [], TRANSFER: [], CLEAN: [] };
  for (const job of jobs) {
    if (job.status === JOB_STATUS_CODES.COMPLETED && isMeasured(job.section)) completed[job.section].push(job);
  }
  return completed;
}

function isMeasured(section: string): section is MeasuredSection {
  return section === "SIM" || section === "POST" || section === "TRANSFER" || section === "CLEAN";
}

/** The chunk of the job's run where it is known and has a length, else the configured one. */
function chunkYears(
  { runId }: PerformanceJob,
  runs: PerformanceInput["runs"],
  { chunkUnit, chunkSize }: ConfigurationFacts,
): number {
  const run = runId === null ? undefined : runs.get(runId);
  const years = run === undefined ? 0 : yearsPerChunk(run);
  return years > 0 ? years : yearsPerChunk({ chunkUnit, chunkSize });
}

function realSpan(
  simulations: readonly Simulation[],
  transfers: readonly PerformanceJob[],
  cleans: readonly PerformanceJob[],
): RealSpan | null {
  const ends = transfers.length > 0 ? transfers : cleans;
  let [firstSimulation] = simulations;
  let [lastJob] = ends;
  if (firstSimulation === undefined || lastJob === undefined) return null;
  for (const simulation of simulations) if (simulation.startAt < firstSimulation.startAt) firstSimulation = simulation;
  for (const job of ends) if (job.finishAt > lastJob.finishAt) lastJob = job;
  const seconds = Math.max(0, lastJob.finishAt - firstSimulation.startAt);
  return { section: transfers.length > 0 ? "TRANSFER" : "CLEAN", firstSimulation, lastJob, seconds };
}
