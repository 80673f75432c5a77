import { presentWorkers } from "../../presenters/v4/workers.js";
import { answer, defineView } from "../view.js";
import { readWorkerTasks } from "../worker-sources.js";

/** `GET /v4/workers`. Built anew each time: workers write while they work. */
export const workersView = defineView({
  timeDependent: true,
  build: async ({ site }, _parameters, { timeZone }) => answer(presentWorkers(await readWorkerTasks(site), timeZone)),
});
