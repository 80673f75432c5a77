import { join, relative, sep } from "node:path";
import { AutosubmitReadError } from "../errors.js";
import { FIXED_NAMES, type SiteSettings } from "./site-settings.js";

/** Every place of one experiment (formats reference §2 and §3), absolute. None is checked for existence. */
export interface ExperimentPaths {
  folder: string;
  conf: string;
  pkl: string;
  /** `tmp`: marker files, TOTAL_STATS. */
  tmp: string;
  /** `tmp/ASLOGS`: logs of Autosubmit's commands. */
  commandLogs: string;
  /** `tmp/LOG_<expid>`: logs of jobs. */
  jobLogs: string;
  project: string;
  /** `pkl/job_list_<expid>.pkl` (up to 4.1.17). */
  jobListPickle: string;
  /** `pkl/job_list_<expid>.db`: the pickle in a table (`STORAGE.TYPE: db`). */
  jobListPickleDb: string;
  /** `db/job_list.db` (4.2). */
  jobListDb: string;
  jobPackagesDb: string;
  structureDb: string;
  /** `pkl/structure_<expid>.db`: where old versions kept it. */
  oldStructureDb: string;
  jobDataDb: string;
  userMetricsDb: string;
  graphLayoutDb: string;
}

const EXPID = /^[a-z0-9]{4,64}$/;

/** Whether `text` may be the name of an experiment: four or more lower-case letters and digits. */
export function isExpid(text: string): boolean {
  return EXPID.test(text);
}

/** Databases that may lie outside the experiment's folder, and have its name in theirs. */
const NAMED_DATABASE = /\/(?:job_data|structure|graph_data)_([a-z0-9]+)\.db(?:-wal|-shm|-journal)?$/;
/** Folders beside those of experiments. */
const OTHER_FOLDERS = new Set(["metadata", "logs"]);

/** The experiment that a path of the site belongs to; null for one that belongs to none, as far as its name tells. */
export function findExpidOfPath({ localRootDir }: SiteSettings, path: string): string | null {
  const [, named = ""] = NAMED_DATABASE.exec(path) ?? [];
  const [folder = ""] = relative(localRootDir, path).split(sep);
  const candidates = [named, OTHER_FOLDERS.has(folder) ? "" : folder];
  return candidates.find(isExpid) ?? null;
}

/**
 * All paths of an experiment from one place.
 * @throws AutosubmitReadError `EXPID_INVALID`; so no path can leave the site
 */
export function experimentPaths(settings: SiteSettings, expid: string): ExperimentPaths {
  if (!isExpid(expid)) {
    const shown = JSON.stringify(expid.slice(0, 40));
    throw new AutosubmitReadError(
      "EXPID_INVALID",
      `${shown} is not an experiment identifier: four or more lower-case letters and digits are expected`,
    );
  }
  const folder = join(settings.localRootDir, expid);
  const pkl = join(folder, "pkl");
  const tmp = join(folder, FIXED_NAMES.tmp);
  return {
    folder,
    conf: join(folder, "conf"),
    pkl,
    tmp,
    commandLogs: join(tmp, FIXED_NAMES.commandLogs),
    jobLogs: join(tmp, `LOG_${expid}`),
    project: join(folder, FIXED_NAMES.project),
    jobListPickle: join(pkl, `job_list_${expid}.pkl`),
    jobListPickleDb: join(pkl, `job_list_${expid}.db`),
    jobListDb: join(folder, "db", "job_list.db"),
    jobPackagesDb: join(pkl, `job_packages_${expid}.db`),
    structureDb: join(settings.structuresDir, `structure_${expid}.db`),
    oldStructureDb: join(pkl, `structure_${expid}.db`),
    jobDataDb: join(settings.jobDataDir, `job_data_${expid}.db`),
    userMetricsDb: join(tmp, `metrics_${expid}.db`),
    graphLayoutDb: join(settings.graphDataDir, `graph_data_${expid}.db`),
  };
}
