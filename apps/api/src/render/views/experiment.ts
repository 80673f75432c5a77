import { presentExperiment } from "../../presenters/v4/experiment.js";
import { EXPERIMENT_RECORD } from "../sources.js";
import { answer, defineView, notFound } from "../view.js";

/** `GET /v4/experiments/{expid}`. */
export const experimentView = defineView({
  timeDependent: false,
  build: async (snapshot) => {
    const record = await snapshot.read(EXPERIMENT_RECORD);
    if (record === null) return notFound(`Experiment ${snapshot.experiment.expid} is not in the main database`);
    return answer(presentExperiment(record));
  },
});
