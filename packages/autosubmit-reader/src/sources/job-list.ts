import { SourceCorruptError, SourceMissingError } from "../errors.js";
import { parseAutosubmitTimestamp } from "../formats/timestamps.js";
import type { JobList } from "../records.js";
import { fingerprintFile } from "../site/fingerprint.js";
import type { Experiment } from "../site/site.js";
import type { TableSource } from "../tables/table-source.js";
import { withTables } from "../tables/with-tables.js";
import { readExperimentFolder } from "./experiment-folder.js";
import { type ParsingOptions, parseJobList, readJobListFile } from "./job-list-file.js";
import { readJobListTable } from "./job-list-table.js";
import { withLiveJobList } from "./live-job-list.js";

/** Bounds of one `readJobList`. */
export interface ReadJobListOptions {
  /** A larger pickle is refused without being read; 1 GiB unless told. */
  maxBytes?: number;
  /** Only jobs of these names, and no edges; all unless given. */
  only?: ReadonlySet<string>;
}

const DEFAULT_MAX_BYTES = 2 ** 30;

/**
 * The experiment's jobs, whatever Autosubmit version wrote them (formats reference §1): from `db/job_list.db` when its
 * table holds a job, else from `pkl/job_list_<expid>.pkl`, else from the pickle in a table (§1.5); on a server, where
 * Autosubmit keeps the pickle in a table, from there first. Jobs keep their stored order. What could not be read of single jobs is in `problems`. A file that is being written is tried again for a moment.
 *
 * differs: the pickle in a SQLite table and 4.2's table are read too; one bad job does not lose the list (§1.7).
 *
 * @throws SourceMissingError when there is no job list of any kind
 * @throws ExperimentNotFoundError when there is no folder of the experiment either
 * @throws SourceBusyError when the pickle stays incomplete: it is being written, or was cut short
 * @throws AutosubmitReadError `SOURCE_CORRUPT`, `SOURCE_TOO_LARGE`, `SOURCE_UNREADABLE`, `FORMAT_UNSUPPORTED`
 */
export async function readJobList(experiment: Experiment, options: ReadJobListOptions = {}): Promise<JobList> {
  const parsing = { ...options, maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES };
  const pickles = [() => readJobListFile(experiment, parsing), () => readStoredPickle(experiment, parsing)];
  // A file beside a database that keeps job lists is a leftover.
  if (experiment.site.tables.keepsJobLists) pickles.reverse();
  const found =
    (await withLiveJobList(experiment, (tables) => readJobListTable(experiment, tables, options.only))) ??
    (await pickles[0]?.()) ??
    (await pickles[1]?.()) ??
    null;
  if (found !== null) return found;
  const { expid, site } = experiment;
  await readExperimentFolder(experiment);
  const path = site.tables.place.jobListOf(expid);
  throw new SourceMissingError(`Experiment ${expid} has no job list: there is no ${path}`, { expid, path });
}

/**
 * A text that changes whenever one of the places changes that the job list could be read from; null when none exists. It
 * costs a few `stat` calls.
 */
export async function fingerprintJobList(experiment: Experiment): Promise<string | null> {
  const { expid, paths, site } = experiment;
  const places = await Promise.all([
    site.tables.fingerprint({ database: "job-list", expid }),
    fingerprintFile(paths.jobListPickle),
    site.tables.fingerprint({ database: "job-list-pickle", expid }),
  ]);
  return places.every((place) => place === null) ? null : places.map((place) => place ?? "-").join(" ");
}

/** The pickle that `STORAGE.TYPE: db` keeps in a table (F5); null when there is none. */
async function readStoredPickle(experiment: Experiment, options: ParsingOptions): Promise<JobList | null> {
  const { expid } = experiment;
  return withTables(experiment.site, { database: "job-list-pickle", expid }, async (tables) => {
    const stored = await selectStoredPickle(tables, expid);
    if (stored === undefined) return null;
    if (!(stored.pkl instanceof Uint8Array)) {
      const message = `Table job_pkl of ${tables.label} holds no pickle of ${expid}, or one that is too large`;
      throw new SourceCorruptError(message, { expid, path: tables.label });
    }
    const modified = typeof stored.modified === "string" ? parseAutosubmitTimestamp(stored.modified) : null;
    const parsed = parseJobList(experiment, tables.label, stored.pkl, options);
    return { ...parsed, path: tables.label, modifiedAt: modified ?? new Date(0) };
  });
}

async function selectStoredPickle(tables: TableSource, expid: string) {
  const where = [{ column: "expid", is: "=", value: expid }] as const;
  const rows = await tables.select({ table: "job_pkl", columns: ["pkl", "modified"], where, limit: 1 });
  return rows[0];
}
