import { readExperimentBytes } from "autosubmit-reader";
import { answer, defineView } from "../view.js";

/** How much there is to read of an experiment: which threads serve it depends on that. */
export const experimentBytesView = defineView({
  timeDependent: true,
  build: async ({ experiment }) => answer(await readExperimentBytes(experiment)),
});
