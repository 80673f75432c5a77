import { type GraphGrouping, presentGraph } from "../../presenters/v3/graph.js";
import { drawGraph, type GraphLayout } from "../graph-drawing.js";
import { readExperimentJobs } from "../job-sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/graph/{expid}/{layout}/{grouped}`. */
export const graphView = defineView<{ layout: GraphLayout; grouping: GraphGrouping }>({
  timeDependent: false,
  build: async (snapshot, { layout, grouping }, context) => {
    const { jobs, changesWithTime } = await readExperimentJobs(snapshot, context);
    const drawing = await drawGraph(snapshot, jobs, layout, context.note);
    const place = { zone: context.timeZone, jobLogs: snapshot.experiment.paths.jobLogs };
    return { ...answer(presentGraph(jobs, drawing, grouping, place)), changesWithTime };
  },
});
