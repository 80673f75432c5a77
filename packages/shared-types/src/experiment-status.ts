/**
 * Whether Autosubmit works on an experiment, as stored in `experiment_status` (formats reference §2.2). Newer Autosubmit
 * versions may store further, final states there, such as `ARCHIVED`.
 */
export const EXPERIMENT_STATUSES = ["RUNNING", "NOT RUNNING"] as const;

export type ExperimentStatus = (typeof EXPERIMENT_STATUSES)[number];
