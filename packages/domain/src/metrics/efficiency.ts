import { SECONDS_PER_HOUR } from "./simulated-years.js";

/** Joules in a megawatt hour. */
const JOULES_PER_MEGAWATT_HOUR = 3.6e9;

/**
 * CHSY of one job: core-hours per simulated year, not rounded.
 *
 *     CHSY = processing elements × run seconds / years / 3600
 *
 * Null when the job simulates nothing. Source: `SimJob.CHSY` in the reference's `components/jobs/job_factory.py`.
 */
export function coreHoursPerYear(processingElements: number, runSeconds: number, years: number): number | null {
  return years > 0 ? (processingElements * runSeconds) / years / SECONDS_PER_HOUR : null;
}

/**
 * JPSY of one job: joules per simulated year, not rounded. Null when the job simulates nothing.
 * Source: `SimJob.JPSY` in the reference's `components/jobs/job_factory.py`.
 */
export function joulesPerYear(energyJoules: number, years: number): number | null {
  return years > 0 ? energyJoules / years : null;
}

/** What turns energy into emissions on a platform. */
export interface PlatformFootprint {
  /** CF: grams of CO2 per megawatt hour of the platform's electricity. */
  carbonFactor: number;
  /** PUE: energy of the whole centre per energy of its computers, 1 at best. */
  powerUsageEffectiveness: number;
}

/**
 * Footprint: grams of CO2 of an amount of energy.
 *
 *     footprint = energy / 3.6e9 × CF × PUE
 *
 * Source: `_calculate_sum_footprint` in the reference's `performance/performance_metrics.py`.
 */
export function footprintGrams(energyJoules: number, platform: PlatformFootprint): number {
  return (energyJoules / JOULES_PER_MEGAWATT_HOUR) * platform.carbonFactor * platform.powerUsageEffectiveness;
}
