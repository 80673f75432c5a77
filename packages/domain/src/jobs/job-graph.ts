import type { StructureEdge } from "autosubmit-reader";
import { type JobPositions, jobPositions } from "./job-positions.js";

/**
 * The dependencies between the jobs of a list, by position in the list, as compressed adjacency: the children of job `i`
 * are `children[childOffsets[i]]` to before `children[childOffsets[i + 1]]`, in the order of the edges.
 */
export interface JobGraph {
  /** Number of jobs. */
  readonly size: number;
  readonly childOffsets: Uint32Array;
  readonly children: Uint32Array;
  readonly parentOffsets: Uint32Array;
  readonly parents: Uint32Array;
  /** Children that the structure names and the list lacks, by the job that they wait for (formats reference §6.11). */
  readonly outsideChildren: ReadonlyMap<number, ReadonlySet<string>>;
}

/**
 * The graph of the jobs with these names. Self edges, repeated edges and edges from jobs outside of the list are dropped.
 * @param names job names in list order; of equal ones the last counts
 * @param edges null when nothing is known of the structure: a graph without edges
 * @param positions of these names, where they are known already
 */
export function buildJobGraph(
  names: readonly string[],
  edges: readonly StructureEdge[] | null,
  positions: JobPositions = jobPositions(names),
): JobGraph {
  const from: number[] = [];
  const to: number[] = [];
  const outsideChildren = new Map<number, Set<string>>();
  for (const edge of edges ?? []) {
    const parent = positions.get(edge.from);
    if (parent === undefined || edge.from === edge.to) continue;
    const child = positions.get(edge.to);
    if (child === undefined) addTo(outsideChildren, parent, edge.to);
    else {
      from.push(parent);
      to.push(child);
    }
  }
  const { offsets: childOffsets, targets: children } = adjacency(names.length, from, to);
  const { offsets: parentOffsets, targets: parents } = adjacency(names.length, to, from);
  return { size: names.length, childOffsets, children, parentOffsets, parents, outsideChildren };
}

/** Positions of the children of a job that are in the list. */
export function childrenOf(graph: JobGraph, index: number): Uint32Array {
  return graph.children.subarray(graph.childOffsets[index], graph.childOffsets[index + 1]);
}

/** Positions of the parents of a job. */
export function parentsOf(graph: JobGraph, index: number): Uint32Array {
  return graph.parents.subarray(graph.parentOffsets[index], graph.parentOffsets[index + 1]);
}

/** How many children a job has, those outside of the list included. */
export function childCount(graph: JobGraph, index: number): number {
  const outside = graph.outsideChildren.get(index)?.size ?? 0;
  return childrenOf(graph, index).length + outside;
}

/** How many parents a job has in the list. */
export function parentCount(graph: JobGraph, index: number): number {
  return parentsOf(graph, index).length;
}

function addTo(sets: Map<number, Set<string>>, key: number, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

/** Groups `targets` by `sources`, keeping their order and leaving repetitions out. */
function adjacency(size: number, sources: readonly number[], targets: readonly number[]) {
  const ends = new Uint32Array(size + 1);
  for (const source of sources) ends[source + 1] = (ends[source + 1] ?? 0) + 1;
  for (let index = 0; index < size; index += 1) ends[index + 1] = (ends[index + 1] ?? 0) + (ends[index] ?? 0);
  const places = ends.slice();
  const grouped = new Uint32Array(sources.length);
  for (let edge = 0; edge < sources.length; edge += 1) {
    const place = places[sources[edge] ?? 0] ?? 0;
    grouped[place] = targets[edge] ?? 0;
    places[sources[edge] ?? 0] = place + 1;
  }
  return withoutRepetitions(size, ends, grouped);
}

function withoutRepetitions(size: number, ends: Uint32Array, grouped: Uint32Array) {
  const offsets = new Uint32Array(size + 1);
  const seenBy = new Int32Array(size).fill(-1);
  let kept = 0;
  for (let source = 0; source < size; source += 1) {
    const end = ends[source + 1] ?? 0;
    for (let place = ends[source] ?? 0; place < end; place += 1) {
      const target = grouped[place] ?? 0;
      if (seenBy[target] === source) continue;
      seenBy[target] = source;
      grouped[kept] = target;
      kept += 1;
    }
    offsets[source + 1] = kept;
  }
  return { offsets, targets: grouped.slice(0, kept) };
}
