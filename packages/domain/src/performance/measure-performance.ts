import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { ConfigurationFacts } from "autosubmit-reader";
import { processingElements } from "../configuration/processing-elements.js";
import { sectionSettings } from "../configuration/settings.js";
import { type OutlierSeparation, separateOutliers } from "../metrics/outliers.js";
import { averagePostSeconds, yearsPerChunk } from "../metrics/simulated-years.js";
import { measureFigures, type PerformanceFigures } from "./performance-figures.js";
import { type PerformancePlatform, simulationPlatform } from "./platform-factors.js";
import type { PerformanceJob, Simulation } from "./simulation.js";

/** What the performance of an experiment is measured from. */
export interface PerformanceInput {
  /** In the order of the job list; sections other than SIM, POST, TRANSFER and CLEAN are not looked at. */
  jobs: readonly PerformanceJob[];
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
  /** Completed jobs that may end the span of RSYPD: TRANSFER, or CLEAN where no TRANSFER is completed. */
  finalJobs: PerformanceJob[];
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
export function measurePerformance({ jobs, configuration }: PerformanceInput): PerformanceView {
  const bySection = completedBySection(jobs);
  const postAverage = averagePostSeconds(bySection.POST);
  const elements = processingElements(sectionSettings(configuration, "SIM"));
  const simulate = (job: PerformanceJob): Simulation => ({
    ...job,
    years: chunkYears(job, configuration),
    processingElements: elements,
    averagePostSeconds: 0,
  });
  const { considered, excluded } = separateOutliers(bySection.SIM.map(simulate));
  const simulations = {
    considered: considered.map((simulation) => ({ ...simulation, averagePostSeconds: postAverage })),
    excluded,
  };
  const platform = simulationPlatform(configuration);
  const finalJobs = bySection.TRANSFER.length > 0 ? bySection.TRANSFER : bySection.CLEAN;
  const span = realSpan(simulations.considered, finalJobs);
  const input = {
    simulations: simulations.considered,
    averagePostSeconds: postAverage,
    spanSeconds: span?.seconds ?? null,
    platform,
  };
  const inVersion1 = measureFigures(input, 1);
  const hasSplits = simulations.considered.some(({ splits }) => splits !== null && splits > 1);
  return {
    processingElements: elements,
    platform,
    simulations,
    pending: jobs.filter((job) => job.section === "SIM" && job.status !== JOB_STATUS_CODES.COMPLETED),
    postJobs: bySection.POST,
    averagePostSeconds: postAverage,
    finalJobs,
    span,
    figures: { 1: inVersion1, 2: hasSplits ? measureFigures(input, 2) : inVersion1 },
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
function chunkYears({ runChunk }: PerformanceJob, { chunkUnit, chunkSize }: ConfigurationFacts): number {
  const years = runChunk === null ? 0 : yearsPerChunk(runChunk);
  return years > 0 ? years : yearsPerChunk({ chunkUnit, chunkSize });
}

function realSpan(simulations: readonly Simulation[], finalJobs: readonly PerformanceJob[]): RealSpan | null {
  let [firstSimulation] = simulations;
  let [lastJob] = finalJobs;
  if (firstSimulation === undefined || lastJob === undefined) return null;
  for (const simulation of simulations) if (simulation.startAt < firstSimulation.startAt) firstSimulation = simulation;
  for (const job of finalJobs) if (job.finishAt > lastJob.finishAt) lastJob = job;
  const seconds = Math.max(0, lastJob.finishAt - firstSimulation.startAt);
  return { section: lastJob.section === "TRANSFER" ? "TRANSFER" : "CLEAN", firstSimulation, lastJob, seconds };
}
