import { listUserMetricRuns, readUserMetrics } from "autosubmit-reader";
import { presentUserMetrics, presentUserMetricsRuns } from "../../presenters/v4/runs.js";
import type { Source } from "../snapshot.js";
import { EXPERIMENT_FOLDER } from "../sources.js";
import { answer, defineView } from "../view.js";

/** The numbers of the runs that have metrics, newest first. */
const USER_METRIC_RUNS: Source<number[]> = {
  name: "user-metric-runs",
  fingerprint: (snapshot) => snapshot.databaseFingerprint("user-metrics"),
  read: ({ experiment }) => listUserMetricRuns(experiment),
  sizeBytes: (runs) => runs.length * 8,
};

/** `GET /v4/experiments/{expid}/runs/{run_id}/user-metrics`. */
export const userMetricsView = defineView<{ runId: number }>({
  timeDependent: true,
  build: async (snapshot, { runId }) => {
    await snapshot.read(EXPERIMENT_FOLDER);
    return answer(presentUserMetrics(runId, await readUserMetrics(snapshot.experiment, runId)));
  },
});

/** `GET /v4/experiments/{expid}/user-metrics-runs`: no runs for an experiment that does not exist, as in the reference. */
export const userMetricsRunsView = defineView({
  timeDependent: false,
  build: async (snapshot) => answer(presentUserMetricsRuns(await snapshot.read(USER_METRIC_RUNS))),
});
