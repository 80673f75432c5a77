import {
  ExperimentNotFoundError,
  type ExperimentRecord,
  fingerprintFile,
  fingerprintJobList,
  type JobList,
  readExperiment,
  readJobList,
  readWrapperJobs,
  type WrapperJobs,
} from "autosubmit-reader";
import type { Snapshot, Source } from "./snapshot.js";
import type { ViewContext } from "./view.js";

/** Rough sizes in memory, measured on lists of 100,000 entries. */
const BYTES_PER_JOB = 600;
const BYTES_PER_ROW = 150;
const BYTES_PER_RECORD = 500;

const expidOf = ({ experiment: { expid } }: Snapshot) => expid;

/** That the experiment has a folder. @throws ExperimentNotFoundError */
export const EXPERIMENT_FOLDER: Source<true> = {
  name: "experiment-folder",
  fingerprint: async ({ experiment }) => ((await fingerprintFile(experiment.paths.folder)) === null ? null : "present"),
  read: async ({ experiment: { expid, paths } }) => {
    if ((await fingerprintFile(paths.folder)) === null) throw new ExperimentNotFoundError(expid, paths.folder);
    return true;
  },
  sizeBytes: () => 1,
};

/** The experiment's row of the main database; null when it has none. */
export const EXPERIMENT_RECORD: Source<ExperimentRecord | null> = {
  name: "experiment-record",
  fingerprint: ({ site }) => site.tables.fingerprint({ database: "main" }),
  read: ({ experiment }) => readExperiment(experiment),
  sizeBytes: () => BYTES_PER_RECORD,
};

/** The job list, in whichever of its places and formats. @throws ExperimentNotFoundError, SourceMissingError and others */
export const JOB_LIST: Source<JobList> = {
  name: "job-list",
  fingerprint: ({ experiment }) => fingerprintJobList(experiment),
  read: ({ experiment }) => readJobList(experiment),
  sizeBytes: ({ jobs, edges }) => jobs.length * BYTES_PER_JOB + (edges?.length ?? 0) * BYTES_PER_ROW,
};

/** Which wrapper each job was submitted in; null when the experiment has no wrappers. */
export const WRAPPER_JOBS: Source<WrapperJobs | null> = {
  name: "wrapper-jobs",
  fingerprint: async (snapshot) => {
    const { tables } = snapshot.site;
    const expid = expidOf(snapshot);
    const places = ["job-packages", "job-list"] as const;
    return (await Promise.all(places.map((database) => tables.fingerprint({ database, expid })))).join(" ");
  },
  read: ({ experiment }) => readWrapperJobs(experiment),
  sizeBytes: (jobs) => (jobs?.rows.length ?? 0) * BYTES_PER_ROW,
};

const SHOWN_PROBLEMS = 10;

/** The job list; jobs that could not be read as they stand are noted for the log. @throws as `JOB_LIST` */
export async function readJobs(snapshot: Snapshot, note: ViewContext["note"]): Promise<JobList> {
  const list = await snapshot.read(JOB_LIST);
  if (list.problems.length > 0) {
    const first = list.problems.slice(0, SHOWN_PROBLEMS);
    const fields = { path: list.path, count: list.problems.length, first };
    note({ level: "warn", message: "jobs of the list were left out or read in part", fields });
  }
  return list;
}
