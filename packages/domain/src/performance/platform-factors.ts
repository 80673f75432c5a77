import type { ConfigurationFacts } from "autosubmit-reader";
import { platformSettings, sectionSettings } from "../configuration/settings.js";

/** The platform of the SIM jobs; factors are null when they are not configured (`unset`) or no number (`invalid`). */
export interface PerformancePlatform {
  /** Empty when the configuration does not name one. */
  name: string;
  carbonFactor: number | null;
  carbonFactorProblem: FactorProblem | null;
  powerUsageEffectiveness: number | null;
  powerUsageEffectivenessProblem: FactorProblem | null;
}

export type FactorProblem = "unset" | "invalid";

/**
 * The platform of the SIM section, with its CF and PUE. A section of an INI configuration that does not name its platform
 * has none here, as in the reference.
 */
export function simulationPlatform(configuration: ConfigurationFacts): PerformancePlatform {
  const name = sectionSettings(configuration, "SIM").platform;
  const settings = platformSettings(configuration, name);
  const carbon = parseFactor(name === "" ? "" : settings.carbonFactor);
  const effectiveness = parseFactor(name === "" ? "" : settings.powerUsageEffectiveness);
  return {
    name,
    carbonFactor: carbon.value,
    carbonFactorProblem: carbon.problem,
    powerUsageEffectiveness: effectiveness.value,
    powerUsageEffectivenessProblem: effectiveness.problem,
  };
}

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

function parseFactor(text: string): { value: number | null; problem: FactorProblem | null } {
  if (text === "") return { value: null, problem: "unset" };
  return DECIMAL.test(text) ? { value: Number(text), problem: null } : { value: null, problem: "invalid" };
}
