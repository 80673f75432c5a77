import {
  decideExperimentStatus,
  type StatusEvidence,
  type StatusVerdict,
  statusEvidence,
} from "@autosubmit-api/domain";
import { type ExperimentStatusRecord, readExperimentActivity, readExperimentStatus } from "autosubmit-reader";
import { readOrNull, type Snapshot, type Source } from "./snapshot.js";
import { EXPERIMENT_RECORD } from "./sources.js";
import type { ViewContext } from "./view.js";

const BYTES_PER_STATUS = 200;

/** What is stored of the experiment's status; null when nothing is. */
export const STORED_STATUS: Source<ExperimentStatusRecord | null> = {
  name: "stored-status",
  fingerprint: async (snapshot) =>
    (await Promise.all([snapshot.databaseFingerprint("main"), snapshot.databaseFingerprint("status")])).join(" "),
  read: ({ experiment }) => readExperimentStatus(experiment),
  sizeBytes: () => BYTES_PER_STATUS,
};

/** The status of an experiment as its files tell it now. */
export interface StatusReading {
  evidence: StatusEvidence;
  verdict: StatusVerdict;
  runLogPath: string | null;
}

/**
 * Looks at everything that tells whether Autosubmit is at work, and decides. The main and the status database may be
 * missing or broken: files tell most.
 * @throws AutosubmitReadError when a file cannot be looked at
 */
export async function readStatus(snapshot: Snapshot, context: ViewContext): Promise<StatusReading> {
  const record = await readOrNull(snapshot, EXPERIMENT_RECORD, context.note);
  const stored = await readOrNull(snapshot, STORED_STATUS, context.note);
  const autosubmitVersion = record?.autosubmit_version ?? null;
  const { activity } = await readExperimentActivity(snapshot.experiment, { autosubmitVersion });
  const evidence = statusEvidence(activity, complete(stored), context.timeZone);
  const verdict = decideExperimentStatus(evidence, context.now.getTime() / 1000);
  return { evidence, verdict, runLogPath: activity.runLog?.path ?? null };
}

function complete(stored: ExperimentStatusRecord | null): { status: string; modified: string } | null {
  if (stored === null || stored.status === null) return null;
  return { status: stored.status, modified: stored.modified ?? "" };
}
