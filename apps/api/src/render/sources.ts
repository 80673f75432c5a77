import {
  type ConfigurationFacts,
  type ExperimentRecord,
  type ExperimentRunRecord,
  fingerprintFile,
  fingerprintJobList,
  type JobList,
  type JobRecord,
  type LoadedConfiguration,
  readExperiment,
  readExperimentFolder,
  readExperimentRun,
  readJobList,
  readLastExperimentRun,
  readWrapperJobs,
  type WrapperJobs,
} from "autosubmit-reader";
import { KEPT_ELSEWHERE, type Snapshot, type Source } from "./snapshot.js";
import type { ViewContext } from "./view.js";

/** Rough sizes in memory, measured on lists of 100,000 entries. */
const BYTES_PER_JOB = 600;
const BYTES_PER_ROW = 150;
const BYTES_PER_RECORD = 500;

/** That the experiment has a folder. @throws ExperimentNotFoundError, AutosubmitReadError `SOURCE_UNREADABLE` */
export const EXPERIMENT_FOLDER: Source<true> = {
  name: "experiment-folder",
  fingerprint: async ({ experiment }) => {
    const fingerprint = await fingerprintFile(experiment.paths.folder);
    return fingerprint === null || fingerprint.startsWith("failed") ? fingerprint : "present";
  },
  read: async ({ experiment }) => {
    await readExperimentFolder(experiment);
    return true;
  },
  sizeBytes: () => 1,
};

const KEPT_BY_SITE = ["job-data", "structure"] as const;

/**
 * That the experiment has a folder, or that the site still keeps its history or structure, as of archived experiments.
 * @throws as `EXPERIMENT_FOLDER` when there is none of these
 */
export const EXPERIMENT_TRACES: Source<true> = {
  name: "experiment-traces",
  fingerprint: async (snapshot) =>
    `${await EXPERIMENT_FOLDER.fingerprint(snapshot)} ${(await isKeptBySite(snapshot)) ? "kept" : "gone"}`,
  read: async (snapshot) => ((await isKeptBySite(snapshot)) ? true : EXPERIMENT_FOLDER.read(snapshot, null)),
  sizeBytes: () => 1,
};

async function isKeptBySite(snapshot: Snapshot): Promise<boolean> {
  const found = await Promise.all(KEPT_BY_SITE.map((database) => snapshot.databaseFingerprint(database)));
  return found.some((fingerprint) => fingerprint !== null);
}

