import { footprintGrams } from "../metrics/efficiency.js";
import { divideSumOfHundredths, roundHalfEven, sumExactly } from "../metrics/numbers.js";
import { SECONDS_PER_DAY } from "../metrics/simulated-years.js";
import type { PerformancePlatform } from "./platform-factors.js";
import { type FormulaVersion, type Simulation, simulationFigures, yearsOf } from "./simulation.js";

/** Figures of an experiment. Null where a figure cannot be computed; SYPD, ASYPD, RSYPD, CHSY and JPSY to 4 decimals. */
export interface PerformanceFigures {
  /** Simulated years (SY) of the jobs that count. */
  years: number;
  totalRunSeconds: number;
  totalQueueSeconds: number;
  sypd: number | null;
  asypd: number | null;
  rsypd: number | null;
  chsy: number | null;
  jpsy: number | null;
  energyJoules: number;
  footprintGrams: number | null;
}

/** What the figures are computed from: the simulations that count, and what the other sections contribute. */
export interface FigureInput {
  simulations: readonly Simulation[];
  averagePostSeconds: number;
  /** Seconds from the first start to the last end; null when unknown. */
  spanSeconds: number | null;
  platform: PerformancePlatform;
}

/**
 * The figures of an experiment.
 *
 *     SY    = Σ years
 *     SYPD  = SY × 86400 / Σ run
 *     ASYPD = SY × 86400 / (Σ run + Σ queue + average POST)
 *     RSYPD = SY × 86400 / (last TRANSFER or CLEAN end − first SIM start)
 *     CHSY  = mean of the jobs' CHSY
 *     JPSY  = Σ of the jobs' JPSY / number of jobs with energy
 *     total energy = Σ energy; footprint as in `footprintGrams`
 *
 * All over the SIM jobs that count; the jobs' own CHSY and JPSY go in rounded to 2 decimals.
 * Source: the reference's `performance/performance_metrics.py`.
 */
export function measureFigures(input: FigureInput, version: FormulaVersion): PerformanceFigures {
  const { simulations, platform } = input;
  const years = sumExactly(simulations.map((simulation) => yearsOf(simulation, version)));
  const totalRunSeconds = sumExactly(simulations.map((simulation) => simulation.runSeconds));
  const totalQueueSeconds = sumExactly(simulations.map((simulation) => simulation.queueSeconds));
  const energyJoules = sumExactly(simulations.map((simulation) => simulation.energyJoules));
  const speed = (seconds: number) =>
    years > 0 && seconds > 0 ? roundHalfEven((years * SECONDS_PER_DAY) / seconds, 4) : null;
  const { carbonFactor, powerUsageEffectiveness } = platform;
  const hasFactors = carbonFactor !== null && powerUsageEffectiveness !== null;
  return {
    years,
    totalRunSeconds,
    totalQueueSeconds,
    sypd: speed(totalRunSeconds),
    asypd: speed(totalRunSeconds + totalQueueSeconds + input.averagePostSeconds),
    rsypd: input.spanSeconds === null ? null : speed(input.spanSeconds),
    ...meanCosts(simulations, version),
    energyJoules,
    footprintGrams: hasFactors ? footprintGrams(energyJoules, { carbonFactor, powerUsageEffectiveness }) : null,
  };
}

/** CHSY over every simulation, JPSY over those with energy; null where there is none, or none with a known length. */
function meanCosts(
  simulations: readonly Simulation[],
  version: FormulaVersion,
): Pick<PerformanceFigures, "chsy" | "jpsy"> {
  const figures = simulations.map((simulation) => simulationFigures(simulation, version));
  const meanOf = (values: readonly (number | null)[], count: number) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 || count === 0 ? null : divideSumOfHundredths(known, count);
  };
  const withEnergy = simulations.filter((simulation) => simulation.energyJoules > 0).length;
  return {
    chsy: meanOf(
      figures.map((figure) => figure.chsy),
      simulations.length,
    ),
    jpsy: meanOf(
      figures.map((figure) => figure.jpsy),
      withEnergy,
    ),
  };
}
