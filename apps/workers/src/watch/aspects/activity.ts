import { decideExperimentStatus, isoTime, statusEvidence } from "@autosubmit-api/domain";
import type { ExperimentStatus } from "@autosubmit-api/shared-types";
import { type ExperimentActivity, readExperimentActivity } from "autosubmit-reader";
import { change, type WatchAspect } from "../watch-aspect.js";

/** Whether Autosubmit works on the experiment. The state is that status; it may change with time alone. */
export const activity: WatchAspect<ExperimentActivity> = {
  id: "WATCH_STATUS",

  async read(experiment, { autosubmitVersion, fingerprint }) {
    const look = await readExperimentActivity(experiment, { autosubmitVersion, memory: fingerprint });
    return { finding: look.activity, fingerprint: look.memory, inFull: false };
  },

  compare(before, finding, { now, timeZone }) {
    const evidence = statusEvidence(finding, null, timeZone);
    const { status, confidence, since, reasons } = decideExperimentStatus(evidence, now.getTime() / 1000);
    if (before?.state === status) return null;
    if (before === null) return { base: "", state: status, changes: [] };
    const told = { old: before.state as ExperimentStatus, new: status, confidence, reasons };
    const changes = [change("experiment-status", { ...told, since: isoTime(since, timeZone) })];
    return { base: null, state: status, changes };
  },
};
