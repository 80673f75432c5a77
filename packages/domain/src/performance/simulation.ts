import { coreHoursPerYear, joulesPerYear } from "../metrics/efficiency.js";
import { roundHalfEven } from "../metrics/numbers.js";
import { type ChunkLength, SECONDS_PER_DAY } from "../metrics/simulated-years.js";

/** What performance needs to know of a job; times of jobs inside wrappers are corrected already. */
export interface PerformanceJob {
  name: string;
  section: string;
  /** Status code. */
  status: number;
  chunk: number | null;
  split: number | null;
  /** How many jobs share the chunk; null or not positive: this one alone. */
  splits: number | null;
  queueSeconds: number;
  runSeconds: number;
  /** Epoch seconds, 0 when unknown. */
  startAt: number;
  finishAt: number;
  /** Joules, 0 when unknown. */
  energyJoules: number;
  /** Chunk length of the run that the times belong to; null when the history does not tell. */
  runChunk: ChunkLength | null;
  /** The wrapper it was submitted in. */
  wrapper: string | null;
}

/** A SIM job with the years that its chunk simulates and the processing elements it holds. */
export interface Simulation extends PerformanceJob {
  /** Years of its whole chunk; 0 when the chunk's length is not known. */
  years: number;
  processingElements: number;
  /** Average POST seconds that ASYPD adds; 0 for jobs that are left out. */
  averagePostSeconds: number;
}

/**
 * How the years of split jobs count. Version 1 is the reference's: each split counts as its whole chunk, which makes an
 * experiment with n splits look n times as fast. In version 2 the splits share their chunk.
 */
export type FormulaVersion = 1 | 2;

/** Years that a simulation stands for in the sums. */
export function yearsOf(simulation: Simulation, version: FormulaVersion): number {
  return version === 1 ? simulation.years : simulation.years / splitCount(simulation);
}

function splitCount({ splits }: Simulation): number {
  return splits !== null && splits > 0 ? splits : 1;
}

/** SYPD, ASYPD, CHSY and JPSY of one simulation, rounded to 2 decimals; null where it has none. */
export interface SimulationFigures {
  sypd: number | null;
  asypd: number | null;
  chsy: number | null;
  jpsy: number | null;
}

/**
 * The figures of one simulation. SYPD and ASYPD share the chunk among its splits in either version; CHSY and JPSY only in
 * version 2. Source: `SimJob` in the reference's `components/jobs/job_factory.py`.
 */
export function simulationFigures(simulation: Simulation, version: FormulaVersion): SimulationFigures {
  const { queueSeconds, runSeconds, averagePostSeconds, years } = simulation;
  const counted = yearsOf(simulation, version);
  return {
    sypd: rounded(yearsPerDay(years, runSeconds, splitCount(simulation))),
    asypd: rounded(yearsPerDay(years, queueSeconds + runSeconds + averagePostSeconds, splitCount(simulation))),
    chsy: rounded(coreHoursPerYear(simulation.processingElements, runSeconds, counted)),
    jpsy: rounded(joulesPerYear(simulation.energyJoules, counted)),
  };
}

function yearsPerDay(years: number, seconds: number, splits: number): number | null {
  return years > 0 && seconds > 0 ? (years * SECONDS_PER_DAY) / seconds / splits : null;
}

function rounded(value: number | null): number | null {
  return value === null ? null : roundHalfEven(value, 2);
}
