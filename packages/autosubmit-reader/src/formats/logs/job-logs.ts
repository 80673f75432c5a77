/**
 * The newest logs of one job in `tmp/LOG_<expid>` (formats reference §5.2): bare file names, null where there is none.
 * The plain ones are the newest that are not compressed.
 */
export interface JobLogNames {
  out: string | null;
  err: string | null;
  plainOut: string | null;
  plainErr: string | null;
}

/** Every job's newest logs, by job name. */
export type JobLogs = ReadonlyMap<string, JobLogNames>;

const KINDS = [
  { ending: ".out", log: "out", plain: "plainOut" },
  { ending: ".err", log: "err", plain: "plainErr" },
  { ending: ".out.xz", log: "out", plain: null },
  { ending: ".out.gz", log: "out", plain: null },
  { ending: ".err.xz", log: "err", plain: null },
  { ending: ".err.gz", log: "err", plain: null },
] as const;

/**
 * Sorts the names of a log folder by job: the job's name is the text before the first dot, the newest log is the greatest
 * name, since names carry the submit time. Other files are left out.
 * Source: reference, components/jobs/joblist_loader.py (plain logs), routers/v4/experiments.py (all logs).
 * differs: v4 there matches by prefix, so that `a_1_SIM` also gets the logs of `a_1_SIM2`.
 */
export function indexJobLogs(fileNames: Iterable<string>): JobLogs {
  const logs = new Map<string, JobLogNames>();
  for (const fileName of fileNames) {
    const kind = KINDS.find(({ ending }) => fileName.endsWith(ending));
    const dot = fileName.indexOf(".");
    if (kind === undefined || dot <= 0) continue;
    const jobName = fileName.slice(0, dot);
    let names = logs.get(jobName);
    if (names === undefined) {
      names = { out: null, err: null, plainOut: null, plainErr: null };
      logs.set(jobName, names);
    }
    names[kind.log] = later(names[kind.log], fileName);
    if (kind.plain !== null) names[kind.plain] = later(names[kind.plain], fileName);
  }
  return logs;
}

function later(known: string | null, candidate: string): string {
  return known === null || candidate > known ? candidate : known;
}
