import { findUserName, readExperimentFolder } from "autosubmit-reader";
import { answer, defineView } from "../view.js";

/** The login name of the user whom the experiment's folder belongs to; null when this machine knows none. */
export const ownerView = defineView({
  // The folder is looked at each time: rights depend on it.
  timeDependent: true,
  build: async ({ experiment }) => {
    const { ownerId } = await readExperimentFolder(experiment);
    return answer({ owner: await findUserName(ownerId) });
  },
});
