import {
  type ExplainedMetric,
  footprintGrams,
  isoTime,
  type JobSetName,
  type PerformanceExplanation,
  type PerformancePlatform,
  type PerformanceView,
  type Simulation,
  simulationFigures,
  yearsOf,
} from "@autosubmit-api/domain";
import type { MetricV4Body, PerformanceV4Body, TimeZone } from "@autosubmit-api/shared-types";

const VERSION = 2;
const DOCUMENT = "docs/metrics.md";

export function presentPerformance(
  expid: string,
  view: PerformanceView,
  { metrics, jobSets }: PerformanceExplanation,
  zone: TimeZone,
): PerformanceV4Body {
  const { platform, simulations } = view;
  return {
    expid,
    platform: {
      name: platform.name === "" ? null : platform.name,
      carbon_factor: platform.carbonFactor,
      power_usage_effectiveness: platform.powerUsageEffectiveness,
    },
    metrics: metrics.map((metric) => presentMetric(metric, jobSets, zone)),
    simulations: simulations.considered.map((simulation) => presentSimulation(simulation, platform, zone)),
    job_sets: Object.fromEntries(
      Object.entries(jobSets).map(([name, { considered, excluded }]) => [
        name,
        { considered: [...considered], excluded: excluded.map((job) => ({ ...job })) },
      ]),
    ),
  };
}

function presentMetric(
  metric: ExplainedMetric,
  jobSets: PerformanceExplanation["jobSets"],
  zone: TimeZone,
): MetricV4Body {
  const { formula, jobSet } = metric;
  return {
    name: formula.name,
    value: metric.value,
    unit: formula.unit,
    formula: {
      name: formula.name,
      version: formula.version,
      expression: formula.expression,
      document: `${DOCUMENT}#${formula.name.toLowerCase()}`,
    },
    version_1_value: metric.version1Value,
    inputs: { ...metric.inputs },
    instants: Object.fromEntries(Object.entries(metric.instants).map(([name, at]) => [name, isoTime(at, zone)])),
    jobs: jobSet === null ? null : presentJobCounts(jobSet, jobSets),
    missing: metric.missing,
    reason: metric.reason,
    caveats: [...metric.caveats],
  };
}

function presentJobCounts(name: JobSetName, jobSets: PerformanceExplanation["jobSets"]): MetricV4Body["jobs"] {
  const { considered, excluded } = jobSets[name];
  return { set: name, considered: considered.length, excluded: excluded.length };
}

function presentSimulation(
  simulation: Simulation,
  platform: PerformancePlatform,
  zone: TimeZone,
): PerformanceV4Body["simulations"][number] {
  const figures = simulationFigures(simulation, VERSION);
  const { energyJoules } = simulation;
  const { carbonFactor, powerUsageEffectiveness } = platform;
  const hasFootprint = energyJoules > 0 && carbonFactor !== null && powerUsageEffectiveness !== null;
  return {
    name: simulation.name,
    chunk: simulation.chunk,
    split: simulation.split,
    splits: simulation.splits,
    years: yearsOf(simulation, VERSION),
    queue_seconds: simulation.queueSeconds,
    run_seconds: simulation.runSeconds,
    energy_joules: energyJoules > 0 ? energyJoules : null,
    footprint_grams: hasFootprint ? footprintGrams(energyJoules, { carbonFactor, powerUsageEffectiveness }) : null,
    start: isoTime(simulation.startAt, zone),
    finish: isoTime(simulation.finishAt, zone),
    SYPD: figures.sypd,
    ASYPD: figures.asypd,
    CHSY: figures.chsy,
    JPSY: energyJoules > 0 ? figures.jpsy : null,
  };
}
