import { findRunLog } from "autosubmit-reader";
import { presentRunLogState, presentRunning } from "../../presenters/v3/running.js";
import { readOrNull } from "../snapshot.js";
import { readStatus, STORED_STATUS } from "../status-sources.js";
import { answer, defineView } from "../view.js";

/**
 * `GET /v3/ifrun/{expid}`: what is stored; where nothing is, because no worker has looked at the experiment yet, what its
 * files tell.
 *
 * differs: the reference takes an experiment without a stored status for one that does not run.
 */
export const ifRunView = defineView({
  timeDependent: true,
  build: async (snapshot, _parameters, context) => {
    const stored = await readOrNull(snapshot, STORED_STATUS, context.note);
    const status = stored?.status ?? (await readStatus(snapshot, context)).verdict.status;
    return answer(presentRunning(status === "RUNNING"));
  },
});

/** `GET /v3/logrun/{expid}`. */
export const runLogStateView = defineView({
  timeDependent: true,
  build: async ({ experiment }, _parameters, { now }) =>
    answer(presentRunLogState(await findRunLog(experiment, { underscored: true }), now)),
});
