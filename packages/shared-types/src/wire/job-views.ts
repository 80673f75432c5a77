import { type Static, Type } from "typebox";
import { JOB_STATUS_NAMES } from "../job-status.js";
import { nullableInteger, nullableText, v3ErrorFields } from "./common.js";
import { Nullable, Reference } from "./schema.js";

const nullableNumber = Nullable(Type.Number());
const nullableNames = Nullable(Type.Array(Type.String()));
const statusName = Type.Enum(JOB_STATUS_NAMES, { description: "Job status by name" });
const html = (description: string) => Type.String({ description: `HTML; names are escaped. ${description}` });
const schedulerId = Type.Unsafe<number | string | null>({
  type: ["integer", "string", "null"],
  description: "The scheduler's id; 0 when never submitted",
});
const seconds = (description: string) => Type.Number({ description: `Seconds. ${description}` });
const wrapperJobs = Type.Record(Type.String(), Type.Array(Type.String()), { description: "Job names by wrapper" });

/** What every view of a job has in `/v3`. */
const jobFields = {
  id: Type.String(),
  internal_id: Type.String(),
  label: Type.String(),
  status_code: Type.Integer(),
  status_color: Type.String(),
  platform_name: nullableText,
  chunk: nullableInteger,
  member: nullableText,
  date: nullableText,
  date_plus: nullableText,
  SYPD: nullableNumber,
  ASYPD: nullableNumber,
  minutes_queue: seconds("Queue time"),
  minutes: seconds("Run time"),
  submit: nullableText,
  start: nullableText,
  finish: nullableText,
  section: nullableText,
  queue: nullableText,
  wallclock: nullableText,
  out: nullableText,
  err: nullableText,
  custom_directives: Type.Null(),
  rm_id: schedulerId,
};

/** What the jobs of the job list have beside that. */
const listedJobFields = {
  ...jobFields,
  status: statusName,
  chunk_size: nullableInteger,
  chunk_unit: nullableText,
  split: nullableInteger,
  splits: nullableInteger,
  processors: Type.Integer(),
  wrapper: nullableText,
  children: Type.Integer(),
  children_list: Type.Array(Type.String()),
  parents: Type.Integer(),
  parent_list: Type.Array(Type.String()),
  workflow_commit: nullableText,
};

const folderCounts = {
  completed: Type.Integer(),
  running: Type.Integer(),
  queuing: Type.Integer(),
  failed: Type.Integer(),
  held: Type.Integer(),
  total: Type.Integer(),
};

/** A job in a tree. It has no `folder`: with one, GUIs cannot select it. */
const TreeLeafV3 = Type.Object({
  title: html("Name, status, times and badges"),
  refKey: Type.String({ description: "The job's id" }),
  data: Type.Literal("Empty"),
  children: Type.Array(Type.Unknown(), { maxItems: 0 }),
});
export type TreeLeafV3Body = Static<typeof TreeLeafV3>;

export interface TreeFolderV3Body {
  title: string;
  folder: true;
  refKey: string;
  data: "Empty" | { completed: number; failed: number; running: number; queuing: number; held?: number; total: number };
  expanded: boolean;
  children: (TreeFolderV3Body | TreeLeafV3Body)[];
}

/** A folder of jobs and folders, for the fancytree of GUIs. */
const TreeFolderV3 = Type.Unsafe<TreeFolderV3Body>({
  type: "object",
  required: ["title", "folder", "refKey", "data", "expanded", "children"],
  properties: {
    title: { type: "string", description: "HTML; names are escaped" },
    folder: { const: true },
    refKey: { type: "string" },
    data: { description: "Empty, or the counts of a wrapper" },
    expanded: { type: "boolean" },
    children: { type: "array", items: { type: "object" } },
  },
});

/**
 * Counts by folder, `{completed, running, queuing, failed, held, total}`, and beside them the templates of badges and facts
 * of the experiment. An empty array after an error.
 */
