import type { StatusChange } from "@autosubmit-api/db";
import { decideExperimentStatus, isoInstant, statusEvidence } from "@autosubmit-api/domain";
import { type ExperimentActivity, readExperimentActivity } from "autosubmit-reader";
import type { RangeRecorder, TaskContext, WorkerTask } from "../worker-task.js";

/**
 * Keeps `experiment_status` true: RUNNING or NOT RUNNING for every registered experiment, and no row for any other
 * (formats reference §2.2; the reference's `status_updater.py`). Rows are written when the status changes. The fingerprint
 * is the reader's memory of where the newest run log is.
 */
export const updateExperimentStatus: WorkerTask<ExperimentActivity> = {
  id: "TASK_STTSUPDTR",
  name: "update-experiment-status",
  purpose: "whether each experiment runs",
  intervalMinutes: 5,
  experimentTimeoutMs: 15_000,

  async read(experiment, { autosubmitVersion, fingerprint }) {
    const { activity, memory } = await readExperimentActivity(experiment, { autosubmitVersion, memory: fingerprint });
    return { finding: activity, fingerprint: memory, inFull: memory !== fingerprint };
  },

  async beginCycle({ databases }) {
    await databases.statuses.removeDeleted();
  },

  async openRange(context, range): Promise<RangeRecorder<ExperimentActivity>> {
    const stored = new Map((await context.databases.statuses.list(range)).map((row) => [row.expId, row]));
    return {
      trusted: (_, fingerprint) => fingerprint,
      async store(findings) {
        const now = context.clock();
        const changes = findings.flatMap(({ experiment, finding }): StatusChange[] => {
          const seen = stored.get(experiment.id) ?? null;
          const evidence = statusEvidence(finding, seen, context.timeZone);
          const { status } = decideExperimentStatus(evidence, now.getTime() / 1000);
          return seen?.status === status ? [] : [{ expId: experiment.id, name: experiment.name, status, seen }];
        });
        return context.databases.statuses.store(changes, storedForm(now, context));
      },
    };
  },
};

/** `2024-04-12-13:00:40+02:00`, as the reference stores it. */
function storedForm(at: Date, { timeZone }: TaskContext): string {
  return (isoInstant(at.getTime() / 1000, timeZone) ?? at.toISOString()).replace("T", "-");
}
