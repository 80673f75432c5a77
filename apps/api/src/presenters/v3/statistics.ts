import { isoInstant, type JobStatistics, type StatisticsView } from "@autosubmit-api/domain";
import type { StatisticsV3Body, TimeZone } from "@autosubmit-api/shared-types";

/** The period that was asked for, epoch seconds; `from` is null for the whole history. */
export interface StatisticsPeriod {
  from: number | null;
  to: number;
}

/** @param section what was asked for: a section name, or `Any` */
export function presentStatistics(
  view: StatisticsView,
  period: StatisticsPeriod,
  section: string,
  zone: TimeZone,
): StatisticsV3Body {
  const from = period.from === null ? "None" : periodText(period.from, zone);
  const to = periodText(period.to, zone);
  if (view.consideredCount === 0)
    return presentStatisticsFailure(`No job of section ${section} was active in the period from ${from} to ${to}.`);
  const { summary } = view;
  return {
    error: false,
    error_message: "",
    Statistics: { Period: { From: from, To: to }, JobStatistics: view.jobs.map(presentJob) },
    summary: {
      cpuConsumptionPercentage: summary.cpuPercentage,
      totalQueueTime: summary.totalQueueHours,
      submittedCount: summary.submittedCount,
      runCount: summary.submittedCount,
      completedCount: summary.completedCount,
      failedCount: summary.failedCount,
      inFlightCount: summary.inFlightCount,
      expectedConsumption: summary.expectedHours,
      realConsumption: summary.realHours,
      failedRealConsumption: summary.failedRealHours,
      expectedCpuConsumption: summary.expectedCpuHours,
      cpuConsumption: summary.cpuHours,
      failedCpuConsumption: summary.failedCpuHours,
    },
  };
}

export function presentStatisticsFailure(message: string): StatisticsV3Body {
  return { error: true, error_message: message, Statistics: null, summary: null };
}

/** With a space, as the GUI shows it. */
function periodText(epochSeconds: number, zone: TimeZone): string {
  return isoInstant(epochSeconds, zone)?.replace("T", " ") ?? "None";
}

function presentJob(job: JobStatistics): NonNullable<StatisticsV3Body["Statistics"]>["JobStatistics"][number] {
  return {
    name: job.name,
    processors: job.processingElements,
    wallclock: job.wallclockHours,
    completedQueueTime: job.completedQueueHours,
    completedRunTime: job.completedRunHours,
    failedQueueTime: job.failedQueueHours,
    failedRunTime: job.failedRunHours,
    cpuConsumption: job.cpuHours,
    failedCpuConsumption: job.failedCpuHours,
    expectedCpuConsumption: job.expectedCpuHours,
    realConsumption: job.realHours,
    failedRealConsumption: job.failedRunHours,
    expectedConsumption: job.wallclockHours,
    retrialCount: job.attemptCount,
    submittedCount: job.attemptCount,
    completedCount: job.completedCount,
    failedCount: job.failedCount,
    inFlightCount: job.inFlightCount,
  };
}
