import { HISTORY_ATTEMPT_COLUMNS, type HistoryAttempt, readHistoryAttempt } from "@autosubmit-api/domain";
import { type ExperimentRunRecord, readCompletedJobData, readExperimentRuns } from "autosubmit-reader";
import type { Snapshot, Source } from "./snapshot.js";

/** Rough sizes in memory, measured on lists of 100,000 entries. */
const BYTES_PER_RUN = 600;
const BYTES_PER_ATTEMPT = 350;

const fingerprintOfHistory = (snapshot: Snapshot) => snapshot.databaseFingerprint("job-data");

/** The runs of the experiment by rising number, without their configurations, which are long. */
export const EXPERIMENT_RUNS: Source<ExperimentRunRecord[]> = {
  name: "experiment-runs",
  fingerprint: fingerprintOfHistory,
  read: async ({ experiment }) => (await readExperimentRuns(experiment)).map((run) => ({ ...run, metadata: null })),
  sizeBytes: (runs) => runs.length * BYTES_PER_RUN,
};

/** The completed attempts that runs are measured by: SIM and POST jobs, and all that were submitted in wrappers. */
export const MEASURED_ATTEMPTS: Source<HistoryAttempt[]> = {
  name: "measured-attempts",
  fingerprint: fingerprintOfHistory,
  read: async ({ experiment }) => {
    const rows = await readCompletedJobData(experiment, ["SIM", "POST"], { columns: HISTORY_ATTEMPT_COLUMNS });
    return rows.map(readHistoryAttempt);
  },
  sizeBytes: (attempts) => attempts.length * BYTES_PER_ATTEMPT,
};
