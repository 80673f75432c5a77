import { pageOf, searchExperiments } from "@autosubmit-api/domain";
import { createTimeZone } from "@autosubmit-api/shared-types";
import { presentExperiments } from "../../presenters/v4/experiments.js";
import { readListedExperiments, readRows } from "../listed-sources.js";
import { answer, defineView } from "../view.js";

const UTC = createTimeZone("UTC");

/** `GET /v4/experiments`. Built anew each time: its sources are many and small, and kept. */
export const experimentsView = defineView<{
  query: string | null;
  onlyActive: boolean;
  owner: string | null;
  type: string | null;
  autosubmitVersion: string | null;
  hpc: string | null;
  orderBy: "expid" | "created" | "description" | null;
  descending: boolean;
  page: number;
  pageSize: number;
}>({
  timeDependent: true,
  build: async (snapshot, { orderBy, descending, page, pageSize, ...filter }, context) => {
    const experiments = await readListedExperiments(snapshot, context.note);
    const order = orderBy === null ? null : { by: orderBy, descending };
    const found = pageOf(searchExperiments(experiments, filter, order), page, pageSize);
    const items = await readRows(found.items, snapshot, context, async () => null);
    return answer(presentExperiments({ ...found, page, items }, UTC));
  },
});
