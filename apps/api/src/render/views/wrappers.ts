import { indexWrappers } from "@autosubmit-api/domain";
import { presentWrappers } from "../../presenters/v4/wrappers.js";
import { EXPERIMENT_FOLDER, WRAPPER_JOBS } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v4/experiments/{expid}/wrappers`. */
export const wrappersView = defineView({
  timeDependent: false,
  build: async (snapshot) => {
    await snapshot.read(EXPERIMENT_FOLDER);
    return answer(presentWrappers(indexWrappers(await snapshot.read(WRAPPER_JOBS))));
  },
});
