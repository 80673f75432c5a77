import { presentJobs } from "../../presenters/v4/jobs.js";
import { JOB_LIST } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v4/experiments/{expid}/jobs`. */
export const jobsView = defineView<{ view: "base" | "quick" }>({
  timeDependent: false,
  build: async (snapshot, { view }) => {
    const { jobs } = await snapshot.read(JOB_LIST);
    return answer(presentJobs(jobs, view));
  },
});
