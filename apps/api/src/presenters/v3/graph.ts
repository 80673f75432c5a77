import {
  childCount,
  type DateMemberGroup,
  type ExperimentJobs,
  groupByDateAndMember,
  layerJobs,
  type Positions,
  parentCount,
} from "@autosubmit-api/domain";
import type { GraphEdgeV3Body, GraphGroupV3Body, GraphV3Body } from "@autosubmit-api/shared-types";
import { type LazyList, lazyList, lazyMap, type Streamed } from "../lazy-list.js";
import { STATUS_COLOURS } from "./html.js";
import { type JobPlace, listedJobFields, presentPackages } from "./listed-job.js";
import { UNWRAPPED_SHAPE } from "./pkl-info.js";

/** How the jobs of a graph are grouped. */
export type GraphGrouping = "none" | "status" | "date-member";

/** Where the jobs of a graph are drawn, and whether Graphviz said so. */
export interface GraphDrawing {
  positions: Positions;
  isFromGraphviz: boolean;
}

/** The same for all experiments in the reference, too. */
const GRAPH_TIMESTAMP = 10_000_000;
const GROUPED_STATUSES = ["WAITING", "COMPLETED", "SUSPENDED"] as const;

export function presentGraph(
  jobs: ExperimentJobs,
  { positions, isFromGraphviz }: GraphDrawing,
  grouping: GraphGrouping,
  place: JobPlace,
): Streamed<GraphV3Body> {
  const levels = layerJobs(jobs.graph);
  const groups = presentGroups(jobs, positions, grouping);
  const nodes = lazyMap(jobs.jobs, (job, index) =>
    Object.assign(listedJobFields(jobs, index, job, place), {
      package: job.wrapper?.name ?? null,
      level: levels[index] ?? 1,
      dashed: job.wrapper !== null,
      shape: job.wrapper?.shape ?? UNWRAPPED_SHAPE,
      x: positions.x[index] ?? 0,
      y: positions.y[index] ?? 0,
    }),
  );
  return {
    nodes,
    edges: presentEdges(jobs),
    packages: presentPackages(jobs),
    fake_edges: [],
    groups: Object.keys(groups),
    groups_data: groups,
    graphviz: isFromGraphviz,
    max_children: greatest(jobs, childCount),
    max_parents: greatest(jobs, parentCount),
    chunk_unit: jobs.chunkLength.chunkUnit,
    chunk_size: jobs.chunkLength.chunkSize,
    total_jobs: jobs.jobs.length,
    error: false,
    error_message: "",
    pkl_timestamp: GRAPH_TIMESTAMP,
  };
}

export function presentGraphFailure(message: string): GraphV3Body {
  return {
    nodes: [],
    edges: [],
    fake_edges: [],
    groups: [],
    groups_data: {},
    error: true,
    error_message: message,
    graphviz: false,
    max_children: 0,
    max_parents: 0,
    total_jobs: 0,
    pkl_timestamp: 0,
  };
}

function greatest({ graph }: ExperimentJobs, countOf: typeof childCount): number {
  let found = 0;
  for (let index = 0; index < graph.size; index += 1) found = Math.max(found, countOf(graph, index));
  return found;
}

/** Both ends of every edge are nodes: GUIs lose the page over one that is not. */
function presentEdges({ jobs, graph }: ExperimentJobs): LazyList<GraphEdgeV3Body> {
  const parents = new Uint32Array(graph.children.length);
  for (let job = 0; job < graph.size; job += 1) parents.fill(job, graph.childOffsets[job], graph.childOffsets[job + 1]);
  return lazyList(graph.children.length, (edge) => {
    const parent = jobs[parents[edge] ?? 0];
    const child = jobs[graph.children[edge] ?? 0];
    const from = parent?.record.name ?? "";
    const to = child?.record.name ?? "";
    const isInWrapper = parent?.wrapper != null && parent.wrapper === child?.wrapper;
    return { id: `${from}-${to}`, from, to, is_wrapper: isInWrapper, dashed: false };
  });
}

function presentGroups(
  jobs: ExperimentJobs,
  positions: Positions,
  grouping: GraphGrouping,
): Record<string, GraphGroupV3Body> {
  if (grouping === "none") return {};
  if (grouping === "status") {
    return Object.fromEntries(GROUPED_STATUSES.map((status) => [status, { color: STATUS_COLOURS[status] }]));
  }
  const key = ({ date, member }: DateMemberGroup) => `${jobs.expid}_${date}_${member}_`;
  return Object.fromEntries(
    groupByDateAndMember(jobs.jobs, positions).map((group) => [
      key(group),
      { color: STATUS_COLOURS[group.statusName], x: group.x, y: group.y },
    ]),
  );
}
