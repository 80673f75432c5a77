import { countJobsByStatus } from "@autosubmit-api/domain";
import { presentExperimentCount } from "../../presenters/v3/experiment-count.js";
import { JOB_LIST } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/expcount/{expid}`. */
export const experimentCountView = defineView({
  timeDependent: false,
  build: async (snapshot) => {
    const { jobs } = await snapshot.read(JOB_LIST);
    return answer(presentExperimentCount(snapshot.experiment.expid, jobs.length, countJobsByStatus(jobs)));
  },
});
