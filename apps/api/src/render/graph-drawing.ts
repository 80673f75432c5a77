import {
  dotSource,
  type ExperimentJobs,
  layoutBySpectrum,
  layoutInLayers,
  type Positions,
  readDotPositions,
  storedPositions,
} from "@autosubmit-api/domain";
import type { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { GraphDrawing } from "../presenters/v3/graph.js";
import { fingerprintOfStructure, GRAPH_LAYOUT, LISTED_NAMES } from "./job-sources.js";
import { readOrNull, type Snapshot, type Source } from "./snapshot.js";
import { JOB_LIST, WRAPPER_JOBS } from "./sources.js";
import type { ViewNote } from "./view.js";

/** How the jobs of a graph are placed: from above to below, or near what they are connected to. */
export type GraphLayout = "standard" | "laplacian";

/** Up to here Graphviz takes less than a second (1,000 jobs: 0.2 to 0.5 s; 2,400 jobs in long chains: 6 s). */
const GRAPHVIZ_JOBS = 1_000;
const GRAPHVIZ_EDGES = 4_000;
const BYTES_PER_JOB = 8;

/**
 * Where the jobs of an experiment are drawn. Standard: as stored, if the drawing covers the list; else by Graphviz; else,
 * for what is too large for it, in our own layers. Kept while jobs and structure stay the same, whatever their statuses.
 */
export async function drawGraph(
  snapshot: Snapshot,
  jobs: ExperimentJobs,
  layout: GraphLayout,
  note: (note: ViewNote) => void,
): Promise<GraphDrawing> {
  if (layout === "standard") {
    const stored = storedPositions(namesOf(jobs), (await readOrNull(snapshot, GRAPH_LAYOUT, note)) ?? []);
    if (stored !== null && jobs.jobs.length > 0) return { positions: stored, isFromGraphviz: true };
  }
  return snapshot.read(computedDrawing(jobs, layout, note));
}

/** The source of this name and fingerprint is the same whatever model of the same jobs it is made with. */
function computedDrawing(
  jobs: ExperimentJobs,
  layout: GraphLayout,
  note: (note: ViewNote) => void,
): Source<GraphDrawing> {
  return {
    name: `graph-drawing/${layout}`,
    fingerprint: fingerprintOfDrawing,
    // The jobs were read from all of that.
    isImplied: true,
    read: async () => computeDrawing(jobs, layout, note),
    sizeBytes: ({ positions }) => positions.x.length * BYTES_PER_JOB,
  };
}

async function fingerprintOfDrawing(snapshot: Snapshot): Promise<string> {
  const fingerprints = [await fingerprintOfStructure(snapshot), await snapshot.fingerprint(WRAPPER_JOBS)];
  const { edges } = await snapshot.read(JOB_LIST);
  // Some lists hold the structure: then every change of the list may be one of the graph.
  const ofList = edges === null ? "" : await snapshot.fingerprint(JOB_LIST);
  return [...fingerprints, ofList, (await snapshot.read(LISTED_NAMES)).id].join(" ");
}

async function computeDrawing(
  jobs: ExperimentJobs,
  layout: GraphLayout,
  note: (note: ViewNote) => void,
): Promise<GraphDrawing> {
  const { graph } = jobs;
  if (layout === "laplacian") {
    return { positions: layoutBySpectrum(graph, wrapperNumbers(jobs)), isFromGraphviz: false };
  }
  const isSmall = graph.size > 0 && graph.size <= GRAPHVIZ_JOBS && graph.children.length <= GRAPHVIZ_EDGES;
  const drawn = isSmall ? await drawWithGraphviz(jobs, note) : null;
  if (drawn !== null) return { positions: drawn, isFromGraphviz: true };
  return { positions: layoutInLayers(graph, wrapperNumbers(jobs)), isFromGraphviz: false };
}

let graphviz: Promise<Graphviz> | null = null;

/** Loaded and compiled at the first drawing of a thread, then kept: most threads never draw. */
async function loadGraphviz(): Promise<Graphviz> {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  return Graphviz.load();
}

async function drawWithGraphviz(jobs: ExperimentJobs, note: (note: ViewNote) => void): Promise<Positions | null> {
  graphviz ??= loadGraphviz();
  try {
    const plain = (await graphviz).dot(dotSource(jobs.graph, namesOf(jobs)), "plain");
    return readDotPositions(plain, jobs.graph.size);
  } catch (error) {
    // Other layouts remain; an instance that failed may not recover.
    graphviz = null;
    note({ level: "error", message: "Graphviz failed", fields: { reason: String(error), jobs: jobs.graph.size } });
    return null;
  }
}

function namesOf({ jobs }: ExperimentJobs): string[] {
  return jobs.map((job) => job.record.name);
}

/** A number for every wrapper, -1 for jobs in none. */
function wrapperNumbers({ jobs, wrappers }: ExperimentJobs): Int32Array {
  const numbers = new Map(Array.from(wrappers.byName.keys(), (name, index) => [name, index]));
  return Int32Array.from(jobs, ({ wrapper }) => (wrapper === null ? -1 : (numbers.get(wrapper.name) ?? -1)));
}
