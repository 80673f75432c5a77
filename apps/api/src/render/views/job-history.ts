import { buildJobHistory, isOpenAttempt, type JobHistoryEntry } from "@autosubmit-api/domain";
import { type JobStatusName, jobStatusName } from "@autosubmit-api/shared-types";
import { AutosubmitReadError, readJobAttempts } from "autosubmit-reader";
import { presentJobHistory, presentJobHistoryFailure } from "../../presenters/v3/job-history.js";
import { EXPERIMENT_RUNS, MEASURED_ATTEMPTS } from "../history-sources.js";
import { readOrNull, type Snapshot } from "../snapshot.js";
import { EXPERIMENT_TRACES, JOB_LIST } from "../sources.js";
import { answer, defineView, type ViewContext } from "../view.js";

/** `GET /v3/history/{expid}/{job}`. */
export const jobHistoryView = defineView<{ jobName: string }>({
  // A running attempt runs until now.
  timeDependent: true,
  build: async (snapshot, { jobName }, context) => {
    const { jobLogs } = snapshot.experiment.paths;
    try {
      return answer(presentJobHistory(await readHistory(snapshot, jobName, context), jobLogs, context.timeZone));
    } catch (error) {
      // The body of a failure, too, says where the logs are; the route does not know.
      if (!(error instanceof AutosubmitReadError)) throw error;
      const { code, message, path } = error;
      context.note({
        level: "warn",
        message: "the history of a job cannot be read",
        fields: { code, reason: message, path },
      });
      return answer(presentJobHistoryFailure(message, jobLogs));
    }
  },
});

async function readHistory(snapshot: Snapshot, jobName: string, context: ViewContext): Promise<JobHistoryEntry[]> {
  await snapshot.read(EXPERIMENT_TRACES);
  const rows = await readJobAttempts(snapshot.experiment, jobName);
  return buildJobHistory({
    rows,
    runs: await snapshot.read(EXPERIMENT_RUNS),
    completed: await snapshot.read(MEASURED_ATTEMPTS),
    currentStatus: rows.some(isOpenAttempt) ? await currentStatus(snapshot, jobName, context) : null,
    now: Math.floor(context.now.getTime() / 1000),
  });
}

/** What the job list says now; it is only read for attempts in flight. */
async function currentStatus(
  snapshot: Snapshot,
  jobName: string,
  { note }: ViewContext,
): Promise<JobStatusName | null> {
  const list = await readOrNull(snapshot, JOB_LIST, note);
  const job = list?.jobs.find(({ name }) => name === jobName);
  return job === undefined ? null : jobStatusName(job.status);
}
