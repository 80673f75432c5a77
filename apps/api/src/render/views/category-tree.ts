import { buildCategoryTree } from "@autosubmit-api/domain";
import { presentCategoryTree } from "../../presenters/v4/category-tree.js";
import { JOB_LIST } from "../sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v4/experiments/{expid}/jobs-category-tree`. */
export const categoryTreeView = defineView({
  timeDependent: false,
  build: async (snapshot) => answer(presentCategoryTree(buildCategoryTree((await snapshot.read(JOB_LIST)).jobs))),
});
