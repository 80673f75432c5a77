import { type Static, Type } from "typebox";
import { nullableInteger, nullableText, v3ErrorFields } from "./common.js";
import { Nullable, Reference } from "./schema.js";

const nullableNumber = Nullable(Type.Number());

/** `GET /v3/runs/{expid}`, newest run first. */
export const RunsV3 = Type.Object(
  {
    ...v3ErrorFields,
    runs: Type.Array(
      Type.Object({
        run_id: Type.Integer(),
        created: Nullable(Type.String({ description: "As stored" })),
        finish: nullableText,
        chunk_unit: nullableText,
        chunk_size: nullableInteger,
        submitted: Type.Integer(),
        queuing: Type.Integer(),
        running: Type.Integer(),
        completed: Type.Integer(),
        failed: Type.Integer(),
        total: Type.Integer(),
        suspended: Type.Integer(),
        Parallelization: Type.Number({ description: "Processing elements of SIM jobs in the present configuration" }),
        SYPD: nullableNumber,
        ASYPD: nullableNumber,
        CHSY: nullableNumber,
      }),
    ),
  },
  { $id: "RunsV3" },
);
export type RunsV3Body = Static<typeof RunsV3>;

/** `GET /v4/experiments/{expid}/runs`, in the order of the database. */
export const RunsV4 = Type.Object(
  {
    runs: Type.Array(Type.Object({ run_id: Type.Integer(), start: nullableText, finish: nullableText })),
  },
  { $id: "RunsV4" },
);
export type RunsV4Body = Static<typeof RunsV4>;

const speedOrUnknown = Type.Unsafe<number | null | "NA">({
  type: ["number", "null", "string"],
  description: "NA where the attempt belongs to no run",
});

/** `GET /v3/history/{expid}/{job}`, newest attempt first; `history` is null after an error. */
export const JobHistoryV3 = Type.Object(
  {
    ...v3ErrorFields,
    history: Nullable(
      Type.Array(
        Type.Object({
          counter: Type.Integer(),
          created: Nullable(Type.String({ description: "As stored" })),
          submit: nullableText,
          start: nullableText,
          finish: nullableText,
          queue_time: Type.String({ description: "H:MM:SS" }),
          run_time: Type.String({ description: "H:MM:SS" }),
          ncpus: Type.Number(),
          wallclock: nullableText,
          qos: Type.String(),
          platform: Type.String(),
          job_id: Type.Unsafe<number | string>({ type: ["number", "string"] }),
          nodes: nullableInteger,
          energy: Type.Number({ description: "Joules" }),
          status: Type.String(),
          ASYPD: speedOrUnknown,
          SYPD: speedOrUnknown,
          run_id: nullableInteger,
          run_created: nullableText,
          out: nullableText,
          err: nullableText,
        }),
      ),
    ),
    path_to_logs: Type.String(),
  },
  { $id: "JobHistoryV3" },
);
export type JobHistoryV3Body = Static<typeof JobHistoryV3>;

/** One attempt of a job, of `GET /v4/experiments/{expid}/jobs-history`; the order is that of the CSV columns. */
export const JobAttemptV4 = Type.Object(
  {
    job_name: Type.String(),
    run_id: nullableInteger,
    section: nullableText,
    status: Type.String({ description: "As stored; 4.1.17 stores FAILED for attempts in flight" }),
    submit: nullableText,
    start: nullableText,
    finish: nullableText,
    out: nullableText,
    err: nullableText,
    counter: Type.Integer({ description: "Orders the attempts of one job; no count" }),
    is_last: Type.Boolean({ description: "Whether it is the job's newest attempt" }),
    in_flight: Type.Boolean({ description: "Whether it has not ended yet, whatever its status says" }),
    queue_seconds: Type.Integer(),
    run_seconds: Type.Integer(),
    member: nullableText,
    chunk: nullableInteger,
    split: nullableInteger,
    splits: nullableInteger,
    platform: nullableText,
    qos: nullableText,
    job_id: Type.Unsafe<number | string | null>({ type: ["number", "string", "null"] }),
    wrapper_code: nullableInteger,
    wallclock: nullableText,
    ncpus: Type.Unsafe<number | string | null>({ type: ["number", "string", "null"], description: "As stored" }),
    nodes: nullableInteger,
    energy_joules: nullableNumber,
    max_rss: nullableNumber,
    average_rss: nullableNumber,
    workflow_commit: nullableText,
  },
  { $id: "JobAttemptV4" },
);
export type JobAttemptV4Body = Static<typeof JobAttemptV4>;

/** `GET /v4/experiments/{expid}/jobs-history?format=json`: every attempt of every job, in the order of the database. */
export const JobsHistoryV4 = Type.Object(
  { jobs_history: Type.Array(Reference(JobAttemptV4)) },
  { $id: "JobsHistoryV4" },
);
export type JobsHistoryV4Body = Static<typeof JobsHistoryV4>;

/** `GET /v4/experiments/{expid}/runs/{run_id}/user-metrics`. */
export const UserMetricsV4 = Type.Object(
  {
    run_id: Type.Integer(),
    metrics: Type.Array(
      Type.Object({
        job_name: nullableText,
        metric_name: nullableText,
        metric_value: Nullable(Type.String({ description: "Text, whatever it means" })),
        modified: nullableText,
      }),
    ),
  },
  { $id: "UserMetricsV4" },
);
export type UserMetricsV4Body = Static<typeof UserMetricsV4>;

/** `GET /v4/experiments/{expid}/user-metrics-runs`, newest run first. */
export const UserMetricsRunsV4 = Type.Object(
  { runs: Type.Array(Type.Object({ run_id: Type.Integer() })) },
  { $id: "UserMetricsRunsV4" },
);
export type UserMetricsRunsV4Body = Static<typeof UserMetricsRunsV4>;
