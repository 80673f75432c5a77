import { buildCategoryTree } from "@autosubmit-api/domain";
import { presentCategoryTree } from "../../presenters/v4/category-tree.js";
import { readJobs } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v4/experiments/{expid}/jobs-category-tree`. */
export const categoryTreeView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { note }) => {
    const { jobs } = await readJobs(snapshot, note);
    return answer(presentCategoryTree(buildCategoryTree(jobs)));
  },
});
