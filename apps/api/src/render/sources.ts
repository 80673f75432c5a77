import type { ExperimentRecord } from "autosubmit-reader";
import { readExperiment } from "autosubmit-reader";
import type { Source } from "./snapshot.js";

/** The experiment's row of the main database; null when it has none. */
export const EXPERIMENT_RECORD: Source<ExperimentRecord | null> = {
  name: "experiment-record",
  fingerprint: ({ site }) => site.tables.fingerprint({ database: "main" }),
  read: ({ experiment }) => readExperiment(experiment),
  sizeBytes: () => 500,
};