export interface TreeReferenceV3Body {
  [folder: string]: string | number | null | (string | number)[] | Record<keyof typeof folderCounts, number>;
}

const TreeReferenceV3 = Type.Unsafe<TreeReferenceV3Body | never[]>({
  type: ["object", "array"],
  description:
    "Counts by folder; badge templates (completed_tag, running_tag, queuing_tag, failed_tag, held_tag, checkmark) " +
    "with %C %T %B %R %Q %F %H; packages, chunk_unit, chunk_size",
});

export const TreeJobV3 = Type.Object(
  {
    ...listedJobFields,
    title: html("As in the tree"),
    wrapper_code: nullableText,
    tree_parents: Type.Array(Type.String(), { description: "refKeys of the folders that hold it" }),
  },
  { $id: "TreeJobV3" },
);
export type TreeJobV3Body = Static<typeof TreeJobV3>;

/** `GET /v3/tree/{expid}`. */
export const TreeV3 = Type.Object(
  {
    ...v3ErrorFields,
    tree: Type.Array(TreeFolderV3),
    jobs: Type.Array(Reference(TreeJobV3)),
    total: Type.Integer(),
    reference: TreeReferenceV3,
    pkl_timestamp: Type.Integer({ description: "When Autosubmit last wrote the job list, epoch seconds" }),
  },
  { $id: "TreeV3" },
);
export type TreeV3Body = Static<typeof TreeV3>;

export const RunJobV3 = Type.Object(
  {
    ...jobFields,
    status: Type.String(),
    title: html("As in the tree"),
    sync: Type.Boolean(),
    processors: Type.Unsafe<number | string | null>({ type: ["number", "string", "null"] }),
    wrapper: nullableInteger,
    wrapper_code: nullableInteger,
    children: Type.Null(),
    children_list: nullableNames,
    parents: Type.Null(),
    parent_list: nullableNames,
    tree_parents: Type.Array(Type.String()),
  },
  { $id: "RunJobV3", description: "`member` holds the section and `section` the member, as in the reference" },
);
export type RunJobV3Body = Static<typeof RunJobV3>;

/** `GET /v3/rundetail/{expid}/{runid}`. */
export const RunDetailV3 = Type.Object(
  {
    ...v3ErrorFields,
    tree: Type.Array(TreeFolderV3),
    jobs: Type.Array(Reference(RunJobV3)),
    total: Type.Integer(),
    reference: TreeReferenceV3,
    pkl_timestamp: Type.Integer(),
  },
  { $id: "RunDetailV3" },
);
export type RunDetailV3Body = Static<typeof RunDetailV3>;

export const GraphNodeV3 = Type.Object(
  {
    ...listedJobFields,
    package: nullableText,
    level: Type.Integer({ description: "1 for jobs without parents, else one more than the highest parent's" }),
    dashed: Type.Boolean({ description: "In a wrapper" }),
    shape: Type.String(),
    x: Type.Integer(),
    y: Type.Integer({ description: "Grows downwards" }),
  },
  { $id: "GraphNodeV3" },
);
export type GraphNodeV3Body = Static<typeof GraphNodeV3>;

const GraphEdgeV3 = Type.Object({
  id: Type.String(),
  from: Type.String(),
  to: Type.String(),
  is_wrapper: Type.Boolean({ description: "Both jobs are in the same wrapper" }),
  dashed: Type.Boolean(),
});
export type GraphEdgeV3Body = Static<typeof GraphEdgeV3>;

const GraphGroupV3 = Type.Object({
  color: Type.String(),
  x: Type.Optional(Type.Integer()),
  y: Type.Optional(Type.Integer()),
});
export type GraphGroupV3Body = Static<typeof GraphGroupV3>;

