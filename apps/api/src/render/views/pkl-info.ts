import { presentPklInfo } from "../../presenters/v3/pkl-info.js";
import { presentPklTreeInfo } from "../../presenters/v3/pkl-tree-info.js";
import { listModifiedAt, readExperimentJobs } from "../job-sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/pklinfo/{expid}/{timeStamp}`: what changes in a graph that is monitored. */
export const pklInfoView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, context) => {
    const { jobs, list, changesWithTime } = await readExperimentJobs(snapshot, context);
    const place = { zone: context.timeZone, jobLogs: snapshot.experiment.paths.jobLogs };
    return { ...answer(presentPklInfo(jobs, listModifiedAt(list), place)), changesWithTime };
  },
});

/** `GET /v3/pkltreeinfo/{expid}/{timeStamp}`: what changes in a tree that is monitored. */
export const pklTreeInfoView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, context) => {
    const { jobs, list, changesWithTime } = await readExperimentJobs(snapshot, context);
    const place = { zone: context.timeZone, jobLogs: snapshot.experiment.paths.jobLogs };
    return { ...answer(presentPklTreeInfo(jobs, listModifiedAt(list), place)), changesWithTime };
  },
});
