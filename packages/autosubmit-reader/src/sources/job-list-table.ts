import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import { createJobListLog, type RawJob, toJobRecord, toStatus } from "../formats/job-record.js";
import type { JobList, JobRecord, StructureEdge } from "../records.js";
import type { Experiment } from "../site/site.js";
import type { SqlValue, TableCondition, TableSource } from "../tables/table-source.js";
import { withLiveJobList } from "./live-job-list.js";

/** The columns of 4.2's `jobs` that matter (formats reference §2.9), by the fields they fill. */
const COLUMNS = {
  name: "name",
  id: "id",
  status: "status",
  priority: "priority",
  section: "section",
  date: "date",
  member: "member",
  chunk: "chunk",
  split: "split",
  splits: "splits",
  localOut: "local_logs_out",
  localErr: "local_logs_err",
  remoteOut: "remote_logs_out",
  remoteErr: "remote_logs_err",
  wrapperType: "wrapper_type",
} as const satisfies Record<keyof RawJob, string>;
const FIELDS = Object.keys(COLUMNS) as (keyof RawJob)[];
const MOST_IN_CONDITION = 500;
const NO_FIELDS: RawJob = Object.fromEntries(FIELDS.map((field) => [field, null]));

/**
 * Reads the tables of 4.2's `db/job_list.db`: jobs in the table's order, and the edges between them.
 * @param only jobs of these names, and no edges; all unless given
 */
export async function readJobListTable(
  experiment: Experiment,
  tables: TableSource,
  only?: ReadonlySet<string>,
): Promise<JobList> {
  const isFew = only !== undefined && only.size <= MOST_IN_CONDITION;
  const where: TableCondition[] = isFew ? [{ column: "name", is: "in", values: [...only] }] : [];
  const columns = await tables.selectColumns({ table: "jobs", columns: Object.values(COLUMNS), where });
  const log = createJobListLog();
  const jobs: JobRecord[] = [];
  const rowCount = columns[0]?.length ?? 0;
  for (let index = 0; index < rowCount; index += 1) {
    const job = toJobRecord(toRawJob(columns, index), index, log);
    if (job !== null && only?.has(job.name) !== false) jobs.push(job);
  }
  const edges = only === undefined ? await readEdges(tables) : [];
  const { expid, site } = experiment;
  const modifiedAt = await site.tables.modifiedAt({ database: "job-list", expid });
  return {
    format: "table",
    path: tables.label,
    modifiedAt: new Date(1000 * (modifiedAt ?? 0)),
    jobs,
    problems: log.problems,
    edges,
  };
}

/**
 * The status codes of the jobs in 4.2's `db/job_list.db`, in the table's order; null when the experiment has none there.
 * @throws AutosubmitReadError
 */
export async function readTableStatuses(experiment: Experiment): Promise<number[] | null> {
  return withLiveJobList(experiment, async (tables) => {
    const [statuses = []] = await tables.selectColumns({ table: "jobs", columns: [COLUMNS.status] });
    return statuses.map((status) => toStatus(status) ?? JOB_STATUS_CODES.UNKNOWN);
  });
}

function toRawJob(columns: readonly (readonly SqlValue[])[], row: number): RawJob {
  const raw = { ...NO_FIELDS };
  for (let column = 0; column < FIELDS.length; column += 1) raw[FIELDS[column] ?? "name"] = columns[column]?.[row];
  return raw;
}

async function readEdges(tables: TableSource): Promise<StructureEdge[]> {
  const [sources = [], targets = []] = await tables.selectColumns({
    table: "experiment_structure",
    columns: ["e_from", "e_to"],
  });
  const edges: StructureEdge[] = [];
  for (const [index, from] of sources.entries()) {
    const to = targets[index];
    if (typeof from === "string" && typeof to === "string" && from !== to) edges.push({ from, to });
  }
  return edges;
}