/** `GET /v3/graph/{expid}/{layout}/{grouped}`. */
export const GraphV3 = Type.Object(
  {
    ...v3ErrorFields,
    nodes: Type.Array(Reference(GraphNodeV3)),
    edges: Type.Array(GraphEdgeV3, { description: "Both ends are among the nodes" }),
    packages: Type.Optional(wrapperJobs),
    fake_edges: Type.Array(Type.Unknown(), { maxItems: 0 }),
    groups: Type.Array(Type.String()),
    groups_data: Type.Record(Type.String(), GraphGroupV3),
    graphviz: Type.Boolean({ description: "Drawn by Graphviz, now or in advance" }),
    max_children: Type.Integer(),
    max_parents: Type.Integer(),
    chunk_unit: Type.Optional(nullableText),
    chunk_size: Type.Optional(nullableInteger),
    total_jobs: Type.Integer(),
    pkl_timestamp: Type.Integer(),
  },
  { $id: "GraphV3" },
);
export type GraphV3Body = Static<typeof GraphV3>;

const monitoredJobFields = {
  name: Type.String(),
  rm_id: schedulerId,
  status_code: Type.Integer(),
  SYPD: nullableNumber,
  minutes: seconds("Run time"),
  minutes_queue: seconds("Queue time"),
  submit: nullableText,
  start: nullableText,
  finish: nullableText,
  running_text: html("Queue and run time"),
  status: statusName,
  status_color: Type.String(),
  out: nullableText,
  err: nullableText,
  priority: Type.Integer(),
  workflow_commit: nullableText,
};

const monitorFields = {
  pkl_file_name: Type.Literal(""),
  ...v3ErrorFields,
  has_changed: Type.Boolean(),
  pkl_timestamp: Type.Integer({ description: "When Autosubmit last wrote the job list, epoch seconds" }),
  packages: wrapperJobs,
};

export const PklJobV3 = Type.Object(
  { ...monitoredJobFields, dashed: Type.Boolean(), shape: Type.String(), package: nullableText },
  { $id: "PklJobV3" },
);
export type PklJobV3Body = Static<typeof PklJobV3>;

/** `GET /v3/pklinfo/{expid}/{timeStamp}`: what changes in a graph. */
export const PklInfoV3 = Type.Object(
  { ...monitorFields, pkl_content: Type.Array(Reference(PklJobV3)) },
  { $id: "PklInfoV3" },
);
export type PklInfoV3Body = Static<typeof PklInfoV3>;

export const PklTreeJobV3 = Type.Object(
  {
    ...monitoredJobFields,
    wrapper: nullableText,
    wrapper_tag: nullableText,
    wrapper_id: nullableText,
    title: html("As in the tree"),
  },
  { $id: "PklTreeJobV3" },
);
export type PklTreeJobV3Body = Static<typeof PklTreeJobV3>;

/** `GET /v3/pkltreeinfo/{expid}/{timeStamp}`: what changes in a tree. */
export const PklTreeInfoV3 = Type.Object(
  {
    ...monitorFields,
    pkl_content: Type.Array(Reference(PklTreeJobV3)),
    source_tag: Type.String(),
    target_tag: Type.String(),
    sync_tag: Type.String(),
    check_mark: Type.String(),
  },
  { $id: "PklTreeInfoV3" },
);
export type PklTreeInfoV3Body = Static<typeof PklTreeInfoV3>;

/** `GET /v3/summary/{expid}`. */
export const SummaryV3 = Type.Object(
  {
    n_running: Type.Integer(),
    n_suspended: Type.Integer(),
    n_queuing: Type.Integer(),
    n_failed: Type.Integer(),
    n_submitted: Type.Integer(),
    n_suspicious: Type.Integer({ description: "Jobs whose TOTAL_STATS contradicts the job list; in no other count" }),
    avg_queue_time: Type.String({ description: "As `1 day, 2:03:04`; NA after an error" }),
    avg_run_time: Type.String(),
    n_sim: Type.Integer(),
    avg_sim_queue_time: Type.String(),
    avg_sim_run_time: Type.String(),
    sim_queue_considered: Type.Integer(),
    sim_run_considered: Type.Integer(),
    failed_jobs: Type.Array(Type.String()),
    ...v3ErrorFields,
  },
  { $id: "SummaryV3" },
);
export type SummaryV3Body = Static<typeof SummaryV3>;

