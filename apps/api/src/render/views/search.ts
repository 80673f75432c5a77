import { type ListedExperiment, searchExperiments } from "@autosubmit-api/domain";
import { presentSearch, type SearchFlavour } from "../../presenters/v3/search.js";
import { readListedExperiments, readRows } from "../listed-sources.js";
import { orNull, type Snapshot } from "../snapshot.js";
import { answer, defineView, type ViewAnswer, type ViewContext } from "../view.js";

/** `GET /v3/search/…` and `/v3/searchowner/{owner}`. Built anew each time: its sources are many and small, and kept. */
export const searchView = defineView<{
  query: string | null;
  owner: string | null;
  type: string | null;
  onlyActive: boolean;
}>({
  timeDependent: true,
  build: async (snapshot, filter, context) => {
    const experiments = await readListedExperiments(snapshot, context.note);
    return present(searchExperiments(experiments, filter, null), "search", snapshot, context);
  },
});

/** `GET /v3/running/`. */
export const runningView = defineView({
  timeDependent: true,
  build: async (snapshot, _parameters, context) => {
    const experiments = await readListedExperiments(snapshot, context.note);
    return present(searchExperiments(experiments, { onlyActive: true }, null), "running", snapshot, context);
  },
});

async function present(
  found: readonly ListedExperiment[],
  flavour: SearchFlavour,
  snapshot: Snapshot,
  context: ViewContext,
): Promise<ViewAnswer> {
  const rows = await readRows(found, snapshot, context, (of, note) => {
    const summary = of.lookUnlessUnanswered(() => of.configurations.summarise(of.experiment));
    return orNull(summary, "configuration-facts", note);
  });
  return answer(presentSearch(rows, context.timeZone, flavour));
}
