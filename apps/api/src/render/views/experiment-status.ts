import { presentExperimentStatus } from "../../presenters/v4/experiment-status.js";
import { readOrNull } from "../snapshot.js";
import { EXPERIMENT_FOLDER, EXPERIMENT_RECORD } from "../sources.js";
import { readStatus } from "../status-sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v4/experiments/{expid}/status`; also of an archived experiment, which has a row and no folder. */
export const experimentStatusView = defineView({
  timeDependent: true,
  build: async (snapshot, _parameters, context) => {
    const record = await readOrNull(snapshot, EXPERIMENT_RECORD, context.note);
    if (record === null) await snapshot.read(EXPERIMENT_FOLDER);
    const reading = await readStatus(snapshot, context);
    return answer(presentExperimentStatus({ expid: snapshot.experiment.expid, ...reading }, context.timeZone));
  },
});