/** `GET /v3/shutdown/{route}`: nothing is shut down. */
export const ShutdownV3 = Type.Literal("", { $id: "ShutdownV3" });
export type ShutdownV3Body = Static<typeof ShutdownV3>;

/** `GET /v3/filestatus`: no longer supported, here and in the reference. */
export const FileStatusV3 = Type.Object(
  {
    status: Type.Literal(false),
    ...v3ErrorFields,
    avg_latency: Type.Null(),
    avg_bandwidth: Type.Null(),
    current_latency: Type.Null(),
    current_bandwidth: Type.Null(),
    reponse_time: Type.Null(),
    datetime: Type.Null(),
    latency_warning: Type.Null(),
    bandwidth_warning: Type.Null(),
    response_warning: Type.Null(),
  },
  { $id: "FileStatusV3" },
);
export type FileStatusV3Body = Static<typeof FileStatusV3>;

/** `GET /v4/experiments/{expid}/jobs/{job_name}`. */
export const JobDetailV4 = Type.Object(
  {
    name: Type.String(),
    status: statusName,
    section: nullableText,
    date: Nullable(Type.String({ description: "YYYYMMDD" })),
    member: nullableText,
    chunk: nullableInteger,
    split: nullableInteger,
    splits: nullableInteger,
    out_path_local: nullableText,
    err_path_local: nullableText,
    chunk_size: nullableInteger,
    chunk_unit: nullableText,
    platform: nullableText,
    remote_id: nullableInteger,
    qos: nullableText,
    workflow_commit: nullableText,
    processors: nullableInteger,
    submit: nullableText,
    start: nullableText,
    finish: nullableText,
    wallclock: nullableText,
    last_wrapper: nullableText,
  },
  { $id: "JobDetailV4" },
);
export type JobDetailV4Body = Static<typeof JobDetailV4>;

const relative = Type.Object({
  job_name: Type.String(),
  status: Type.Optional(
    Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "With include_status=true; null for a job that is not in the list",
    }),
  ),
});
export type RelativeV4Body = Static<typeof relative>;

/** `GET /v4/experiments/{expid}/jobs/{job_name}/parents`. */
export const JobParentsV4 = Type.Object({ parents: Type.Array(relative) }, { $id: "JobParentsV4" });
export type JobParentsV4Body = Static<typeof JobParentsV4>;

/** `GET /v4/experiments/{expid}/jobs/{job_name}/children`. */
export const JobChildrenV4 = Type.Object({ children: Type.Array(relative) }, { $id: "JobChildrenV4" });
export type JobChildrenV4Body = Static<typeof JobChildrenV4>;

/** `GET /v4/experiments/{expid}/eta`. */
export const EtaV4 = Type.Object(
  {
    eta_seconds: Nullable(Type.Number({ description: "0 when no chunk remains, null before the first one completed" })),
    chunks_total: nullableInteger,
    chunks_remaining: nullableInteger,
    avg_runtime_per_chunk_seconds: nullableNumber,
  },
  { $id: "EtaV4" },
);
export type EtaV4Body = Static<typeof EtaV4>;

/** `GET /v4/experiments/{expid}/jobs-category-tree`. */
export const JobsCategoryTreeV4 = Type.Object(
  {
    properties_hierarchy: Type.Array(Type.String(), { description: "What the levels of the tree are" }),
    category_tree: Type.Record(
      Type.String(),
      Type.Record(Type.String(), Type.Record(Type.String(), Type.Record(Type.String(), Type.Integer()))),
      { description: "Number of jobs by date (YYYY-MM-DD), member, section and status; NA for no date or member" },
    ),
  },
  { $id: "JobsCategoryTreeV4" },
);
export type JobsCategoryTreeV4Body = Static<typeof JobsCategoryTreeV4>;
