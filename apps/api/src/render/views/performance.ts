import { explainPerformance, measurePerformance, type PerformanceView, performanceJobs } from "@autosubmit-api/domain";
import { presentPerformance as presentPerformanceV3 } from "../../presenters/v3/performance.js";
import { presentPerformance as presentPerformanceV4 } from "../../presenters/v4/performance.js";
import { readExperimentJobs } from "../job-sources.js";
import type { Snapshot } from "../snapshot.js";
import { CONFIGURATION_FACTS } from "../sources.js";
import { answer, defineView, type ViewContext } from "../view.js";

/** `GET /v3/performance/{expid}`. */
export const performanceV3View = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, context) => answer(presentPerformanceV3(await measure(snapshot, context))),
});

/** `GET /v4/experiments/{expid}/performance`. */
export const performanceV4View = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, context) => {
    const view = await measure(snapshot, context);
    const { expid } = snapshot.experiment;
    return answer(presentPerformanceV4(expid, view, explainPerformance(view), context.timeZone));
  },
});

/** Only completed jobs are measured, so that nothing depends on the clock; the configuration has to be there. */
async function measure(snapshot: Snapshot, context: ViewContext): Promise<PerformanceView> {
  const configuration = await snapshot.read(CONFIGURATION_FACTS);
  const { jobs } = await readExperimentJobs(snapshot, context);
  return measurePerformance({ jobs: performanceJobs(jobs.jobs), configuration });
}
