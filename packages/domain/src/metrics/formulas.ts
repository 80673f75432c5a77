/** Every metric of an experiment's performance, by the name that answers and documents use. */
export type MetricName =
  | "SY"
  | "SYPD"
  | "ASYPD"
  | "RSYPD"
  | "CHSY"
  | "JPSY"
  | "total_energy"
  | "total_footprint"
  | "average_post_time"
  | "processing_elements";

/** How a metric is computed. */
export interface Formula {
  name: MetricName;
  /** Grows when the same inputs would give another value. Version 1 is the reference's. */
  version: number;
  unit: string;
  /** In terms of the inputs that an answer lists. */
  expression: string;
}

/**
 * The formulas in force; `docs/metrics.md` works each of them out by hand. Version 2 counts the splits of a chunk as parts
 * of it, where version 1 counts each as the whole.
 */
export const FORMULAS: Readonly<Record<MetricName, Formula>> = {
  SY: { name: "SY", version: 2, unit: "years", expression: "sum over simulations of years_per_chunk / splits" },
  SYPD: {
    name: "SYPD",
    version: 2,
    unit: "years/day",
    expression: "simulated_years * 86400 / total_run_seconds",
  },
  ASYPD: {
    name: "ASYPD",
    version: 2,
    unit: "years/day",
    expression: "simulated_years * 86400 / (total_run_seconds + total_queue_seconds + average_post_seconds)",
  },
  RSYPD: { name: "RSYPD", version: 2, unit: "years/day", expression: "simulated_years * 86400 / span_seconds" },
  CHSY: {
    name: "CHSY",
    version: 2,
    unit: "core-hours/year",
    expression: "mean over simulations of processing_elements * run_seconds / years / 3600",
  },
  JPSY: {
    name: "JPSY",
    version: 2,
    unit: "J/year",
    expression: "sum over simulations of energy_joules / years, divided by simulations_with_energy",
  },
  total_energy: {
    name: "total_energy",
    version: 1,
    unit: "J",
    expression: "sum over simulations of energy_joules",
  },
  total_footprint: {
    name: "total_footprint",
    version: 1,
    unit: "gCO2",
    expression: "total_energy_joules / 3.6e9 * carbon_factor * power_usage_effectiveness",
  },
  average_post_time: {
    name: "average_post_time",
    version: 1,
    unit: "s",
    expression: "mean over completed POST jobs of queue_seconds + run_seconds",
  },
  processing_elements: {
    name: "processing_elements",
    version: 1,
    unit: "cores",
    expression: "PROCESSORS of the SIM section, or nodes * PROCESSORS_PER_NODE where it asks for nodes",
  },
};
