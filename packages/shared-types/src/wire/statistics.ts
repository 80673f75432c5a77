import { type Static, Type } from "typebox";
import { v3ErrorFields } from "./common.js";
import { Nullable } from "./schema.js";

/** Consumption of one job; hours, and core-hours for what has CPU in its name. */
const JobStatisticsV3 = Type.Object({
  name: Type.String(),
  processors: Type.Number({ description: "Processing elements" }),
  wallclock: Type.Number(),
  completedQueueTime: Type.Number(),
  completedRunTime: Type.Number(),
  failedQueueTime: Type.Number(),
  failedRunTime: Type.Number(),
  cpuConsumption: Type.Number(),
  failedCpuConsumption: Type.Number(),
  expectedCpuConsumption: Type.Number(),
  realConsumption: Type.Number(),
  failedRealConsumption: Type.Number(),
  expectedConsumption: Type.Number(),
  retrialCount: Type.Integer(),
  submittedCount: Type.Integer(),
  completedCount: Type.Integer(),
  failedCount: Type.Integer({ description: "Attempts that are not completed, those in flight included" }),
  inFlightCount: Type.Integer({ description: "How many of failedCount have not ended yet" }),
});

/** `GET /v3/stats/{expid}/{hours}/{section}`; both parts are null after an error. */
export const StatisticsV3 = Type.Object(
  {
    ...v3ErrorFields,
    Statistics: Nullable(
      Type.Object({
        Period: Type.Object({
          From: Type.String({ description: "`None` when the whole history is asked for" }),
          To: Type.String(),
        }),
        JobStatistics: Type.Array(JobStatisticsV3),
      }),
    ),
    summary: Nullable(
      Type.Object({
        cpuConsumptionPercentage: Type.Number(),
        totalQueueTime: Type.Number(),
        submittedCount: Type.Integer(),
        runCount: Type.Integer(),
        completedCount: Type.Integer(),
        failedCount: Type.Integer(),
        inFlightCount: Type.Integer(),
        expectedConsumption: Type.Number(),
        realConsumption: Type.Number(),
        failedRealConsumption: Type.Number(),
        expectedCpuConsumption: Type.Number(),
        cpuConsumption: Type.Number(),
        failedCpuConsumption: Type.Number(),
      }),
    ),
  },
  { $id: "StatisticsV3" },
);
export type StatisticsV3Body = Static<typeof StatisticsV3>;