/** The experiment's row of the main database; null when it has none. */
export const EXPERIMENT_RECORD: Source<ExperimentRecord | null> = {
  name: "experiment-record",
  fingerprint: (snapshot) => snapshot.databaseFingerprint("main"),
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

/** The jobs of a few names, without the others of the list. @throws as `JOB_LIST` */
const jobsOfNames = (names: readonly string[]): Source<JobRecord[]> => ({
  name: `jobs/${names.join(",")}`,
  fingerprint: ({ experiment }) => fingerprintJobList(experiment),
  read: async ({ experiment }) => (await readJobList(experiment, { only: new Set(names) })).jobs,
  sizeBytes: (jobs) => (jobs.length + 1) * BYTES_PER_JOB,
});

/** That jobs were picked from the list as it is now. Nothing small, so that it is not kept where no list would be. */
const PICKED_FROM: Source<true> = {
  name: "picked-from",
  fingerprint: ({ experiment }) => fingerprintJobList(experiment),
  read: async () => true,
  sizeBytes: () => BYTES_PER_RECORD,
};

const FEW_NAMES = 20;

/**
 * The jobs of these names, in list order. Few are picked from the list without making the others, which takes half the
 * time; who picks again from the same list is going to look at several jobs, so that it is then read as a whole and kept.
 * @throws as `JOB_LIST`
 */
export async function readJobsOf(names: readonly string[], snapshot: Snapshot): Promise<readonly JobRecord[]> {
  const some = jobsOfNames(names);
  const isPicking = names.length <= FEW_NAMES && !(await snapshot.isKept(JOB_LIST));
  if (isPicking && ((await snapshot.isKept(some)) || !(await snapshot.isKept(PICKED_FROM)))) {
    await snapshot.read(PICKED_FROM);
    return snapshot.read(some);
  }
  const wanted = new Set(names);
  return (await snapshot.read(JOB_LIST)).jobs.filter((job) => wanted.has(job.name));
}

/** Which wrapper each job was submitted in; null when the experiment has no wrappers. */
export const WRAPPER_JOBS: Source<WrapperJobs | null> = {
  name: "wrapper-jobs",
  fingerprint: fingerprintOfWrappers,
  read: ({ experiment }) => readWrapperJobs(experiment),
  sizeBytes: sizeOfWrapperJobs,
};

/** Which wrappers one job was submitted in; null when the experiment has no wrappers. */
export const wrapperJobsOf = (jobName: string): Source<WrapperJobs | null> => ({
  name: `wrapper-jobs-of/${jobName}`,
  fingerprint: fingerprintOfWrappers,
  read: ({ experiment }) => readWrapperJobs(experiment, { jobName }),
  sizeBytes: sizeOfWrapperJobs,
});

async function fingerprintOfWrappers(snapshot: Snapshot): Promise<string> {
  const places = ["job-packages", "job-list"] as const;
  return (await Promise.all(places.map((database) => snapshot.databaseFingerprint(database)))).join(" ");
}

function sizeOfWrapperJobs(jobs: WrapperJobs | null): number {
  return (1 + (jobs?.rows.length ?? 0)) * BYTES_PER_ROW;
}

const fingerprintOfConfiguration = ({ configurations, experiment }: Snapshot) => configurations.fingerprint(experiment);

/**
 * The configuration as its files say now, secrets included: only for answers that mask them.
 * @throws ExperimentNotFoundError, SourceMissingError, AutosubmitReadError `CONFIG_INVALID` and others
 */
export const CONFIGURATION: Source<LoadedConfiguration> = {
  name: "configuration",
  fingerprint: fingerprintOfConfiguration,
  read: ({ configurations, experiment }) => configurations.load(experiment),
  sizeBytes: () => KEPT_ELSEWHERE,
};

/** What views need of the configuration. @throws as `CONFIGURATION` */
export const CONFIGURATION_FACTS: Source<ConfigurationFacts> = {
  name: "configuration-facts",
  fingerprint: fingerprintOfConfiguration,
  read: async ({ configurations, experiment }) => (await configurations.load(experiment)).facts,
  sizeBytes: () => KEPT_ELSEWHERE,
};

const fingerprintOfHistory = (snapshot: Snapshot) => snapshot.databaseFingerprint("job-data");

/** The run of the highest number, with its configuration; null when the experiment never ran. */
export const LAST_RUN: Source<ExperimentRunRecord | null> = {
  name: "last-run",
  fingerprint: fingerprintOfHistory,
  read: ({ experiment }) => readLastExperimentRun(experiment),
  sizeBytes: sizeOfRun,
};

/** The run of that number, with its configuration; null when there is none. */
export const runOf = (runId: number): Source<ExperimentRunRecord | null> => ({
  name: `run/${runId}`,
  fingerprint: fingerprintOfHistory,
  read: ({ experiment }) => readExperimentRun(experiment, runId),
  sizeBytes: sizeOfRun,
});

function sizeOfRun(run: ExperimentRunRecord | null): number {
  return BYTES_PER_RECORD + 2 * (run?.metadata?.length ?? 0);
}

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

/** The configuration; what was skipped or replaced on the way is noted for the log. @throws as `CONFIGURATION` */
export async function readConfiguration(snapshot: Snapshot, note: ViewContext["note"]): Promise<LoadedConfiguration> {
  const configuration = await snapshot.read(CONFIGURATION);
  const { warnings } = configuration;
  if (warnings.length > 0) {
    const fields = { count: warnings.length, first: warnings.slice(0, SHOWN_PROBLEMS) };
    note({ level: "warn", message: "parts of the configuration were skipped or replaced", fields });
  }
  return configuration;
}
