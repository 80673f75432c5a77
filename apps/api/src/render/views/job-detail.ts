import {
  buildJobDetail,
  indexWrappers,
  JOB_DETAIL_COLUMNS,
  type JobDetailAttempt,
  lastAttempts,
  needsTotalStats,
} from "@autosubmit-api/domain";
import { readJobAttempts, readTotalStats } from "autosubmit-reader";
import { presentJobDetail } from "../../presenters/v4/job-detail.js";
import { EXPERIMENT_RUNS } from "../history-sources.js";
import { JOB_LOGS } from "../job-sources.js";
import { readOrNull, type Snapshot, type Source } from "../snapshot.js";
import { CONFIGURATION_FACTS, readJobsOf, wrapperJobsOf } from "../sources.js";
import { answer, defineView, notFound, type ViewContext } from "../view.js";

const BYTES_PER_ATTEMPT = 350;

/** The last attempt of one job in the history. */
const lastAttemptOf = (jobName: string): Source<JobDetailAttempt | null> => ({
  name: `last-attempt/${jobName}`,
  fingerprint: (snapshot) => snapshot.databaseFingerprint("job-data"),
  read: async ({ experiment }) => {
    const rows = await readJobAttempts(experiment, jobName, { columns: JOB_DETAIL_COLUMNS });
    return lastAttempts(rows).get(jobName) ?? null;
  },
  sizeBytes: () => BYTES_PER_ATTEMPT,
});

/** `GET /v4/experiments/{expid}/jobs/{job_name}`. */
export const jobDetailView = defineView<{ jobName: string }>({
  timeDependent: false,
  build: async (snapshot, { jobName }, { now, timeZone, note }) => {
    const { experiment } = snapshot;
    const record = (await readJobsOf([jobName], snapshot)).at(-1);
    if (record === undefined)
      return notFound(`Job with name '${jobName}' not found in experiment '${experiment.expid}'`);
    const optional = <Value>(source: Source<Value>) => readOrNull(snapshot, source, note);
    const [attempt, runs, facts, wrappers, logs] = await Promise.all([
      optional(lastAttemptOf(jobName)),
      optional(EXPERIMENT_RUNS),
      optional(CONFIGURATION_FACTS),
      optional(wrapperJobsOf(jobName)),
      optional(JOB_LOGS),
    ]);
    const isFileNeeded = needsTotalStats(record.status, attempt);
    const detail = buildJobDetail(
      {
        record,
        attempt,
        totalStats: isFileNeeded ? await readOwnTotalStats(snapshot, jobName, note) : [],
        lastRun: runs?.at(-1) ?? null,
        facts,
        wrapperName: indexWrappers(wrappers).byJob.get(jobName)?.name ?? null,
        logs: logs?.get(jobName) ?? null,
      },
      { now: Math.floor(now.getTime() / 1000), zone: timeZone },
    );
    return { ...answer(presentJobDetail(detail, experiment.paths.jobLogs, timeZone)), changesWithTime: isFileNeeded };
  },
});

async function readOwnTotalStats({ experiment }: Snapshot, jobName: string, note: ViewContext["note"]) {
  const { attempts, unreadable } = await readTotalStats(experiment, [jobName]);
  if (unreadable.length > 0) note({ level: "warn", message: "a TOTAL_STATS file cannot be read", fields: { jobName } });
  return attempts.get(jobName) ?? [];
}
