import { buildRunTree, jobsInFlight, RUN_ATTEMPT_COLUMNS, type RunAttempt } from "@autosubmit-api/domain";
import { readRunJobData } from "autosubmit-reader";
import { presentRunDetail, presentRunDetailFailure } from "../../presenters/v3/run-detail.js";
import { EXPERIMENT_RUNS } from "../history-sources.js";
import { readOrNull, type Snapshot, type Source } from "../snapshot.js";
import { JOB_LIST } from "../sources.js";
import { answer, defineView, type ViewContext } from "../view.js";

const BYTES_PER_ATTEMPT = 500;

/** All attempts of a run. */
const runAttempts = (runId: number): Source<RunAttempt[]> => ({
  name: `run-attempts/${runId}`,
  fingerprint: (snapshot) => snapshot.databaseFingerprint("job-data"),
  read: ({ experiment }) => readRunJobData(experiment, runId, { columns: RUN_ATTEMPT_COLUMNS }),
  sizeBytes: (attempts) => attempts.length * BYTES_PER_ATTEMPT,
});

/** `GET /v3/rundetail/{expid}/{runid}`; a null run is one that cannot exist. */
export const runDetailView = defineView<{ runId: number | null }>({
  timeDependent: false,
  build: async (snapshot, { runId }, context) => {
    const { expid, paths } = snapshot.experiment;
    const run = (await snapshot.read(EXPERIMENT_RUNS)).find((record) => record.run_id === runId);
    if (run === undefined) {
      return answer(presentRunDetailFailure(`Experiment ${expid} has no run ${runId ?? "of that number"}`));
    }
    const attempts = await snapshot.read(runAttempts(run.run_id));
    const currentStatuses = await statusesInFlight(snapshot, attempts, context.note);
    const tree = buildRunTree({ run, attempts, currentStatuses }, Math.floor(context.now.getTime() / 1000));
    const place = { zone: context.timeZone, jobLogs: paths.jobLogs };
    return { ...answer(presentRunDetail(expid, tree, place)), changesWithTime: tree.changesWithTime };
  },
});

/** What the job list says of attempts that may be in flight; it is only read when there is one. */
async function statusesInFlight(
  snapshot: Snapshot,
  attempts: readonly RunAttempt[],
  note: ViewContext["note"],
): Promise<ReadonlyMap<string, number>> {
  const names = new Set(jobsInFlight(attempts));
  if (names.size === 0) return new Map();
  const list = await readOrNull(snapshot, JOB_LIST, note);
  return new Map(list?.jobs.filter((job) => names.has(job.name)).map((job) => [job.name, job.status]));
}
