import { type Static, Type } from "typebox";
import { JOB_STATUS_NAMES } from "../job-status.js";
import { nullableInteger, nullableText, v3ErrorFields } from "./common.js";
import { Reference } from "./schema.js";

const statusName = Type.Enum(JOB_STATUS_NAMES, { description: "Job status by name" });

/**
 * A job of `GET /v4/experiments/{expid}/jobs`; `view=quick` has `name` and `status` only, `view=extended` everything.
 */
export const JobV4 = Type.Object(
  {
    name: Type.String(),
    status: statusName,
    priority: Type.Optional(Type.Integer()),
    section: Type.Optional(Type.String()),
    date: Type.Optional(nullableText),
    member: Type.Optional(nullableText),
    chunk: Type.Optional(nullableInteger),
    split: Type.Optional(nullableInteger),
    splits: Type.Optional(nullableInteger),
    out_path_local: Type.Optional(nullableText),
    err_path_local: Type.Optional(nullableText),
    out_path_remote: Type.Optional(nullableText),
    err_path_remote: Type.Optional(nullableText),
    platform: Type.Optional(Type.String()),
    wrapper: Type.Optional(nullableText),
    submit: Type.Optional(nullableText),
    start: Type.Optional(nullableText),
    finish: Type.Optional(nullableText),
    queue_seconds: Type.Optional(Type.Number({ description: "Corrected for the wrapper" })),
    run_seconds: Type.Optional(Type.Number()),
  },
  { $id: "JobV4" },
);
export type JobV4Body = Static<typeof JobV4>;

/** Which part of a list this is. */
export const PaginationV4 = Type.Object(
  {
    page: Type.Integer({ minimum: 1 }),
    page_size: nullableInteger,
    total_pages: Type.Integer({ minimum: 0 }),
    page_items: Type.Integer({ minimum: 0 }),
    total_items: Type.Integer({ minimum: 0 }),
  },
  { $id: "PaginationV4" },
);
export type PaginationV4Body = Static<typeof PaginationV4>;

/**
 * `GET /v4/experiments/{expid}/jobs`: active and failed jobs first, newest of them first, then the rest in file order; with
 * `limit`, all in file order.
 */
export const JobsV4 = Type.Object(
  {
    jobs: Type.Array(Reference(JobV4)),
    pagination: Type.Optional(Reference(PaginationV4)),
    next_cursor: Type.Optional(
      Type.Unsafe<string | null>({
        type: ["string", "null"],
        description: "With `limit`: what to ask for next; null at the end",
      }),
    ),
  },
  { $id: "JobsV4" },
);
export type JobsV4Body = Static<typeof JobsV4>;

/** `GET /v4/experiments/{expid}/wrappers`. */
export const WrappersV4 = Type.Object(
  {
    wrappers: Type.Array(Type.Object({ wrapper_name: Type.String(), job_names: Type.Array(Type.String()) })),
  },
  { $id: "WrappersV4" },
);
export type WrappersV4Body = Static<typeof WrappersV4>;

/** `GET /v3/expcount/{expid}`. */
export const ExperimentCountV3 = Type.Object(
  {
    ...v3ErrorFields,
    expid: Type.String(),
    total: Type.Integer(),
    counters: Type.Record(Type.String(), Type.Integer(), { description: "Jobs by status name, every name present" }),
  },
  { $id: "ExperimentCountV3" },
);
export type ExperimentCountV3Body = Static<typeof ExperimentCountV3>;

/** `GET /v3/quick/{expid}`. */
export const QuickV3 = Type.Object(
  {
    ...v3ErrorFields,
    view_data: Type.Array(
      Type.Object({ name: Type.String(), path_log: Type.String(), out: Type.String(), err: Type.String() }),
    ),
    tree_view: Type.Array(
      Type.Object({
        title: Type.String({ description: "HTML; names are escaped" }),
        refKey: Type.String(),
        data: Type.Literal("Empty"),
        children: Type.Array(Type.Unknown(), { maxItems: 0 }),
        status: statusName,
      }),
    ),
    total: Type.Integer(),
    completed: Type.Integer(),
    failed: Type.Integer(),
    running: Type.Integer(),
    queuing: Type.Integer(),
  },
  { $id: "QuickV3" },
);
export type QuickV3Body = Static<typeof QuickV3>;
