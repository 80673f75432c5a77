import { measureRuns, processingElements, sectionSettings } from "@autosubmit-api/domain";
import { presentRuns as presentRunsV3 } from "../../presenters/v3/runs.js";
import { presentRuns as presentRunsV4 } from "../../presenters/v4/runs.js";
import { EXPERIMENT_RUNS, MEASURED_ATTEMPTS } from "../history-sources.js";
import { CONFIGURATION_FACTS, EXPERIMENT_FOLDER, EXPERIMENT_TRACES } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/runs/{expid}`. */
export const runsV3View = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { timeZone }) => {
    await snapshot.read(EXPERIMENT_FOLDER);
    const runs = measureRuns(await snapshot.read(EXPERIMENT_RUNS), await snapshot.read(MEASURED_ATTEMPTS));
    const facts = await snapshot.read(CONFIGURATION_FACTS);
    return answer(presentRunsV3(runs, processingElements(sectionSettings(facts, "SIM")), timeZone));
  },
});

/** `GET /v4/experiments/{expid}/runs`. */
export const runsV4View = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { timeZone }) => {
    await snapshot.read(EXPERIMENT_TRACES);
    return answer(presentRunsV4(await snapshot.read(EXPERIMENT_RUNS), timeZone));
  },
});
