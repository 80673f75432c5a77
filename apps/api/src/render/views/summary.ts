import { type SummarisedJob, summariseJobs } from "@autosubmit-api/domain";
import { presentSummary } from "../../presenters/v3/summary.js";
import { readExperimentJobs } from "../job-sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/summary/{expid}`. */
export const summaryView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, context) => {
    const { jobs, changesWithTime } = await readExperimentJobs(snapshot, context, "times");
    const summarised = jobs.jobs.map(({ record: { name, status }, times }): SummarisedJob => ({ name, status, times }));
    return { ...answer(presentSummary(summariseJobs(summarised))), changesWithTime };
  },
});
