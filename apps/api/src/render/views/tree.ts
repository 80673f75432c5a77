import { presentTree } from "../../presenters/v3/tree.js";
import { listModifiedAt, readExperimentJobs } from "../job-sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/tree/{expid}`. */
export const treeView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, context) => {
    const { jobs, list, changesWithTime } = await readExperimentJobs(snapshot, context);
    const place = { zone: context.timeZone, jobLogs: snapshot.experiment.paths.jobLogs };
    return { ...answer(presentTree(jobs, listModifiedAt(list), place)), changesWithTime };
  },
});
