import { countJobsByStatus } from "@autosubmit-api/domain";
import { presentExperimentCount } from "../../presenters/v3/experiment-count.js";
import { readJobs } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/expcount/{expid}`. */
export const experimentCountView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { note }) => {
    const { jobs } = await readJobs(snapshot, note);
    return answer(presentExperimentCount(snapshot.experiment.expid, jobs.length, countJobsByStatus(jobs)));
  },
});
