import { buildQuickView, indexWrappers } from "@autosubmit-api/domain";
import { presentQuick } from "../../presenters/v3/quick.js";
import { readOrNull } from "../snapshot.js";
import { readJobs, WRAPPER_JOBS } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/quick/{expid}`. */
export const quickView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { note }) => {
    const { jobs } = await readJobs(snapshot, note);
    const wrapperJobs = await readOrNull(snapshot, WRAPPER_JOBS, note);
    const view = buildQuickView(jobs, indexWrappers(wrapperJobs));
    return answer(presentQuick(view, snapshot.experiment.paths.jobLogs));
  },
});
