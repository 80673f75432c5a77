import { childrenOf, type JobGraph, parentsOf } from "../jobs/job-graph.js";
import { layerJobs } from "./layers.js";
import { emptyPositions, type Positions } from "./positions.js";

/** Distances between neighbours in a layer and between layers; job names are drawn at some 200 units' width. */
const COLUMN_WIDTH = 320;
const LAYER_HEIGHT = 150;
const SWEEPS = 4;
const SETTLING_PASSES = 4;

/**
 * A drawing of any graph in layers, in time linear but for sorting: jobs below their parents, ordered within a layer by the
 * mean place of what they are connected to (the barycentric method of Sugiyama), then moved under it as far as neighbours
 * leave room. Jobs of one wrapper stay together within a layer.
 * @param groups a number for each job, the same for jobs of one wrapper; -1 for jobs that are in none
 */
export function layoutInLayers(graph: JobGraph, groups: Int32Array): Positions {
  const layerOf = layerJobs(graph);
  const layers = jobsByLayer(layerOf);
  const order = new Float64Array(graph.size);
  for (const layer of layers) numberLayer(layer, order);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDownwards = sweep % 2 === 0;
    const sequence = isDownwards ? layers : layers.toReversed();
    for (const layer of sequence) sortLayer(layer, order, groups, isDownwards ? parentsIn(graph) : childrenIn(graph));
  }
  const columns = settleColumns(graph, layers, order);
  const positions = emptyPositions(graph.size);
  for (let job = 0; job < graph.size; job += 1) {
    positions.x[job] = Math.round((columns[job] ?? 0) * COLUMN_WIDTH);
    positions.y[job] = (layerOf[job] ?? 1) * LAYER_HEIGHT;
  }
  return positions;
}

type Neighbours = (job: number) => Uint32Array;

const parentsIn =
  (graph: JobGraph): Neighbours =>
  (job) =>
    parentsOf(graph, job);
const childrenIn =
  (graph: JobGraph): Neighbours =>
  (job) =>
    childrenOf(graph, job);

/** Layer 1 first; each in list order. */
function jobsByLayer(layerOf: Uint32Array): Uint32Array[] {
  const layers: number[][] = [];
  layerOf.forEach((layer, job) => {
    const known = layers[layer - 1];
    if (known === undefined) layers[layer - 1] = [job];
    else known.push(job);
  });
  return Array.from(layers, (jobs) => Uint32Array.from(jobs ?? []));
}

function numberLayer(layer: Uint32Array, order: Float64Array): void {
  for (let place = 0; place < layer.length; place += 1) order[layer[place] ?? 0] = place;
}

/** Sorts a layer by the mean place of each job's neighbours; one without any stays where it is. */
function sortLayer(layer: Uint32Array, order: Float64Array, groups: Int32Array, neighbours: Neighbours): void {
  const keys = new Map<number, number>();
  for (const job of layer) keys.set(job, meanOf(neighbours(job), order) ?? order[job] ?? 0);
  const groupKeys = meanByGroup(layer, groups, keys);
  const groupKey = (job: number) => groupKeys.get(groups[job] ?? -1) ?? keys.get(job) ?? 0;
  layer.sort(
    (a, b) =>
      groupKey(a) - groupKey(b) ||
      (groups[a] ?? -1) - (groups[b] ?? -1) ||
      (keys.get(a) ?? 0) - (keys.get(b) ?? 0) ||
      (order[a] ?? 0) - (order[b] ?? 0),
  );
  numberLayer(layer, order);
}

function meanByGroup(layer: Uint32Array, groups: Int32Array, keys: ReadonlyMap<number, number>): Map<number, number> {
  const members = new Map<number, number[]>();
  for (const job of layer) {
    const group = groups[job] ?? -1;
    if (group < 0) continue;
    const known = members.get(group);
    if (known === undefined) members.set(group, [keys.get(job) ?? 0]);
    else known.push(keys.get(job) ?? 0);
  }
  return new Map(Array.from(members, ([group, values]) => [group, values.reduce((a, b) => a + b, 0) / values.length]));
}

function meanOf(jobs: Uint32Array, values: Float64Array): number | null {
  if (jobs.length === 0) return null;
  let sum = 0;
  for (const job of jobs) sum += values[job] ?? 0;
  return sum / jobs.length;
}

/** Columns of all jobs: each layer in its order, at least 1 apart, as near as can be to the columns of its neighbours. */
function settleColumns(graph: JobGraph, layers: readonly Uint32Array[], order: Float64Array): Float64Array {
  const columns = Float64Array.from(order);
  for (const layer of layers) {
    const middle = (layer.length - 1) / 2;
    for (const job of layer) columns[job] = (order[job] ?? 0) - middle;
  }
  for (let pass = 0; pass < SETTLING_PASSES; pass += 1) {
    const isDownwards = pass % 2 === 0;
    const neighbours = isDownwards ? parentsIn(graph) : childrenIn(graph);
    for (const layer of isDownwards ? layers : layers.toReversed()) {
      const wanted = Float64Array.from(layer, (job) => meanOf(neighbours(job), columns) ?? columns[job] ?? 0);
      const settled = spreadApart(wanted);
      layer.forEach((job, place) => {
        columns[job] = settled[place] ?? 0;
      });
    }
  }
  return columns;
}

/**
 * Places at least 1 apart, in the given order, that together are nearest to the wanted ones (least squares): after taking
 * the distances off, neighbours that would overlap share their mean (pool adjacent violators).
 */
export function spreadApart(wanted: Float64Array): Float64Array {
  const means: number[] = [];
  const sizes: number[] = [];
  for (let place = 0; place < wanted.length; place += 1) {
    let mean = (wanted[place] ?? 0) - place;
    let size = 1;
    for (let before = means.at(-1); before !== undefined && before >= mean; before = means.at(-1)) {
      const sizeBefore = sizes.at(-1) ?? 0;
      mean = (mean * size + before * sizeBefore) / (size + sizeBefore);
      size += sizeBefore;
      means.pop();
      sizes.pop();
    }
    means.push(mean);
    sizes.push(size);
  }
  const places = new Float64Array(wanted.length);
  let place = 0;
  for (const [block, mean] of means.entries()) {
    for (let member = 0; member < (sizes[block] ?? 0); member += 1, place += 1) places[place] = mean + place;
  }
  return places;
}
