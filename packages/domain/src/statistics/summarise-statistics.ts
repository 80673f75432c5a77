import type { ConfigurationFacts } from "autosubmit-reader";
import { processingElements } from "../configuration/processing-elements.js";
import { jobWallclock, sectionSettings } from "../configuration/settings.js";
import { type Attempt, newestSeries, wasActiveAfter } from "../metrics/attempts.js";
import { type JobConsumption, type JobRequest, summariseAttempts, wallclockHours } from "../metrics/consumption.js";
import { roundHalfEven } from "../metrics/numbers.js";

/** What the statistics need to know of a job. */
export interface StatisticsJob {
  name: string;
  section: string;
  /** Start date as `YYYY-MM-DDTHH:MM:SS`; null for jobs that run once. */
  date: string | null;
  member: string | null;
  chunk: number | null;
}

/** Which jobs are asked for. */
export interface StatisticsFilter {
  /** Section name; null for all. */
  section: string | null;
  /** Only jobs that started or ended after this instant (epoch seconds); null for all. */
  activeAfter: number | null;
}

/** What the statistics are made from. */
export interface StatisticsInput {
  /** In the order of the job list. */
  jobs: readonly StatisticsJob[];
  /** All attempts of a job, oldest first; empty when it was never submitted. */
  attemptsOf: (jobName: string) => readonly Attempt[];
  configuration: ConfigurationFacts;
  /** What the site's clock shows, `YYYY-MM-DDTHH:MM:SS`: where jobs without a date are listed. */
  localNow: string;
}

/** What one job consumed. */
export interface JobStatistics extends JobConsumption {
  name: string;
}

/** Sums over all jobs; hours and core-hours to 4 decimals, queue hours and the percentage to 2. */
export interface StatisticsSummary {
  submittedCount: number;
  completedCount: number;
  failedCount: number;
  inFlightCount: number;
  expectedHours: number;
  realHours: number;
  failedRealHours: number;
  expectedCpuHours: number;
  cpuHours: number;
  failedCpuHours: number;
  totalQueueHours: number;
  /** Core-hours used per core-hours asked for, in percent; 0 when none were asked for. */
  cpuPercentage: number;
}

/** The statistics of the jobs that were asked for. */
export interface StatisticsView {
  /** How many jobs the filter let through, with attempts or without. */
  consideredCount: number;
  /** Jobs with attempts, by date, member, section and chunk; those without a date between past and future dates. */
  jobs: JobStatistics[];
  summary: StatisticsSummary;
}

/**
 * What the jobs consumed in their newest series of attempts, against what they asked for.
 * Source: `get_experiment_stats` in the reference's `experiment/common_requests.py`, `statistics/statistics.py`.
 */
export function summariseStatistics(
  { jobs, attemptsOf, configuration, localNow }: StatisticsInput,
  filter: StatisticsFilter,
): StatisticsView {
  const considered = jobs.filter(
    (job) =>
      (filter.section === null || job.section === filter.section) &&
      (filter.activeAfter === null || wasActiveAfter(attemptsOf(job.name), filter.activeAfter)),
  );
  const requests = new Map<string, JobRequest>();
  const statistics: { job: StatisticsJob; consumption: JobStatistics }[] = [];
  for (const job of considered) {
    const attempts = newestSeries(attemptsOf(job.name));
    if (attempts.length === 0) continue;
    const request = requests.get(job.section) ?? requestOf(job.section, configuration);
    requests.set(job.section, request);
    statistics.push({ job, consumption: { name: job.name, ...summariseAttempts(attempts, request) } });
  }
  statistics.sort((a, b) => compareJobs(a.job, b.job, localNow));
  const consumed = statistics.map(({ consumption }) => consumption);
  return { consideredCount: considered.length, jobs: consumed, summary: summarise(consumed) };
}

function requestOf(section: string, configuration: ConfigurationFacts): JobRequest {
  return {
    processingElements: processingElements(sectionSettings(configuration, section)),
    wallclockHours: wallclockHours(jobWallclock(configuration, section)),
  };
}

/** Jobs that compare equal, and jobs without a date among themselves, keep the order of the job list. */
function compareJobs(a: StatisticsJob, b: StatisticsJob, localNow: string): number {
  if (a.date === null && b.date === null) return 0;
  return (
    compareText(a.date ?? localNow, b.date ?? localNow) ||
    compareText(a.member ?? "", b.member ?? "") ||
    compareText(a.section, b.section) ||
    (a.chunk ?? 0) - (b.chunk ?? 0)
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function summarise(jobs: readonly JobStatistics[]): StatisticsSummary {
  // In the order of the list, as the reference adds them: sums that end halfway are rounded to the same side.
  const total = (value: (job: JobStatistics) => number) => jobs.reduce((sum, job) => sum + value(job), 0);
  const expectedCpuHours = total((job) => job.expectedCpuHours);
  const cpuHours = total((job) => job.cpuHours);
  return {
    submittedCount: total((job) => job.attemptCount),
    completedCount: total((job) => job.completedCount),
    failedCount: total((job) => job.failedCount),
    inFlightCount: total((job) => job.inFlightCount),
    expectedHours: roundHalfEven(
      total((job) => job.wallclockHours),
      4,
    ),
    realHours: roundHalfEven(
      total((job) => job.realHours),
      4,
    ),
    failedRealHours: roundHalfEven(
      total((job) => job.failedRunHours),
      4,
    ),
    expectedCpuHours: roundHalfEven(expectedCpuHours, 4),
    cpuHours: roundHalfEven(cpuHours, 4),
    failedCpuHours: roundHalfEven(
      total((job) => job.failedCpuHours),
      4,
    ),
    totalQueueHours: roundHalfEven(
      total((job) => job.completedQueueHours + job.failedQueueHours),
      2,
    ),
    cpuPercentage: expectedCpuHours > 0 ? roundHalfEven((cpuHours / expectedCpuHours) * 100, 2) : 0,
  };
}
