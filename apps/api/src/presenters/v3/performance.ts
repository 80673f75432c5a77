import {
  footprintGrams,
  type PerformancePlatform,
  type PerformanceView,
  type Simulation,
  simulationFigures,
} from "@autosubmit-api/domain";
import type { PerformanceV3Body, SimulationV3Body } from "@autosubmit-api/shared-types";

/** v3 knows version 1 of the formulas only, and writes 0 for what cannot be computed. */
const VERSION = 1;

export function presentPerformance(view: PerformanceView): PerformanceV3Body {
  const figures = view.figures[VERSION];
  const present = (simulation: Simulation) => presentSimulation(simulation, view.platform);
  return {
    SY: figures.years,
    SYPD: figures.sypd ?? 0,
    ASYPD: figures.asypd ?? 0,
    RSYPD: figures.rsypd ?? 0,
    CHSY: figures.chsy ?? 0,
    JPSY: figures.jpsy ?? 0,
    Parallelization: view.processingElements,
    Total_energy: figures.energyJoules,
    Total_footprint: figures.footprintGrams ?? 0,
    platform_info: {
      name: view.platform.name,
      CF: view.platform.carbonFactor ?? 0,
      PUE: view.platform.powerUsageEffectiveness ?? 0,
    },
    considered: view.simulations.considered.map(present),
    not_considered: view.simulations.excluded.map(({ job }) => present(job)),
    error: false,
    error_message: "",
    warnings_job_data: [...platformWarnings(view.platform), ...outlierWarnings(view), ...sectionWarnings(view)],
  };
}

/** The body of a failure; null and missing figures show as `-` in the GUI, which breaks without a body. */
export function presentPerformanceFailure(message: string): PerformanceV3Body {
  return {
    SYPD: null,
    ASYPD: null,
    RSYPD: null,
    CHSY: null,
    JPSY: null,
    Parallelization: null,
    PE: null,
    considered: [],
    error: true,
    error_message: message,
    warnings_job_data: [],
  };
}

function presentSimulation(simulation: Simulation, platform: PerformancePlatform): SimulationV3Body {
  const figures = simulationFigures(simulation, VERSION);
  return {
    name: simulation.name,
    queue: simulation.queueSeconds,
    running: simulation.runSeconds,
    CHSY: figures.chsy ?? 0,
    SYPD: figures.sypd ?? 0,
    ASYPD: figures.asypd ?? 0,
    JPSY: figures.jpsy ?? 0,
    energy: simulation.energyJoules,
    yps: simulation.years,
    ncpus: simulation.processingElements,
    chunk: simulation.chunk,
    footprint: footprintGrams(simulation.energyJoules, {
      carbonFactor: platform.carbonFactor ?? 0,
      powerUsageEffectiveness: platform.powerUsageEffectiveness ?? 0,
    }),
  };
}

function platformWarnings(platform: PerformancePlatform): string[] {
  if (platform.name === "") return ["The platform could not be obtained; therefore the footprint will be 0."];
  const warnings: string[] = [];
  const factors = [
    ["CF", platform.carbonFactorProblem],
    ["PUE", platform.powerUsageEffectivenessProblem],
  ] as const;
  for (const [name, problem] of factors) {
    const subject = `The ${name} for platform ${platform.name}`;
    if (problem === "unset") warnings.push(`${subject} could not be obtained; therefore the footprint will be 0.`);
    if (problem === "invalid")
      warnings.push(`${subject} value is not a valid number; therefore the footprint will be 0.`);
  }
  return warnings;
}

/** The text names the wrong reason, in the reference too; `/v4/experiments/{expid}/performance` names the right one. */
function outlierWarnings({ simulations }: PerformanceView): string[] {
  return simulations.excluded.map(
    ({ job }) =>
      `Considered | Job ${job.name} (Package ${job.wrapper ?? "No Package"}) has no energy information and is not going to be considered for energy calculations.`,
  );
}

function sectionWarnings({ simulations, postJobs, finalJobs }: PerformanceView): string[] {
  const warnings: string[] = [];
  if (simulations.considered.length + simulations.excluded.length === 0)
    warnings.push("We couldn't find COMPLETED SIM jobs in the experiment.");
  if (postJobs.length === 0)
    warnings.push("We couldn't find COMPLETED POST jobs in the experiment. ASYPD can't be calculated.");
  const finalSection = finalJobs[0]?.section;
  if (finalSection === undefined)
    warnings.push(
      "RSYPD | There are no TRANSFER nor CLEAN (COMPLETED) jobs in the experiment, RSYPD cannot be computed.",
    );
  if (finalSection === "CLEAN")
    warnings.push(
      "RSYPD | There are no TRANSFER (COMPLETED) jobs in the experiment. We will use (COMPLETED) CLEAN jobs to compute RSYPD.",
    );
  return warnings;
}
