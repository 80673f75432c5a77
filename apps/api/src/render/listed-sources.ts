import { countJobsByStatus, type ExperimentRow, joinExperiments, type ListedExperiment } from "@autosubmit-api/domain";
import {
  type ExperimentStatusRecord,
  isExpid,
  listExperimentDetails,
  listExperimentStatuses,
  listExperiments,
  type RunCounts,
  readJobListTime,
  readLastRunCounts,
  readTableStatuses,
} from "autosubmit-reader";
import { deriveSource, readOrNull, type Snapshot, type Source } from "./snapshot.js";
import type { ViewContext } from "./view.js";

/** Rough sizes in memory. */
const BYTES_PER_EXPERIMENT = 700;
const BYTES_PER_STATUS = 200;
const BYTES_PER_COUNTS = 200;
const BYTES_PER_TIME = 50;
/** Experiments that are looked at at the same time; beyond this more only wait for each other. */
const AT_ONCE = 32;

/** Experiments and their details, of the main database. @throws AutosubmitReadError */
const MAIN_TABLES = {
  name: "main-tables",
  fingerprint: (snapshot) => snapshot.databaseFingerprint("main"),
  read: async ({ site }) => {
    const [experiments, details] = await Promise.all([listExperiments(site), listExperimentDetails(site)]);
    return { experiments, details };
  },
  sizeBytes: ({ experiments }) => experiments.length * BYTES_PER_EXPERIMENT,
} satisfies Source<{
  experiments: Awaited<ReturnType<typeof listExperiments>>;
  details: Awaited<ReturnType<typeof listExperimentDetails>>;
}>;

/** The stored status of every experiment; none when there is no status database yet. @throws AutosubmitReadError */
const STATUSES: Source<ExperimentStatusRecord[]> = {
  name: "statuses",
  fingerprint: (snapshot) => snapshot.databaseFingerprint("status"),
  read: ({ site }) => listExperimentStatuses(site),
  sizeBytes: (rows) => rows.length * BYTES_PER_STATUS,
};

/**
 * Every experiment of the site, as lists show them. A status database that cannot be read is noted and left out.
 * @throws AutosubmitReadError when the main database cannot be read
 */
export async function readListedExperiments(
  snapshot: Snapshot,
  note: ViewContext["note"],
): Promise<ListedExperiment[]> {
  const statuses = await readOrNull(snapshot, STATUSES, note);
  return statuses === null ? await withoutStatuses(snapshot) : snapshot.read(LISTED_EXPERIMENTS);
}

const LISTED_EXPERIMENTS: Source<ListedExperiment[]> = deriveSource({
  name: "listed-experiments",
  inputs: [MAIN_TABLES, STATUSES],
  build: async (snapshot) => {
    const { experiments, details } = await snapshot.read(MAIN_TABLES);
    return joinExperiments(experiments, details, await snapshot.read(STATUSES));
  },
  sizeBytes: (experiments) => experiments.length * BYTES_PER_EXPERIMENT,
});

async function withoutStatuses(snapshot: Snapshot): Promise<ListedExperiment[]> {
  const { experiments, details } = await snapshot.read(MAIN_TABLES);
  return joinExperiments(experiments, details, []);
}

/** The counts of an experiment's last run; null when it never ran. */
const LAST_RUN_COUNTS: Source<RunCounts | null> = {
  name: "last-run-counts",
  fingerprint: (snapshot) => snapshot.databaseFingerprint("job-data"),
  read: ({ experiment }) => readLastRunCounts(experiment),
  sizeBytes: () => BYTES_PER_COUNTS,
};

/**
 * What stands in for a last run that counts no jobs: Autosubmit 4.2 begins runs without counting, so that the jobs of its
 * table are counted. Null for older job lists, as in the reference.
 */
const TABLE_COUNTS: Source<Omit<RunCounts, "run_id"> | null> = {
  name: "job-list-table-counts",
  fingerprint: ({ site, experiment: { expid } }) => site.tables.fingerprint({ database: "job-list", expid }),
  read: async ({ experiment }) => {
    const statuses = await readTableStatuses(experiment);
    if (statuses === null) return null;
    const counts = countJobsByStatus(statuses.map((status) => ({ status })));
    return {
      total: statuses.length,
      completed: counts.COMPLETED,
      submitted: counts.SUBMITTED,
      queuing: counts.QUEUING,
      running: counts.RUNNING,
      failed: counts.FAILED,
      suspended: counts.SUSPENDED,
    };
  },
  sizeBytes: () => BYTES_PER_COUNTS,
};

/** When an experiment's job list was last written, epoch seconds; null when there is none. */
export const JOB_LIST_TIME: Source<number | null> = {
  name: "job-list-time",
  fingerprint: async ({ experiment }) => String(await readJobListTime(experiment)),
  read: ({ experiment }) => readJobListTime(experiment),
  sizeBytes: () => BYTES_PER_TIME,
};

/**
 * What each of these experiments is at, in their order; `extra` reads what else a list shows. What cannot be read is noted
 * and left out. An experiment may have a name that is no expid, or no folder.
 */
export async function readRows<Extra>(
  experiments: readonly ListedExperiment[],
  snapshot: Snapshot,
  { note }: Pick<ViewContext, "note">,
  extra: (of: Snapshot, note: ViewContext["note"]) => Promise<Extra>,
): Promise<(ExperimentRow & { extra: Extra | null })[]> {
  const readRow = async (experiment: ListedExperiment): Promise<ExperimentRow & { extra: Extra | null }> => {
    const { name } = experiment;
    if (!isExpid(name)) return { experiment, counts: null, jobListModifiedAt: null, extra: null };
    const of = snapshot.of(name);
    const noteOf: ViewContext["note"] = (told) => note({ ...told, fields: { ...told.fields, expid: name } });
    const [counts, jobListModifiedAt, more] = await Promise.all([
      readOrNull(of, LAST_RUN_COUNTS, noteOf),
      readOrNull(of, JOB_LIST_TIME, noteOf),
      extra(of, noteOf),
    ]);
    const counted = counts === null || counts.total > 0 ? counts : await readOrNull(of, TABLE_COUNTS, noteOf);
    return { experiment, counts: counted, jobListModifiedAt, extra: more };
  };
  const rows: (ExperimentRow & { extra: Extra | null })[] = [];
  for (let start = 0; start < experiments.length; start += AT_ONCE)
    rows.push(...(await Promise.all(experiments.slice(start, start + AT_ONCE).map(readRow))));
  return rows;
}
