import { type Static, Type } from "typebox";
import { nullableInteger, nullableText, v3ErrorFields } from "./common.js";
import { Nullable, Reference } from "./schema.js";

const nullableNumber = Nullable(Type.Number());

/** A SIM job of `GET /v3/performance/{expid}`. */
const SimulationV3 = Type.Object({
  name: Type.String(),
  queue: Type.Number({ description: "Seconds" }),
  running: Type.Number({ description: "Seconds" }),
  CHSY: Type.Number(),
  SYPD: Type.Number(),
  ASYPD: Type.Number(),
  JPSY: Type.Number(),
  energy: Type.Number({ description: "Joules" }),
  yps: Type.Number({ description: "Years that its chunk simulates" }),
  ncpus: Type.Number({ description: "Processing elements" }),
  chunk: nullableInteger,
  footprint: Type.Number({ description: "Grams of CO2" }),
});
export type SimulationV3Body = Static<typeof SimulationV3>;

/** `GET /v3/performance/{expid}`; 0 also where a figure cannot be computed, null after an error. */
export const PerformanceV3 = Type.Object(
  {
    SY: Type.Optional(Type.Number({ description: "Simulated years" })),
    SYPD: nullableNumber,
    ASYPD: nullableNumber,
    RSYPD: nullableNumber,
    CHSY: nullableNumber,
    JPSY: nullableNumber,
    Parallelization: nullableNumber,
    PE: Type.Optional(Type.Null({ description: "After an error only" })),
    Total_energy: Type.Optional(Type.Number({ description: "Joules" })),
    Total_footprint: Type.Optional(Type.Number({ description: "Grams of CO2" })),
    platform_info: Type.Optional(Type.Object({ name: Type.String(), CF: Type.Number(), PUE: Type.Number() })),
    considered: Type.Array(SimulationV3),
    not_considered: Type.Optional(Type.Array(SimulationV3)),
    ...v3ErrorFields,
    warnings_job_data: Type.Array(Type.String()),
  },
  { $id: "PerformanceV3" },
);
export type PerformanceV3Body = Static<typeof PerformanceV3>;

/** One metric of `GET /v4/experiments/{expid}/performance` and everything that it follows from. */
export const MetricV4 = Type.Object(
  {
    name: Type.String({ description: "SY, SYPD, ASYPD, RSYPD, CHSY, JPSY, total_energy, …" }),
    value: Nullable(Type.Number({ description: "Null, with a reason, where it cannot be computed; never 0 for that" })),
    unit: Type.String(),
    formula: Type.Object({
      name: Type.String(),
      version: Type.Integer({
        description: "Grows when the same inputs would give another value; 1 is the reference's",
      }),
      expression: Type.String(),
      document: Type.String({ description: "Where it is worked out by hand" }),
    }),
    version_1_value: Type.Number({ description: "What /v3/performance answers; 0 also for what cannot be computed" }),
    inputs: Type.Record(Type.String(), nullableNumber),
    instants: Type.Record(Type.String(), nullableText),
    jobs: Nullable(
      Type.Object({
        set: Type.String({ description: "Name in job_sets" }),
        considered: Type.Integer(),
        excluded: Type.Integer(),
      }),
    ),
    missing: Nullable(
      Type.Object({
        what: Type.String(),
        count: Type.Integer(),
        of: Type.Integer(),
        share: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
      }),
    ),
    reason: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
    caveats: Type.Array(Type.String()),
  },
  { $id: "MetricV4" },
);
export type MetricV4Body = Static<typeof MetricV4>;

const JobSetV4 = Type.Object({
  considered: Type.Array(Type.String()),
  excluded: Type.Array(Type.Object({ name: Type.String(), reason: Type.String(), message: Type.String() })),
});

/** A considered SIM job: what it puts into the sums, and its own figures. */
const SimulationV4 = Type.Object({
  name: Type.String(),
  chunk: nullableInteger,
  split: nullableInteger,
  splits: nullableInteger,
  years: Type.Number({ description: "Simulated years, its part of the chunk" }),
  queue_seconds: Type.Number(),
  run_seconds: Type.Number(),
  energy_joules: nullableNumber,
  footprint_grams: nullableNumber,
  start: nullableText,
  finish: nullableText,
  SYPD: nullableNumber,
  ASYPD: nullableNumber,
  CHSY: nullableNumber,
  JPSY: nullableNumber,
});

/** `GET /v4/experiments/{expid}/performance`. */
export const PerformanceV4 = Type.Object(
  {
    expid: Type.String(),
    platform: Type.Object({
      name: nullableText,
      carbon_factor: Nullable(Type.Number({ description: "CF: grams of CO2 per megawatt hour" })),
      power_usage_effectiveness: Nullable(Type.Number({ description: "PUE" })),
    }),
    metrics: Type.Array(Reference(MetricV4)),
    simulations: Type.Array(SimulationV4),
    job_sets: Type.Record(Type.String(), JobSetV4),
  },
  { $id: "PerformanceV4" },
);
export type PerformanceV4Body = Static<typeof PerformanceV4>;
