import { type Static, Type } from "typebox";
import { EXPERIMENT_STATUSES } from "../experiment-status.js";
import { nullableText, v3ErrorFields } from "./common.js";
import { PaginationV4 } from "./jobs.js";
import { Nullable, Reference } from "./schema.js";

const jobCounts = {
  submitted: Type.Integer(),
  queuing: Type.Integer(),
  running: Type.Integer(),
  failed: Type.Integer(),
  suspended: Type.Integer(),
};

/** An experiment of `GET /v4/experiments`; the counts are those of its last run, 0 when it never ran. */
export const ListedExperimentV4 = Type.Object(
  {
    id: Type.Integer({ description: "Row of the main database" }),
    name: Type.String(),
    user: nullableText,
    description: nullableText,
    hpc: nullableText,
    version: nullableText,
    created: Nullable(Type.String({ description: "As stored, in one of several notations" })),
    modified: Nullable(Type.String({ description: "When the job list was written; ISO 8601, UTC" })),
    status: Type.String({ description: "As stored; NOT RUNNING when nothing is stored" }),
    completed: Type.Integer(),
    total: Type.Integer(),
    ...jobCounts,
  },
  { $id: "ListedExperimentV4" },
);
export type ListedExperimentV4Body = Static<typeof ListedExperimentV4>;

/** `GET /v4/experiments`. */
export const ExperimentsV4 = Type.Object(
  { experiments: Type.Array(Reference(ListedExperimentV4)), pagination: Reference(PaginationV4) },
  { $id: "ExperimentsV4" },
);
export type ExperimentsV4Body = Static<typeof ExperimentsV4>;

/** An experiment of the `/v3` searches; counts are `NA` when it never ran. */
export const FoundExperimentV3 = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    user: nullableText,
    description: nullableText,
    hpc: nullableText,
    status: nullableText,
    completed: Type.Unsafe<number | "NA">({ type: ["integer", "string"] }),
    total: Type.Unsafe<number | "NA">({ type: ["integer", "string"] }),
    version: nullableText,
    wrapper: nullableText,
    ...jobCounts,
    modified: Nullable(Type.String({ description: "When the job list was written; ISO 8601" })),
  },
  { $id: "FoundExperimentV3" },
);
export type FoundExperimentV3Body = Static<typeof FoundExperimentV3>;

/** `GET /v3/search/…`, `/v3/searchowner/{owner}` and `/v3/running/`; the error fields are there only after an error. */
export const SearchV3 = Type.Object(
  {
    experiment: Type.Array(Reference(FoundExperimentV3)),
    error: Type.Optional(v3ErrorFields.error),
    error_message: Type.Optional(v3ErrorFields.error_message),
  },
  { $id: "SearchV3" },
);
export type SearchV3Body = Static<typeof SearchV3>;

/** `GET /v3/ifrun/{expid}`. */
export const RunningV3 = Type.Object({ ...v3ErrorFields, running: Type.Boolean() }, { $id: "RunningV3" });
export type RunningV3Body = Static<typeof RunningV3>;

/** `GET /v3/logrun/{expid}`. */
export const RunLogStateV3 = Type.Object(
  {
    ...v3ErrorFields,
    is_running: Type.Boolean({ description: "Whether the run log was written in the last 300 seconds" }),
    timediff: Type.Integer({ description: "Seconds since the run log was written; 0 when there is none" }),
    log_path: nullableText,
  },
  { $id: "RunLogStateV3" },
);
export type RunLogStateV3Body = Static<typeof RunLogStateV3>;

/** `GET /v4/experiments/{expid}/status`: whether Autosubmit works on it, and what tells. Instants are ISO 8601. */
export const ExperimentStatusV4 = Type.Object(
  {
    expid: Type.String(),
    status: Type.Enum(EXPERIMENT_STATUSES),
    confidence: Type.Enum(["high", "medium", "low"] as const, {
      description: "high: all evidence agrees; medium: one piece decides; low: pieces contradict each other",
    }),
    since: Nullable(Type.String({ description: "RUNNING: when the run started; NOT RUNNING: the last sign of life" })),
    reasons: Type.Array(Type.String(), { description: "The deciding one first" }),
    evidence: Type.Object({
      job_list_modified: nullableText,
      run_log: nullableText,
      run_log_modified: nullableText,
      run_log_started: nullableText,
      history_modified: nullableText,
      lock_modified: nullableText,
      stored_status: nullableText,
      stored_at: nullableText,
      stored_by: Nullable(Type.String({ description: "autosubmit, when it started a run, or workers" })),
    }),
  },
  { $id: "ExperimentStatusV4" },
);
export type ExperimentStatusV4Body = Static<typeof ExperimentStatusV4>;
